/** Climbs to a connection held by the installed `ssh`, and wraps it as ssh2's are. */
import {LadderError} from '../../model/ladder-error.ts';
import type {SshTarget} from '../../model/host.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import {pause, type Clock} from '../../support/clock.ts';
import {createLimiter} from '../../support/limiter.ts';
import type {InteractiveOutcome} from '../authentication/interactive-attempts.ts';
import type {Interview} from '../authentication/interview.ts';
import {connectCommandOf} from '../connect/connect-command.ts';
import {blameJumpHost} from '../connect/jump-route.ts';
import type {ClimbOptions} from '../connect/route.ts';
import {formatFingerprint} from '../host-keys/fingerprint.ts';
import type {KnownHostsFiles} from '../host-keys/known-hosts-files.ts';
import type {TransportConnection} from '../ssh-transport.ts';
import type {SshTimings} from '../ssh-timings.ts';
import type {AnswerPrompt} from './askpass-bridge.ts';
import {classifyOpenSshError} from './classify-openssh-error.ts';
import {describeMasterEnd} from './describe-master-end.ts';
import {meetPerson, outcomeOf, takeTurn, type Person, type PersonParts} from './meet-person.ts';
import {openMuxConnection, type MuxConnection} from './mux-connection.ts';
import {startMaster, type OpenSshMaster} from './open-master.ts';
import {createProgressReader, type ProgressReader, type SshProgress} from './read-progress.ts';

export type OpenSshParts = PersonParts & {
	readonly env: NodeJS.ProcessEnv;
	readonly configFile: string | undefined;
	readonly timings: SshTimings;
	readonly knownHosts: KnownHostsFiles;
	readonly concurrency: number;
};

export type OpenSshClimb = ClimbOptions & {
	/** Why not ssh2, for the host view. */
	readonly because: string;
	/** Methods to log in with; null for all. */
	readonly methods: readonly string[] | null;
};

/** Rejects with a `LadderError` or the signal's reason. */
export type DialOpenSsh = (
	resolved: ResolvedTarget & {readonly target: SshTarget},
	climb: OpenSshClimb,
) => Promise<TransportConnection>;

const pollMs = 50;

type Resolved = ResolvedTarget & {readonly target: SshTarget};

export function createOpenSshDialer(parts: OpenSshParts): DialOpenSsh {
	const limiter = createLimiter(parts.concurrency);
	return async (resolved, climb) => {
		const person = meetPerson(parts, resolved);
		try {
			for (;;) {
				try {
					return await takeTurn(limiter, person.interview, () => dial(parts, resolved, climb, person), climb.signal);
				} catch (error) {
					// A person answers later than sshd waits (LoginGraceTime); the next connection gets the answer.
					if (!isLost(error) || !person.answers.hasUnused()) throw error;
				}
			}
		} finally {
			person.interview.close();
		}
	};
}

function isLost(error: unknown): boolean {
	return error instanceof LadderError && error.code !== 'authentication-failed';
}

async function dial(
	parts: OpenSshParts,
	resolved: Resolved,
	climb: OpenSshClimb,
	person: Person,
): Promise<TransportConnection> {
	const {clock, env, configFile, timings} = parts;
	const {interview, answers} = person;
	const progress = createProgressReader(resolved, climb.onRung);
	const {keepaliveIntervalMs, keepaliveCountMax} = timings;
	const connectTimeoutMs = resolved.connectTimeoutMs === null ? timings.tcpConnectMs : null;
	const request = {
		target: resolved.target,
		configFile,
		connectTimeoutMs,
		keepaliveIntervalMs,
		keepaliveCountMax,
		methods: climb.methods,
	};
	answers.restart();
	const answer: AnswerPrompt = (question, signal) => {
		const fingerprint = progress.current().hostKey?.split(' ')[1];
		if (fingerprint !== undefined) interview.knowHostKey(fingerprint);
		return answers.answer(question, signal);
	};
	const master = await startMaster({request, answer: interview.canAsk ? answer : null, env, clock, progress});
	person.attempt = {master, progress};
	try {
		const mux = await untilUp(master, limitMs(parts, resolved), interview, clock, climb.signal);
		master.endQuestions();
		answers.succeeded();
		return wrap(master, mux, progress, climb);
	} catch (error) {
		master.close();
		climb.signal.throwIfAborted();
		await master.ended;
		throw await explain(parts, resolved, progress.current(), outcomeOf(person, progress.current()), error);
	}
}

/** Resolves when the master has logged in; rejects when it ended or its time was over (`TimeoutError`). */
async function untilUp(
	master: OpenSshMaster,
	timeoutMs: number,
	interview: Interview,
	clock: Clock,
	signal: AbortSignal,
): Promise<MuxConnection> {
	let hasEnded = false;
	const ended = master.ended.then(() => {
		hasEnded = true;
	});
	let endsAt = clock.now() + timeoutMs;
	for (;;) {
		signal.throwIfAborted();
		// A person's time does not count against the host.
		if (interview.isWaiting()) endsAt = clock.now() + timeoutMs;
		const mux = await openMuxConnection(master.controlPath).catch((error: NodeJS.ErrnoException) => {
			if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') return null;
			throw error;
		});
		if (mux !== null) return mux;
		if (hasEnded) throw new Error('ssh ended');
		if (clock.now() > endsAt) throw Object.assign(new Error('ssh took too long'), {name: 'TimeoutError'});
		await Promise.race([pause(clock, pollMs, signal), ended]);
	}
}

function wrap(
	master: OpenSshMaster,
	mux: MuxConnection,
	progress: ProgressReader,
	climb: OpenSshClimb,
): TransportConnection {
	if (progress.current().reached !== 'authentication') climb.onRung('authentication');
	return {
		client: mux,
		description: describe(progress.current(), climb.because),
		closed: mux.closed.then(async () => {
			master.close();
			await master.ended;
			return describeMasterEnd(progress.current());
		}),
		close() {
			mux.close();
			master.close();
		},
	};
}

function describe({keyExchange, hostKey, cipher}: SshProgress, because: string): string {
	const words = ['OpenSSH', keyExchange, hostKey?.split(' ')[0], cipher].filter(
		(word) => word !== null && word !== undefined,
	);
	return `${words.join(' ')} (${because})`;
}

/** The whole climb: what ssh does not bound by itself is bounded here. */
function limitMs({timings}: OpenSshParts, resolved: ResolvedTarget): number {
	return (resolved.connectTimeoutMs ?? timings.tcpConnectMs) + timings.readyMs;
}

async function explain(
	parts: OpenSshParts,
	resolved: ResolvedTarget,
	progress: SshProgress,
	interactive: InteractiveOutcome,
	cause: unknown,
): Promise<unknown> {
	const {timings, knownHosts, configFile} = parts;
	const via = resolved.proxyJump?.split(',').at(-1) ?? null;
	const entries = await knownHosts.read([...resolved.userKnownHostsFiles, ...resolved.globalKnownHostsFiles]);
	const facts = classifyOpenSshError({
		progress,
		interactive,
		hostname: resolved.hostname,
		port: resolved.port,
		user: resolved.user,
		via,
		proxyCommand: resolved.proxyCommand !== null,
		connectTimeoutMs: resolved.connectTimeoutMs ?? timings.tcpConnectMs,
		waitedMs: timings.readyMs,
		timedOut: (cause as Error).name === 'TimeoutError',
		connectCommand: connectCommandOf(resolved, configFile),
		fingerprintAt(place) {
			const entry = entries.find(({file, line}) => `${file}:${line}` === place);
			return entry === undefined ? null : formatFingerprint(entry.key);
		},
	});
	const error = new LadderError(facts, {cause});
	// Before the host itself said anything, it is the jump host that broke, unless that one says otherwise.
	const isJump = via !== null && progress.reached === null && facts.bastion === undefined && facts.rung !== 'resolve';
	return isJump ? blameJumpHost(error, via) : error;
}
