/** Opens the way to a host (directly, through jump hosts, through a proxy command) and shakes hands at its end. */
import type {SshTarget} from '../../model/host.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {Clock} from '../../support/clock.ts';
import {createLimiter, type Limiter} from '../../support/limiter.ts';
import {shellQuote} from '../../support/shell-quote.ts';
import {gatherCredentials} from '../authentication/gather-credentials.ts';
import type {KeyRing} from '../authentication/key-ring.ts';
import type {KnownHostsFiles} from '../host-keys/known-hosts-files.ts';
import {identityOf} from '../identity-of.ts';
import type {SshTimings} from '../ssh-timings.ts';
import {gatherWrites} from './gather-writes.ts';
import {handshake, type HandshakeParts} from './handshake.ts';
import {prepareHostKeyCheck} from './host-key-check.ts';
import {createJumpHosts} from './jump-hosts.ts';
import {blameJumpHost, openThroughJump} from './jump-route.ts';
import {openTcp} from './open-tcp.ts';
import {openProxyCommand} from './proxy-command-route.ts';
import {resolveHops} from './resolve-hops.ts';
import type {ClimbOptions, Route} from './route.ts';
import type {SshConnection} from './ssh-connection.ts';

export type DialerParts = {
	readonly clock: Clock;
	readonly env: NodeJS.ProcessEnv;
	readonly configFile: string | undefined;
	readonly timings: SshTimings;
	readonly keyRing: KeyRing;
	readonly knownHosts: KnownHostsFiles;
	readonly connectConcurrency: number;
	readonly perEndpointConcurrency: number;
	readonly resolve: (target: SshTarget, signal?: AbortSignal) => Promise<ResolvedTarget>;
};

/** Rejects with a `LadderError` or the signal's reason. */
export type Dial = (resolved: ResolvedTarget, options: ClimbOptions) => Promise<SshConnection>;

/** A host that keeps silent gives its turn up after this long, so that it cannot hold back the others. */
const silentTurnMs = 2000;

export function createDialer(parts: DialerParts): Dial {
	const handshakes = createLimiter(parts.connectConcurrency);
	const endpoints = createEndpointLimiters(parts.perEndpointConcurrency);
	const jumpHosts = createJumpHosts();

	/** `hops` lead to the host, nearest first; the host itself is not among them. */
	const dialThrough = async (
		hops: readonly ResolvedTarget[],
		resolved: ResolvedTarget,
		options: ClimbOptions,
	): Promise<SshConnection> => {
		const last = hops.at(-1);
		const openRoute = async (): Promise<Route> => {
			if (last === undefined) return openFirst(parts, resolved, options);
			options.onRung('resolve');
			const before = hops.slice(0, -1);
			const dialHop = (signal: AbortSignal): Promise<SshConnection> =>
				dialThrough(before, last, {signal, onRung: () => undefined});
			const key = hops.map(identityOf).join(' ');
			const lease = await jumpHosts.lease(key, dialHop, options.signal).catch((error: unknown) => {
				throw blameJumpHost(error, last.destination);
			});
			const {hostname, port} = resolved;
			const to = {hostname, port, timeoutMs: connectTimeoutMs(parts, resolved), via: last.destination};
			const route = await openThroughJump(lease, to, parts.clock, options.signal);
			options.onRung('tcp');
			return route;
		};
		return endpoints(endpointOf(hops, resolved)).run(async () => {
			const [route, credentials, hostKeyCheck] = await Promise.all([
				openRoute(),
				gatherCredentials(resolved, parts.keyRing, parts.clock),
				prepareHostKeyCheck(resolved, parts.knownHosts, connectCommandOf(resolved, parts.configFile)),
			]);
			const {timings, clock} = parts;
			return takeTurn(handshakes, {resolved, route, credentials, hostKeyCheck, timings, clock}, options);
		}, options.signal);
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

/** Shakes hands when a turn is free; the bound is on busy handshakes, not on hosts that say nothing. */
async function takeTurn(handshakes: Limiter, parts: HandshakeParts, options: ClimbOptions): Promise<SshConnection> {
	try {
		const {climb} = await handshakes.run(async () => {
			let cancel = (): void => undefined;
			const silence = new Promise<void>((resolve) => {
				cancel = parts.clock.schedule(silentTurnMs, resolve);
			});
			const climb = handshake(parts, {
				signal: options.signal,
				onRung(reached) {
					if (reached === 'banner') cancel();
					options.onRung(reached);
				},
			});
			await Promise.race([silence, climb.catch(() => undefined)]);
			cancel();
			return {climb};
		}, options.signal);
		return await climb;
	} catch (error) {
		parts.route.close();
		throw error;
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

function connectTimeoutMs(parts: DialerParts, resolved: ResolvedTarget): number {
	return resolved.connectTimeoutMs ?? parts.timings.tcpConnectMs;
}

function connectCommandOf(resolved: ResolvedTarget, configFile: string | undefined): string {
	return [
		'ssh',
		...(configFile === undefined ? [] : ['-F', shellQuote(configFile)]),
		...(resolved.port === 22 ? [] : ['-p', String(resolved.port)]),
		shellQuote(resolved.destination),
	].join(' ');
}
