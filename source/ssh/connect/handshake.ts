/** Climbs from an open stream to an authenticated ssh2 connection, and names the rung that broke when it cannot. */
import {Client, type AnyAuthMethod, type ConnectConfig, type NegotiatedAlgorithms} from 'ssh2';
import {LadderError} from '../../model/ladder-error.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {Clock} from '../../support/clock.ts';
import {createAuthenticationAttempts, type AuthenticationAttempts} from '../authentication/authentication-attempts.ts';
import type {Credentials} from '../authentication/gather-credentials.ts';
import type {Interview} from '../authentication/interview.ts';
import {allowLateSigning} from '../authentication/late-signing.ts';
import type {PasswordMemory} from '../authentication/password-memory.ts';
import type {HandshakeFailure} from '../classify-connect-error.ts';
import {formatFingerprint} from '../host-keys/fingerprint.ts';
import {identityOf} from '../identity-of.ts';
import type {SshTimings} from '../ssh-timings.ts';
import {bannerWaitMs, explainFailure, isPassing, rejection, timedOut} from './explain-failure.ts';
import {holdBack} from './hold-back.ts';
import {startDeadline, type Deadline} from './start-deadline.ts';
import {offerAlgorithms} from './offer-algorithms.ts';
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
	readonly interview: Interview;
	readonly memory: PasswordMemory;
};

const goodbyeMs = 200;

export type Handshake = {
	/** Resolves when the host has said something, or will not: from here on there is something to compute. */
	readonly heard: Promise<void>;
	/** Reads and answers what the host says; the time until this is called after `heard` is not the host's. */
	goOn(): void;
	/** Rejects with a `LadderError` or the signal's reason; the route is closed then, and when the connection ends. */
	readonly connection: Promise<SshConnection>;
};

/** Greets the host at once, as ssh does, and reads nothing of its answer before `goOn`. */
export function startHandshake(parts: HandshakeParts, options: ClimbOptions): Handshake {
	const {heard, letThrough} = holdBack(parts.route.stream);
	const client = new Client();
	const progress = watchProgress(client, parts, options);
	const {promise: overdue, resolve: giveUp} = Promise.withResolvers<Error>();
	const waits = startWaits(parts, () => progress().reached, giveUp);
	void heard.then(waits.standStill);
	return {
		heard,
		goOn() {
			waits.goOn();
			letThrough();
		},
		connection: shakeHands({client, progress, overdue}, parts, options).finally(waits.cancel),
	};
}

type Begun = {readonly client: Client; readonly progress: () => Progress; readonly overdue: Promise<Error>};

function shakeHands(begun: Begun, parts: HandshakeParts, options: ClimbOptions): Promise<SshConnection> {
	const {client, progress, overdue} = begun;
	const {route} = parts;
	const closed = keepListening(client, route);
	return new Promise((resolve, reject) => {
		const life = new AbortController();
		let settled = false;
		const settle = (): boolean => {
			if (settled) return false;
			settled = true;
			options.signal.removeEventListener('abort', onAbort);
			return true;
		};
		const fail = (reason: () => Error): void => {
			if (!settle()) return;
			const error = reason();
			life.abort();
			client.destroy();
			route.close();
			reject(error);
		};
		const onAbort = (): void => fail(() => options.signal.reason as Error);
		const failAt = (error: Error | null): void => {
			fail(() => {
				const facts = explainFailure(parts, attempts, {...progress(), error});
				return new LadderError(facts, error === null ? {} : {cause: error});
			});
		};
		const attempts = createAttempts(parts, life.signal, () => failAt(rejection()));
		void overdue.then(failAt);
		listenForFailure(client, attempts, failAt);
		client.once('ready', () => {
			if (!settle()) return;
			attempts.interactive.succeeded();
			options.onRung('authentication', attempts.offered.at(-1) ?? 'no proof asked');
			resolve(mapConnection(client, parts, progress().description, closed));
		});
		options.signal.addEventListener('abort', onAbort, {once: true});
		if (options.signal.aborted) onAbort();
		// The host may have hung up before; ssh2 would wait for that news for ever.
		else if (route.stream.destroyed) failAt(null);
		else {
			client.connect(configFor(parts, attempts, life.signal));
			allowLateSigning(client);
		}
	});
}

/** The two limits on a host's silence. */
function startWaits(
	{clock, interview, timings}: HandshakeParts,
	reached: () => HandshakeFailure['reached'],
	fail: (error: Error) => void,
): Deadline {
	const banner = startDeadline({clock, interview, limitMs: bannerWaitMs(timings)}, () => {
		if (reached() === 'tcp') fail(timedOut('identification'));
	});
	const ready = startDeadline({clock, interview, limitMs: timings.readyMs}, () => fail(timedOut('handshake')));
	const both = (act: (deadline: Deadline) => void) => (): void => [banner, ready].forEach(act);
	return {
		standStill: both((deadline) => deadline.standStill()),
		goOn: both((deadline) => deadline.goOn()),
		cancel: both((deadline) => deadline.cancel()),
	};
}

function listenForFailure(client: Client, attempts: AuthenticationAttempts, fail: (error: Error | null) => void): void {
	client.on('error', (error) => {
		if (!isPassing(error)) fail(error);
	});
	client.once('close', () => fail(null));
	client.once('change password', () => {
		attempts.interactive.passwordExpired();
		fail(rejection());
	});
}

function mapConnection(
	client: Client,
	parts: HandshakeParts,
	description: string,
	closed: SshConnection['closed'],
): SshConnection {
	const {bastion} = parts.route;
	const shared = {client, description, closed, close: () => closeConnection(client, parts)};
	return bastion === undefined ? shared : {...shared, bastion};
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

function createAttempts(parts: HandshakeParts, signal: AbortSignal, onGiveUp: () => void): AuthenticationAttempts {
	const {resolved, credentials, interview, memory} = parts;
	const account = identityOf(resolved);
	return createAuthenticationAttempts({resolved, credentials, interview, memory, account, signal, onGiveUp});
}

function configFor(parts: HandshakeParts, attempts: AuthenticationAttempts, signal: AbortSignal): ConnectConfig {
	const {resolved, route, timings, hostKeyCheck, interview} = parts;
	return {
		sock: route.stream,
		host: resolved.hostname,
		username: resolved.user,
		// Our own deadline stands still while a person is waited for.
		readyTimeout: 0,
		keepaliveInterval: timings.keepaliveIntervalMs,
		keepaliveCountMax: timings.keepaliveCountMax,
		// Servers other than OpenSSH open stream-local channels too; those that do not will say so.
		strictVendor: false,
		algorithms: offerAlgorithms(resolved.algorithms, hostKeyCheck.algorithms),
		hostVerifier(key: Buffer) {
			interview.knowHostKey(formatFingerprint(key));
			return hostKeyCheck.accepts(key);
		},
		authHandler(methodsLeft, partialSuccess, next) {
			void attempts.next(methodsLeft, partialSuccess).then((method) => {
				// ssh2 takes `false` for "nothing left", which its types leave out.
				if (!signal.aborted) (next as (method: AnyAuthMethod | false) => void)(method);
			});
		},
	};
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
