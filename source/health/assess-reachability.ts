/** Says that a host is not seen, and why: the first broken rung below its engine, or silence on an open connection. */
import type {Finding} from '../model/finding.ts';
import {formatBrokenRung, isConnected, type BrokenRung, type ReasonCode} from '../model/ladder.ts';
import {formatDuration} from '../support/format.ts';
import {formatIsoTime} from './format-iso-time.ts';
import type {HealthInput, LostTogether} from './health-input.ts';

/** Vitals are asked every 5 s and keepalives end a dead connection in 12 to 16 s; silence beyond this is no pause. */
const silenceMs = 10_000;

/** Without a shell only the engine is heard, once per ping. */
const engineSilenceMs = 30_000;

/** Severity `unknown` throughout: a host we cannot see may be well. */
export function assessReachability(input: HealthInput): readonly Finding[] {
	const {ladder, attempted} = input;
	if (isConnected(ladder)) {
		const {withoutShell} = ladder;
		return withoutShell === undefined
			? assessSilence(input, silenceMs)
			: [...assessSilence(input, engineSilenceMs), engineOnly(withoutShell)];
	}
	if (input.lostTogether !== undefined) return [ownNetworkLost(input, input.lostTogether)];
	if (ladder.broken !== null) return [unreachable(input, ladder.broken)];
	return [attempted ? connecting : notAttempted];
}

function unreachable(
	{lastHeardAt}: HealthInput,
	{code, summary, detail, advice, since, rung}: NonNullable<HealthInput['ladder']['broken']>,
): Finding {
	const heard = lastHeardAt === null ? [] : [`last heard ${formatIsoTime(lastHeardAt) ?? ''}`];
	return {
		...base,
		id: 'unreachable',
		summary,
		evidence: [formatBrokenRung(rung), ...detail.slice(0, 8), ...heard],
		since,
		meaning: meanings[code] ?? 'Sickbay cannot look at the host; whether its containers run is not known.',
		advice,
	};
}

function ownNetworkLost({ladder, lastHeardAt}: HealthInput, {count, withinMs, slept}: LostTogether): Finding {
	const heard = lastHeardAt === null ? [] : [`last heard ${formatIsoTime(lastHeardAt) ?? ''}`];
	return {
		...base,
		id: 'own-network-lost',
		summary: slept ? 'not seen since this machine slept' : 'not seen: this machine seems to be offline',
		evidence: [
			`${count} hosts in different places were lost within ${formatDuration(Math.max(1000, withinMs))}`,
			...(ladder.broken === null ? [] : [ladder.broken.summary]),
			...heard,
		],
		since: ladder.broken?.lostAt ?? null,
		meaning: 'So many hosts do not fail at once: it is this machine that cannot reach them. They may all be well.',
		advice: slept
			? 'Wait: they are being reached again.'
			: 'Check this machine’s network and VPN; the hosts come back by themselves with it.',
	};
}

function engineOnly({summary, detail, since}: BrokenRung): Finding {
	return {
		...base,
		id: 'engine-only',
		summary: 'engine only: this account gets no shell',
		evidence: [summary, ...detail.slice(0, 8)],
		since,
		meaning:
			'Containers and images are watched; disks, memory and the kernel log are not, so trouble below the engine would go unseen.',
		advice:
			'For the whole picture take `command=…` off the key’s line in authorized_keys (or ForceCommand off sshd_config) and give the account a login shell; leave it as it is if that is all this key should do.',
	};
}

function assessSilence({lastHeardAt, now}: HealthInput, silenceMs: number): readonly Finding[] {
	if (lastHeardAt === null || now - lastHeardAt <= silenceMs) return [];
	return [
		{
			...base,
			id: 'stale',
			summary: 'connected, but silent',
			evidence: [`nothing heard for ${formatDuration(now - lastHeardAt)}`],
			since: lastHeardAt,
			meaning:
				'The connection is open, yet the host answers nothing: it may be frozen, swapping, or starved of processor time.',
			advice: 'Try `ssh HOST uptime` from another terminal; if that hangs too, look at the host from its console.',
		},
	];
}

const base = {severity: 'unknown', category: 'reachability', subject: '', count: 1} as const;

const connecting: Finding = {
	...base,
	id: 'connecting',
	summary: 'connecting',
	evidence: [],
	since: null,
	meaning: 'The host is being reached for the first time; nothing is known of it yet.',
	advice: 'Wait: this ends by itself, with the host’s state or with the rung that broke.',
};

const notAttempted: Finding = {
	...base,
	id: 'not-attempted',
	summary: 'not tried yet',
	evidence: [],
	since: null,
	meaning: 'Its turn to be reached has not come; nothing is known of it yet.',
	advice: 'Wait: hosts are connected to a few at a time.',
};

const meanings: Partial<Record<ReasonCode, string>> = {
	'bad-configuration': 'The host is configured in a way that cannot be used; it was not tried.',
	'name-not-found': 'The name does not resolve from here; the host itself may be well.',
	'connection-refused': 'The machine answers, but nothing listens for SSH on that port: sshd is down or elsewhere.',
	'no-route': 'The network says there is no way to the host from here.',
	'no-answer': 'Nothing comes back at all: the host is down, or packets to it are dropped on the way.',
	'silent-sshd':
		'The port accepts connections but sshd says nothing: the host is frozen or overloaded, or sshd is stopped.',
	'not-ssh': 'Something other than an SSH server answers on that port.',
	throttled: 'sshd turned the connection away unheard, because of too many or of failed logins; the host is up.',
	incompatible: 'The host’s SSH server and Sickbay share no algorithm; the host is up.',
	'host-key-unknown': 'Nobody has confirmed yet that this key is the host’s; nothing was sent to it.',
	'host-key-changed':
		'The host shows another key than the one on file: it was reinstalled, or something stands in its place. Nothing was sent to it.',
	'host-key-revoked': 'The host shows a key that was marked as revoked. Nothing was sent to it.',
	'authentication-failed': 'The host is up but does not let this account in.',
	'agent-unavailable': 'The host is up, but the keys that would open it could not be used.',
	'no-shell': 'The account may log in but gets no POSIX shell, so nothing can be read.',
	'sessions-exhausted': 'The connection stands, but sshd opens no further sessions on it.',
	'lost-with-bastion':
		'The jump host it is reached through went away, and the connection with it; the host itself may be well.',
	slept: 'This machine slept; what the host did meanwhile is not known yet.',
	lost: 'The connection broke off: the host went down, hung, or the network between did.',
};
