/** Climbs from an open stream to an authenticated ssh2 connection, and names the rung that broke when it cannot. */
import {Client, type ConnectConfig, type KexAlgorithm, type NegotiatedAlgorithms} from 'ssh2';
import {LadderError, type LadderErrorFacts} from '../../model/ladder-error.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {Clock} from '../../support/clock.ts';
import {createAuthenticationAttempts, type AuthenticationAttempts} from '../authentication/authentication-attempts.ts';
import {describeAuthenticationFailure} from '../authentication/describe-authentication-failure.ts';
import type {Credentials} from '../authentication/gather-credentials.ts';
import {classifyHandshakeError, type HandshakeFailure, type RawError} from '../classify-connect-error.ts';
import type {SshTimings} from '../ssh-timings.ts';
import {tapBanner} from './tap-banner.ts';
import type {HostKeyCheck} from './host-key-check.ts';
import type {ClimbOptions, Route} from './route.ts';
import type {SshConnection} from './ssh-connection.ts';

export type HandshakeParts = {
	readonly resolved: ResolvedTarget;
	readonly route: Route;
	readonly credentials: Credentials;
	readonly hostKeyCheck: HostKeyCheck;
	readonly timings: SshTimings;
	readonly clock: Clock;
};

const goodbyeMs = 200;

/** Group exchange costs 2 s of CPU in Node (ssh2 issue 1386), so it is the last resort. */
const keyExchanges: KexAlgorithm[] = [
	'curve25519-sha256@libssh.org',
	'curve25519-sha256',
	'ecdh-sha2-nistp256',
	'ecdh-sha2-nistp384',
	'ecdh-sha2-nistp521',
	'diffie-hellman-group14-sha256',
	'diffie-hellman-group15-sha512',
	'diffie-hellman-group16-sha512',
	'diffie-hellman-group17-sha512',
	'diffie-hellman-group18-sha512',
	'diffie-hellman-group-exchange-sha256',
];

/** Rejects with a `LadderError` or the signal's reason; the route is closed then, and when the connection ends. */
export function handshake(parts: HandshakeParts, options: ClimbOptions): Promise<SshConnection> {
	const {resolved, route} = parts;
	const client = new Client();
	const attempts = createAuthenticationAttempts(resolved.user, parts.credentials);
	const progress = watchProgress(client, parts, options);
	const closed = keepListening(client, route);

	return new Promise((resolve, reject) => {
		let settled = false;
		const settle = (): boolean => {
			if (settled) return false;
			settled = true;
			cancelBannerWait();
			options.signal.removeEventListener('abort', onAbort);
			return true;
		};
		const fail = (reason: () => Error): void => {
			if (!settle()) return;
			client.destroy();
			route.close();
			reject(reason());
		};
		const onAbort = (): void => fail(() => options.signal.reason as Error);
		const explain = (error: Error | null): LadderError => {
			const facts = explainFailure(parts, attempts, {...progress(), error});
			return new LadderError(facts, error === null ? {} : {cause: error});
		};
		const cancelBannerWait = parts.clock.schedule(bannerWaitMs(parts.timings), () => {
			if (progress().reached === 'tcp') fail(() => explain(noBanner()));
		});
		client.on('error', (error) => {
			if (!isPassing(error)) fail(() => explain(error));
		});
		client.once('close', () => fail(() => explain(null)));
		client.once('ready', () => {
			if (!settle()) return;
			options.onRung('authentication', attempts.offered.at(-1) ?? 'no proof asked');
			const {bastion} = route;
			resolve({
				client,
				description: progress().description,
				closed,
				...(bastion === undefined ? {} : {bastion}),
				close: () => closeConnection(client, parts),
			});
		});
		options.signal.addEventListener('abort', onAbort, {once: true});
		if (options.signal.aborted) onAbort();
		// The host may hang up while the connection waits for its turn; ssh2 would wait for that news for ever.
		else if (route.stream.destroyed) fail(() => explain(null));
		else client.connect(configFor(parts, attempts));
	});
}

type Progress = Pick<HandshakeFailure, 'reached' | 'greeting'> & {readonly description: string};

/** Follows the climb from the outside of ssh2 and tells each rung as it is reached. */
function watchProgress(client: Client, parts: HandshakeParts, options: ClimbOptions): () => Progress {
	let reached: HandshakeFailure['reached'] = 'tcp';
	let description = '';
	const greeting = tapBanner(parts.route.stream, (identification) => {
		if (!parts.route.isDirect) options.onRung('tcp');
		reached = 'banner';
		options.onRung('banner', identification);
	});
	// The host shows its key when both sides have agreed on algorithms and computed a secret.
	parts.hostKeyCheck.onOffered((key) => {
		if (reached !== 'banner') return;
		reached = 'key-exchange';
		options.onRung('key-exchange', key);
	});
	client.once('handshake', (negotiated) => {
		reached = 'host-key';
		description = describe(negotiated);
		options.onRung('host-key', parts.hostKeyCheck.foundAt() ?? 'new, accepted as configured');
		void parts.hostKeyCheck.remember();
	});
	return () => ({reached, description, greeting: greeting()});
}

/**
 * ssh2 reports up to two errors per failure, the second one late: without a listener for life it ends the program.
 * Resolves with the last of them when the connection is gone, and frees the route then.
 */
function keepListening(client: Client, route: Route): Promise<Error | null> {
	let lastError: Error | null = null;
	client.on('error', (error) => {
		lastError = error;
	});
	return new Promise((resolve) => {
		client.once('close', () => {
			route.close();
			resolve(lastError);
		});
	});
}

function configFor(parts: HandshakeParts, attempts: AuthenticationAttempts): ConnectConfig {
	const {resolved, route, timings, hostKeyCheck} = parts;
	return {
		sock: route.stream,
		host: resolved.hostname,
		username: resolved.user,
		readyTimeout: timings.readyMs,
		keepaliveInterval: timings.keepaliveIntervalMs,
		keepaliveCountMax: timings.keepaliveCountMax,
		// Servers other than OpenSSH open stream-local channels too; those that do not will say so.
		strictVendor: false,
		algorithms: {kex: keyExchanges, serverHostKey: [...hostKeyCheck.algorithms]},
		hostVerifier: (key: Buffer) => hostKeyCheck.accepts(key),
		authHandler: (methodsLeft, partialSuccess, next) => {
			// ssh2 takes `false` for "nothing left", which its types leave out.
			(next as (method: ReturnType<typeof attempts.next>) => void)(attempts.next(methodsLeft, partialSuccess));
		},
	};
}

type FailureFacts = Pick<HandshakeFailure, 'reached' | 'greeting'> & {readonly error: RawError | null};

function explainFailure(
	parts: HandshakeParts,
	attempts: AuthenticationAttempts,
	facts: FailureFacts,
): LadderErrorFacts {
	const {resolved, route, credentials, hostKeyCheck, timings} = parts;
	const refusal = hostKeyCheck.refusal();
	if (refusal !== null) return refusal;
	const message = facts.error?.message ?? '';
	const isRejection = facts.error?.level === 'client-authentication';
	if (facts.reached === 'host-key' && (isRejection || /authentication/i.test(message))) {
		return describeAuthenticationFailure(resolved.user, attempts, credentials, isRejection ? '' : message);
	}
	if (facts.reached === 'tcp' && facts.greeting === '') {
		const silence = route.explainSilence(facts.error?.level === 'client-timeout');
		if (silence !== null) return silence;
	}
	const waitedMs = facts.reached === 'tcp' ? bannerWaitMs(timings) : timings.readyMs;
	return classifyHandshakeError({...facts, port: resolved.port, waitedMs});
}

function bannerWaitMs({bannerMs, readyMs}: SshTimings): number {
	return Math.min(bannerMs, readyMs);
}

/** Said as ssh2 says that its own, longer, wait is over. */
function noBanner(): Error {
	return Object.assign(new Error('Timed out while waiting for the identification'), {level: 'client-timeout'});
}

/** One key's trouble (an agent that will not sign, a key file that cannot): ssh2 goes on to the next by itself. */
function isPassing(error: Error & {level?: string}): boolean {
	return (
		error.level === 'agent' ||
		(error.level === 'client-authentication' && !error.message.startsWith('All configured authentication'))
	);
}

function describe(negotiated: NegotiatedAlgorithms): string {
	const {kex, serverHostKey, cs} = negotiated;
	return `ssh2 ${kex} ${serverHostKey} ${cs.cipher}`;
}

/** Says goodbye, gives the host a moment to hang up by itself, and does not wait longer for one that is gone. */
function closeConnection(client: Client, {route, clock}: HandshakeParts): void {
	const cancel = clock.schedule(goodbyeMs, () => {
		route.stream.destroy();
		route.close();
	});
	client.once('close', cancel);
	client.end();
}
