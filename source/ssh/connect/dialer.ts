/** Opens the way to a host (directly, through jump hosts, through a proxy command) and shakes hands at its end. */
import {LadderError} from '../../model/ladder-error.ts';
import type {SshTarget} from '../../model/host.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {Clock} from '../../support/clock.ts';
import {createLimiter, type Limiter} from '../../support/limiter.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {shellQuote} from '../../support/shell-quote.ts';
import {gatherCredentials} from '../authentication/gather-credentials.ts';
import type {KeyRing} from '../authentication/key-ring.ts';
import type {KnownHostsFiles} from '../host-keys/known-hosts-files.ts';
import {identityOf} from '../identity-of.ts';
import type {SshTimings} from '../ssh-timings.ts';
import {handshake} from './handshake.ts';
import {prepareHostKeyCheck} from './host-key-check.ts';
import {createJumpHosts, type JumpHosts} from './jump-hosts.ts';
import {blameJumpHost, openThroughJump} from './jump-route.ts';
import {openTcp} from './open-tcp.ts';
import {parseProxyJump} from './parse-proxy-jump.ts';
import {openProxyCommand} from './proxy-command-route.ts';
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
const jumpDepthLimit = 8;

export function createDialer(parts: DialerParts): Dial {
	const endpoints = new Map<string, Limiter>();
	const handshakes = createLimiter(parts.connectConcurrency);
	const jumpHosts = createJumpHosts();

	const dial = (resolved: ResolvedTarget, options: ClimbOptions, depth: number): Promise<SshConnection> => {
		const key = endpointOf(resolved);
		const endpoint = endpoints.get(key) ?? createLimiter(parts.perEndpointConcurrency);
		endpoints.set(key, endpoint);
		return endpoint.run(async () => {
			const route = await openRoute(parts, jumpHosts, resolved, options, (hop, signal) =>
				dial(hop, {signal, onRung: () => undefined}, depth + 1),
			);
			return shakeHands(parts, handshakes, resolved, route, options);
		}, options.signal);
	};

	return (resolved, options) => dial(resolved, options, 0);

	async function openRoute(
		parts: DialerParts,
		jumpHosts: JumpHosts,
		resolved: ResolvedTarget,
		options: ClimbOptions,
		dialHop: (hop: ResolvedTarget, signal: AbortSignal) => Promise<SshConnection>,
	): Promise<Route> {
		throw new Error(String([parts, jumpHosts, resolved, options, dialHop]));
	}
}

function endpointOf(resolved: ResolvedTarget): string {
	if (resolved.proxyJump !== null) return identityOf(resolved);
	return resolved.proxyCommand === null ? `${resolved.hostname}:${resolved.port}` : 'proxy command';
}
void silentTurnMs; void jumpDepthLimit; void LadderError; void sanitiseLine; void shellQuote; void gatherCredentials; void handshake; void prepareHostKeyCheck; void blameJumpHost; void openThroughJump; void openTcp; void parseProxyJump; void openProxyCommand;
