/** Opens the way to a host (directly, through jump hosts, through a proxy command) and shakes hands at its end. */
import type {AskSecret, TellPerson} from '../../model/attention.ts';
import type {SshTarget} from '../../model/host.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {Clock} from '../../support/clock.ts';
import {createLimiter, type Limiter} from '../../support/limiter.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {gatherCredentials} from '../authentication/gather-credentials.ts';
import {createInterview, type Interview} from '../authentication/interview.ts';
import type {KeyRing} from '../authentication/key-ring.ts';
import type {PasswordMemory} from '../authentication/password-memory.ts';
import {identityOf} from '../identity-of.ts';
import type {SshTimings} from '../ssh-timings.ts';
import {connectCommandOf} from './connect-command.ts';
import {gatherWrites} from './gather-writes.ts';
import {prepareHostKeyCheck, type HostKeyTrust} from './host-key-check.ts';
import {createJumpHosts} from './jump-hosts.ts';
import {bastionName, blameJumpHost, openThroughJump} from './jump-route.ts';
import {openTcp} from './open-tcp.ts';
import {openProxyCommand} from './proxy-command-route.ts';
import {resolveHops} from './resolve-hops.ts';
import type {ClimbOptions, Route} from './route.ts';
import type {SshConnection} from './ssh-connection.ts';
import {shakeHandsInTurn, whileAtEndpoint} from './shake-hands-in-turn.ts';

export type DialerParts = {
	readonly clock: Clock;
	readonly env: NodeJS.ProcessEnv;
	readonly configFile: string | undefined;
	readonly timings: SshTimings;
	readonly keyRing: KeyRing;
	readonly memory: PasswordMemory;
	/** Null where there is nobody to ask. */
	readonly ask: AskSecret | null;
	readonly tell: TellPerson;
	readonly trust: HostKeyTrust;
	readonly connectConcurrency: number;
	readonly perEndpointConcurrency: number;
	readonly resolve: (target: SshTarget, signal?: AbortSignal) => Promise<ResolvedTarget>;
};

/** Rejects with a `LadderError` or the signal's reason. */
export type Dial = (resolved: ResolvedTarget, options: ClimbOptions) => Promise<SshConnection>;

export function createDialer(parts: DialerParts): Dial {
	const handshakes = createLimiter(parts.connectConcurrency);
	const endpoints = createEndpointLimiters(parts.perEndpointConcurrency);
	const touches = createLimiter(1);
	const jumpHosts = createJumpHosts<SshConnection>();

	/** `hops` lead to the host, nearest first; the host itself is not among them. */
	const dialThrough = async (
		hops: readonly ResolvedTarget[],
		resolved: ResolvedTarget,
		options: ClimbOptions,
		timings: SshTimings = parts.timings,
	): Promise<SshConnection> => {
		const last = hops.at(-1);
		const openRoute = async (): Promise<Route> => {
			if (last === undefined) return openFirst(parts, resolved, options);
			options.onRung('resolve');
			const before = hops.slice(0, -1);
			const dialHop = (signal: AbortSignal): Promise<SshConnection> =>
				dialThrough(before, last, {signal, onRung: () => undefined}, jumpKeepalive(parts));
			const key = hops.map(identityOf).join(' ');
			const lease = await jumpHosts.lease(key, dialHop, options.signal).catch((error: unknown) => {
				throw blameJumpHost(error, last.destination);
			});
			for (const hop of hops) options.onBastion?.(bastionName(hop.destination));
			const {hostname, port} = resolved;
			const to = {hostname, port, timeoutMs: connectTimeoutMs(parts, resolved), via: last.destination};
			const route = await openThroughJump(lease, to, parts.clock, options.signal);
			options.onRung('tcp');
			return route;
		};
		const {clock, keyRing, memory} = parts;
		const shakeHands = async (interview: Interview): Promise<SshConnection> => {
			const {climb} = await endpoints(endpointOf(hops, resolved)).run(async () => {
				const [route, credentials, hostKeyCheck] = await Promise.all([
					openRoute(),
					gatherCredentials(resolved, {keyRing, interview, touches, clock}),
					prepareHostKeyCheck(resolved, parts.trust, connectCommandOf(resolved, parts.configFile)),
				]);
				const all = {resolved, route, credentials, hostKeyCheck, timings, clock, interview, memory};
				return whileAtEndpoint(all, shakeHandsInTurn(handshakes, all, options));
			}, options.signal);
			return climb;
		};
		return withPerson(parts, resolved, shakeHands, options.signal);
	};

	return async (resolved, options) => {
		const hops = await resolveHops(resolved, parts.resolve, options.signal);
		return dialThrough(hops, resolved, options);
	};
}

async function openFirst(parts: DialerParts, resolved: ResolvedTarget, options: ClimbOptions): Promise<Route> {
	if (resolved.proxyCommand !== null) {
		options.onRung('resolve');
		return openProxyCommand(resolved.proxyCommand, {env: parts.env, timeoutMs: parts.timings.readyMs});
	}
	const {hostname, port, addressFamily: family} = resolved;
	const timeoutMs = connectTimeoutMs(parts, resolved);
	const socket = await openTcp({hostname, port, family, timeoutMs}, parts.clock, options);
	gatherWrites(socket);
	return {stream: socket, isDirect: true, explainSilence: () => null, close: () => void socket.destroy()};
}

/** Shakes hands, and once more when a person's answer came after the host had hung up. */
async function withPerson(
	{ask, tell, clock}: DialerParts,
	resolved: ResolvedTarget,
	shakeHands: (interview: Interview) => Promise<SshConnection>,
	signal: AbortSignal,
): Promise<SshConnection> {
	const hostName = sanitiseLine(resolved.destination, 100);
	const interview = createInterview({hostName, ask: resolved.passwordPrompts === 0 ? null : ask, tell, clock});
	try {
		for (;;) {
			try {
				return await shakeHands(interview);
			} catch (error) {
				if (!(await interview.settle(signal))) throw error;
			}
		}
	} finally {
		interview.close();
	}
}

function createEndpointLimiters(concurrency: number): (key: string) => Limiter {
	const limiters = new Map<string, Limiter>();
	return (key) => {
		const limiter = limiters.get(key) ?? createLimiter(concurrency);
		limiters.set(key, limiter);
		return limiter;
	};
}

/** What sees the connections arrive: sshd drops some of many at once (MaxStartups). A proxy command hides which it is. */
function endpointOf(hops: readonly ResolvedTarget[], resolved: ResolvedTarget): string {
	const place = `${resolved.hostname}:${resolved.port}`;
	if (hops.length > 0) return `${hops.map(identityOf).join(' ')} ${place}`;
	return resolved.proxyCommand === null ? place : 'proxy command';
}

/**
 * A jump host is asked more often than the hosts behind it: when the link to it dies in silence, its end must be known
 * before theirs, or each of them would seem to have died for itself.
 */
function jumpKeepalive({timings}: DialerParts): SshTimings {
	return {...timings, keepaliveIntervalMs: Math.round(timings.keepaliveIntervalMs * 0.7)};
}

function connectTimeoutMs(parts: DialerParts, resolved: ResolvedTarget): number {
	return resolved.connectTimeoutMs ?? parts.timings.tcpConnectMs;
}
