/**
 * Turns how earlier boots ended into findings: the last stop when it was not a shutdown, stops that repeat, a reboot that
 * nobody asked for, and ends that this account may not read about.
 */
import type {Boot, BootEnding, BootHistory} from '../model/boots.ts';
import type {Finding, FindingCategory, Severity} from '../model/finding.ts';
import {formatDuration} from '../support/format.ts';
import {previousBootSignatureIds} from './boots/find-firmware-verdict.ts';
import {judgeStops} from './boots/judge-stops.ts';
import {grantLogRights} from './grant-log-rights.ts';
import type {HealthInput} from './health-input.ts';

const dayMs = 86_400_000;

type BadEnding = Exclude<BootEnding, 'running' | 'clean' | 'unknown'>;

type EndingRule = {
	readonly id: string;
	readonly category: FindingCategory;
	readonly severity: Severity;
	readonly meaning: string;
	readonly advice: string;
};

const rules: Readonly<Record<BadEnding, EndingRule>> = {
	panic: {
		id: 'previous-boot-panic',
		category: 'kernel',
		severity: 'critical',
		meaning:
			'The kernel gave up and the host went down with all its containers; the same can happen again at any time.',
		advice:
			'Read its last words in the kernel tab (earlier boots); upgrade the kernel or leave the driver it names, and drain the host if it repeats.',
	},
	probable: {
		id: 'previous-boot-crash',
		category: 'kernel',
		severity: 'critical',
		meaning: 'The host stopped without shutting down, and this is the last its kernel told of: very likely the reason.',
		advice:
			'Read the end of its log in the kernel tab (earlier boots), and mend what it names before the host is trusted again.',
	},
	hardware: {
		id: 'previous-boot-hardware-error',
		category: 'hardware',
		severity: 'critical',
		meaning: 'Firmware kept a hardware error over the reset: very likely the reason why the host went down.',
		advice:
			'Take the host out of service until the part is known: `sudo ipmitool sel list`, `sudo dmesg | grep -i "hardware error"`.',
	},
	watchdog: {
		id: 'previous-boot-hung',
		category: 'kernel',
		severity: 'critical',
		meaning: 'The host no longer answered its hardware watchdog, which reset it: the kernel hung without a word.',
		advice:
			'Look at the end of its log (`sudo journalctl -k -b -1 -n 200`) and at the BMC log: `sudo ipmitool sel list`.',
	},
	heat: {
		id: 'previous-boot-overheated',
		category: 'hardware',
		severity: 'critical',
		meaning: 'A sensor reached its critical temperature, and the kernel shut the host down to save it.',
		advice: 'Look at fans, filters and the room before loading the host again: `sudo ipmitool sdr type temperature`.',
	},
	unclean: {
		id: 'previous-boot-unclean',
		category: 'kernel',
		severity: 'warning',
		meaning:
			'The host stopped without shutting down and left nothing that says why: power, a reset from outside, or a silent hang.',
		advice: 'Ask who reset it; look at power and hardware: `sudo ipmitool sel list`.',
	},
};

export function assessBoots(input: HealthInput): readonly Finding[] {
	const {bootHistory} = input;
	const previous = bootHistory?.boots.find(({index}) => index === -1) ?? null;
	return [
		...(bootHistory === null || previous === null ? [] : judgePrevious(input, bootHistory, previous)),
		...judgeReboot(input, previous),
		...(bootHistory === null ? [] : judgeStops(bootHistory, input.now)),
		...(bootHistory === null ? [] : judgeForbidden(input, bootHistory, previous)),
	];
}

/** Lines of the running boot's log about the one before are told once, with the boot that they are about. */
export function isToldOfPreviousBoot({id}: Finding, {bootHistory}: HealthInput): boolean {
	const previous = bootHistory?.boots.find(({index}) => index === -1);
	if (previous === undefined || !isBad(previous.ending)) return false;
	return previousBootSignatureIds.has(id) || (previous.ending === 'hardware' && previous.incidents[0]?.id === id);
}

function isBad(ending: BootEnding): ending is BadEnding {
	return ending !== 'running' && ending !== 'clean' && ending !== 'unknown';
}

/** When the host went down as far as is known: at the latest when it came up again. */
function stopOf(boot: Boot, {boots}: BootHistory): number | null {
	return boot.endedAt ?? boots.find(({index}) => index === boot.index + 1)?.startedAt ?? null;
}

/** Three days as bad as it was, two weeks a warning, a month a notice; then only the kernel tab remembers. */
function fade(severity: Severity, ageMs: number): Severity | null {
	if (ageMs <= 3 * dayMs) return severity;
	if (ageMs <= 14 * dayMs) return severity === 'critical' ? 'warning' : 'notice';
	return ageMs <= 30 * dayMs ? 'notice' : null;
}

function judgePrevious({now, rebootSeen}: HealthInput, history: BootHistory, boot: Boot): readonly Finding[] {
	if (!isBad(boot.ending)) return [];
	const rule = rules[boot.ending];
	const stoppedAt = stopOf(boot, history);
	const severity = fade(rule.severity, stoppedAt === null ? 0 : now - stoppedAt);
	if (severity === null) return [];
	const seen = rebootSeen === null ? [] : [`came back with another boot id ${formatDuration(now - rebootSeen.at)} ago`];
	return [
		{
			id: rule.id,
			severity,
			category: rule.category,
			subject: '',
			summary: `previous boot${stoppedAt === null ? '' : `, ${formatDuration(now - stoppedAt)} ago`}: ${boot.reason}`,
			evidence: [...boot.evidence.slice(0, 9), ...seen].slice(0, 10),
			since: stoppedAt,
			count: 1,
			meaning: rule.meaning,
			advice: adviseOn(boot, history) ?? rule.advice,
		},
	];
}

/** The incident that ended it knows best what to do; null where there is none. */
function adviseOn({ending, incidents}: Boot, {advice}: BootHistory): string | null {
	if (ending === 'unclean') return advice;
	const words = ending === 'panic' || ending === 'probable' ? (incidents[0]?.advice ?? '') : '';
	return words === '' ? null : words;
}

/** Sickbay reboots nothing by itself: another boot id is somebody else's doing, or the host's own. */
function judgeReboot({rebootSeen, now}: HealthInput, previous: Boot | null): readonly Finding[] {
	if (rebootSeen === null || now - rebootSeen.at > dayMs) return [];
	if (previous !== null && isBad(previous.ending)) return [];
	const wasAsked = previous?.ending === 'clean';
	const ago = formatDuration(now - rebootSeen.at);
	return [
		{
			id: wasAsked ? 'rebooted' : 'rebooted-unexpectedly',
			severity: wasAsked ? 'notice' : 'warning',
			category: 'kernel',
			subject: '',
			summary: wasAsked ? `rebooted ${ago} ago, shut down in order` : `rebooted unexpectedly ${ago} ago`,
			evidence: [
				`boot id before: ${rebootSeen.fromBootId}`,
				...(previous === null ? [] : [`previous boot: ${previous.reason}`]),
			],
			since: rebootSeen.at,
			count: 1,
			meaning: wasAsked
				? 'Somebody, or an automatic upgrade, rebooted the host while it was watched.'
				: 'The host went down and came up again while it was watched, and nothing says that anybody asked for it.',
			advice: wasAsked
				? 'See who it was: `last -Fxw | head`, `sudo journalctl -b -1 -n 50`.'
				: 'Look for the reason: `last -Fxw | head`, `sudo journalctl -b -1 -n 50`, `sudo ipmitool sel list`.',
		},
	];
}

/** Rights on the running log do not open these. */
const lookAsRoot = 'Look as root: `sudo ls -l /sys/fs/pstore /var/lib/systemd/pstore /var/crash`.';

function judgeForbidden(input: HealthInput, {sources}: BootHistory, previous: Boot | null): readonly Finding[] {
	const closed = sources.filter(({source, state}) => state === 'not-permitted' && source !== 'firmware');
	if (closed.length === 0 || (previous !== null && previous.ending !== 'unknown')) return [];
	return [
		{
			id: 'earlier-boots-forbidden',
			severity: 'notice',
			category: 'kernel',
			subject: '',
			summary: 'how the previous boot ended: not permitted to read',
			evidence: closed.map(({source, detail}) => `${source}: ${detail}`),
			since: null,
			count: 1,
			meaning: 'What is left of earlier boots belongs to root, so a panic before this boot would go unseen.',
			advice: closed.some(({source}) => source === 'journal')
				? `Let the account read it: ${grantLogRights(input)}.`
				: lookAsRoot,
		},
	];
}
