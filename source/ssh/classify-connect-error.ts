/** The table from what the network, the proxy or ssh2 said to the broken rung a person reads; pure. */
import type {LadderErrorFacts} from '../model/ladder-error.ts';
import {sanitiseLine, sanitiseLines} from '../support/sanitise.ts';

/** An error as Node and ssh2 give them; `level` is ssh2's. */
export type RawError = {readonly message: string; readonly code?: string | number | undefined; readonly level?: string};

/** What is known when a handshake ends before its time. */
export type HandshakeFailure = {
	/** The last rung that answered. */
	readonly reached: 'tcp' | 'banner' | 'key-exchange' | 'host-key';
	readonly port: number;
	/** How long the host was given. */
	readonly waitedMs: number;
	/** The error that came first; null when the host just closed the connection. */
	readonly error: RawError | null;
	/** What the host sent before, or instead of, its SSH identification. */
	readonly greeting: string;
};

/** `code` is the resolver's: `ENOTFOUND`, `EAI_AGAIN`… */
export function classifyLookupError(hostname: string, code: string | undefined): LadderErrorFacts {
	const name = sanitiseLine(hostname, 100);
	const temporary = code === 'EAI_AGAIN';
	return {
		rung: 'resolve',
		code: 'name-not-found',
		summary: temporary ? `name server does not answer: ${name}` : `name not found: ${name}`,
		advice: temporary
			? "Check this machine's network and name servers (`getent hosts` with the name)."
			: 'Check the spelling, the HostName in the SSH configuration, and whether a VPN is needed.',
		retry: 'soon',
	};
}

/** `timeoutMs` is how long the attempt was given; `code` is the system's, `ETIMEDOUT` also when that time was over. */
export function classifyTcpError(code: string | undefined, port: number, timeoutMs: number): LadderErrorFacts {
	const shared = {rung: 'tcp' as const, retry: 'soon' as const};
	switch (code) {
		case 'ECONNREFUSED':
			return {
				...shared,
				code: 'connection-refused',
				summary: `connection refused on port ${port}: host is up, sshd is not listening`,
				advice: 'Check that sshd runs and listens on this port (console or out-of-band access).',
			};
		case 'ETIMEDOUT':
			return {
				...shared,
				code: 'no-answer',
				summary: `no answer on port ${port} in ${formatSeconds(timeoutMs)}: packets dropped or host down`,
				advice: 'Check the power state out of band, then firewalls and routes in between.',
			};
		case 'ECONNRESET':
		case 'EPIPE':
			// The host accepted and hung up in the same breath.
			return throttled(closedAtOnce);
		default:
			return {...shared, code: 'no-route', ...describeNoRoute(code, port)};
	}
}

function describeNoRoute(code: string | undefined, port: number): Pick<LadderErrorFacts, 'summary' | 'advice'> {
	switch (code) {
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
		case 'EHOSTDOWN':
		case 'ENETDOWN':
		case 'EADDRNOTAVAIL':
			return {
				summary: `no route to host (${code})`,
				advice: "Check this machine's network and VPN, then the host's link and power.",
			};
		case 'EACCES':
		case 'EPERM':
			return {
				summary: `connection blocked by this machine (${code})`,
				advice: "Check this machine's own firewall.",
			};
		default:
			return {
				summary: `cannot connect to port ${port}${code === undefined ? '' : ` (${sanitiseLine(code, 40)})`}`,
				advice: 'Try `ssh -v` to the host for more.',
			};
	}
}

/** `message` is the jump host's reason for refusing to open a channel, as its sshd words it. */
export function classifyForwardError(jumpHost: string, message: string, port: number): LadderErrorFacts {
	const words = sanitiseLine(message.replace(/^\(SSH\) Channel open failure: /, ''), 200);
	const via = sanitiseLine(jumpHost, 100);
	const facts = {rung: 'tcp' as const, detail: [`via ${via}: ${words}`], retry: 'soon' as const, bastion: via};
	if (/refused/i.test(words)) {
		return {...classifyTcpError('ECONNREFUSED', port, 0), ...facts};
	}
	if (/resolve|not known|no address/i.test(words)) {
		return {
			...facts,
			code: 'name-not-found',
			summary: `jump host ${via} does not know the name`,
			advice: 'The name is looked up on the jump host: check HostName in the SSH configuration.',
		};
	}
	if (/timed out/i.test(words)) {
		return {
			...facts,
			code: 'no-answer',
			summary: `no answer on port ${port} through jump host ${via}`,
			advice: 'Check the power state out of band, then firewalls behind the jump host.',
		};
	}
	return {
		...facts,
		code: 'no-route',
		summary: `jump host ${via} cannot reach the host: ${words}`,
		advice: 'Check that the jump host may forward (AllowTcpForwarding, PermitOpen) and reaches the host.',
	};
}

/** A proxy command that ended, or never spoke; `stderr` is what it printed. */
export function classifyProxyError(stderr: string, timedOutAfterMs: number | null): LadderErrorFacts {
	const lines = sanitiseLines(stderr, 10, 300);
	const said = lines.at(-1);
	return {
		rung: 'tcp',
		code: timedOutAfterMs === null ? 'no-route' : 'no-answer',
		summary:
			timedOutAfterMs === null
				? `ProxyCommand failed${said === undefined ? '' : `: ${said}`}`
				: `no answer through ProxyCommand in ${formatSeconds(timedOutAfterMs)}`,
		detail: lines,
		advice: 'Run the ProxyCommand of the SSH configuration by hand and see what it says.',
		retry: 'soon',
	};
}

/** Everything between the TCP connection and the end of authentication but host key and authentication verdicts. */
export function classifyHandshakeError(failure: HandshakeFailure): LadderErrorFacts {
	const timedOut = failure.error?.level === 'client-timeout';
	switch (failure.reached) {
		case 'tcp':
			return classifyBannerFailure(failure, timedOut);
		case 'banner':
			return classifyKeyExchangeFailure(failure, timedOut);
		case 'key-exchange':
			return {...classifyKeyExchangeFailure(failure, timedOut), rung: 'host-key'};
		case 'host-key':
			return {
				rung: 'authentication',
				code: timedOut ? 'silent-sshd' : 'lost',
				summary: timedOut
					? `sshd stopped answering during authentication (${formatSeconds(failure.waitedMs)})`
					: `connection lost during authentication${reasonOf(failure.error)}`,
				advice: "The host may be swapping, or its account service (LDAP, PAM) may hang: see the host's console.",
				retry: 'slowly',
			};
	}
}

const closedAtOnce = 'sshd closes the connection at once, before saying anything';
const throttleWords = /not allowed at this time|exceeded maxstartups|too many (connections|logins)/i;

function classifyBannerFailure(failure: HandshakeFailure, timedOut: boolean): LadderErrorFacts {
	const [said] = sanitiseLines(failure.greeting, 1, 120);
	if (said !== undefined && throttleWords.test(said)) return throttled(`sshd turns connections away: ${said}`, said);
	if (said !== undefined) {
		return {
			rung: 'banner',
			code: 'not-ssh',
			summary: `port ${failure.port} answers, but not with SSH: ${said}`,
			advice: 'Another service has this port: correct Port in the SSH configuration.',
			retry: 'slowly',
		};
	}
	if (!timedOut) return throttled(closedAtOnce);
	return {
		rung: 'banner',
		code: 'silent-sshd',
		summary: `TCP connects, sshd says nothing (${formatSeconds(failure.waitedMs)})`,
		advice:
			'The kernel answers but programs do not run: swapping, frozen or panicked. See the console, then power-cycle.',
		retry: 'slowly',
	};
}

/** `said` is sshd's own word, in the texts OpenSSH 9.8 and later have for each cause. */
function throttled(summary: string, said = ''): LadderErrorFacts {
	return {rung: 'banner', code: 'throttled', summary, advice: adviseOnThrottle(said), retry: 'slowly'};
}

function adviseOnThrottle(said: string): string {
	if (/maxstartups/i.test(said)) {
		return 'Too many connections are waiting to log in (MaxStartups): it passes by itself; if it stays, see who else connects.';
	}
	if (/not allowed at this time/i.test(said)) {
		return 'sshd punishes this address for failed or broken logins (PerSourcePenalties): stop what causes them and wait up to 10 minutes, or exempt it (PerSourcePenaltyExemptList).';
	}
	return 'Too many connections or failed logins (MaxStartups, PerSourcePenalties, fail2ban, hosts.deny): wait, then retry.';
}

function classifyKeyExchangeFailure(failure: HandshakeFailure, timedOut: boolean): LadderErrorFacts {
	const message = failure.error?.message ?? '';
	if (/no matching|unsupported|invalid identification|version/i.test(message)) {
		return {
			rung: 'key-exchange',
			code: 'incompatible',
			summary: `no common SSH algorithm: ${sanitiseLine(message.replace(/^Handshake failed: /, ''), 200)}`,
			advice:
				'The host offers only algorithms this program lacks: allow curve25519 or ecdh key exchange in its sshd_config.',
			retry: 'never',
		};
	}
	return {
		rung: 'key-exchange',
		code: timedOut ? 'silent-sshd' : 'lost',
		summary: timedOut
			? `sshd greets, then says nothing (${formatSeconds(failure.waitedMs)})`
			: `connection lost during the key exchange${reasonOf(failure.error)}`,
		advice: timedOut
			? 'The host is under heavy strain or frozen: see its console.'
			: 'Something cuts the connection (a firewall, a crash of sshd, MTU trouble): try `ssh -v`.',
		retry: 'slowly',
	};
}

function reasonOf(error: RawError | null): string {
	if (error === null || error.message === '') return '';
	return ` (${sanitiseLine(error.message, 120)})`;
}

function formatSeconds(milliseconds: number): string {
	return `${Number((milliseconds / 1000).toFixed(1))} s`;
}
