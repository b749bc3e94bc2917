/** Climbs to a connection held by the installed `ssh`, and wraps it as ssh2's are. */
import {LadderError} from '../../model/ladder-error.ts';
import type {SshTarget} from '../../model/host.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import {pause, type Clock} from '../../support/clock.ts';
import {createLimiter} from '../../support/limiter.ts';
import type {InteractiveOutcome} from '../authentication/interactive-attempts.ts';
import type {Interview} from '../authentication/interview.ts';
import {connectCommandOf} from '../connect/connect-command.ts';
import {createJumpHosts} from '../connect/jump-hosts.ts';
import {blameJumpHost} from '../connect/jump-route.ts';
import type {ClimbOptions} from '../connect/route.ts';
import {formatFingerprint} from '../host-keys/fingerprint.ts';
import type {KnownHostsFiles} from '../host-keys/known-hosts-files.ts';
import {identityOf} from '../identity-of.ts';
import type {TransportConnection} from '../ssh-transport.ts';
import type {SshTimings} from '../ssh-timings.ts';
import type {AnswerPrompt} from './askpass-bridge.ts';
import {classifyOpenSshError} from './classify-openssh-error.ts';
import {describeMasterEnd} from './describe-master-end.ts';
import {meetPerson, outcomeOf, takeTurn, type Person, type PersonParts} from './meet-person.ts';
import {openMuxConnection, type MuxConnection} from './mux-connection.ts';
import {startMaster, type OpenSshMaster} from './open-master.ts';
import {createProgressReader, type ProgressReader, type SshProgress} from './read-progress.ts';
import {describeWay, type Bastion, type Way} from './way-through-bastion.ts';

export type OpenSshParts = PersonParts & {
	readonly env: NodeJS.ProcessEnv;
	readonly configFile: string | undefined;
	readonly timings: SshTimings;
	readonly knownHosts: KnownHostsFiles;
	readonly concurrency: number;
	/** The jump hosts on the way, nearest first. */
	readonly findHops: (resolved: ResolvedTarget, signal: AbortSignal) => Promise<readonly ResolvedTarget[]>;
};

export type OpenSshClimb = ClimbOptions & {
	/** Why not ssh2, for the host view. */
	readonly because: string;
	/** Methods to log in with; null for all. */
	readonly methods: readonly string[] | null;
	/** Others will be reached through it. */
	readonly isBastion?: true;
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
	const bastions = createJumpHosts<Bastion>();

	/** `hops` lead to the host, nearest first. */
	const dialThrough = async (hops: readonly Resolved[], resolved: Resolved, climb: OpenSshClimb): Promise<Bastion> => {
		const person = meetPerson(parts, resolved);
		try {
			for (;;) {
				// Outside of the turn, which a jump host needs for itself.
				const way = await findWay(hops, climb.signal);
				try {
					const work = (): Promise<Bastion> => dial(parts, resolved, climb, person, way);
					return await takeTurn(limiter, person.interview, work, climb.signal);
				} catch (error) {
					way?.release();
					// A person answers later than sshd waits (LoginGraceTime); the next connection gets the answer.
					if (!isLost(error) || !person.answers.hasUnused()) throw error;
				}
			}
		} finally {
			person.interview.close();
		}
	};

	const findWay = async (hops: readonly Resolved[], signal: AbortSignal): Promise<Way | null> => {
		const last = hops.at(-1);
		if (last === undefined) return null;
		const dialLast = (own: AbortSignal): Promise<Bastion> =>
			dialThrough(hops.slice(0, -1), last, {...asBastion, signal: own});
		const lease = await bastions.lease(hops.map(identityOf).join(' '), dialLast, signal).catch((error: unknown) => {
			throw blameJumpHost(error, last.destination);
		});
		return describeWay(lease, last.destination);
	};

	return async (resolved, climb) => {
		const hops = resolved.proxyJump === null ? [] : await parts.findHops(resolved, climb.signal);
		const targets = hops.flatMap((hop) => (hop.target === undefined ? [] : [{...hop, target: hop.target}]));
		// What no `ssh -G` resolved is left to ssh itself.
		return dialThrough(targets.length === hops.length ? targets : [], resolved, climb);
	};
}

const asBastion = {because: 'jump host', methods: null, isBastion: true, onRung: () => undefined} as const;

function isLost(error: unknown): boolean {
	return error instanceof LadderError && error.code !== 'authentication-failed';
}

async function dial(
	parts: OpenSshParts,
	resolved: Resolved,
	climb: OpenSshClimb,
	person: Person,
	way: Way | null,
): Promise<Bastion> {
	const {clock, env, configFile, timings} = parts;
	const {interview, answers} = person;
	const progress = createProgressReader(resolved, climb.onRung);
	const {keepaliveCountMax} = timings;
	// When the link to a jump host dies in silence, its end must be known before that of the hosts behind it.
	const keepaliveIntervalMs = timings.keepaliveIntervalMs * (climb.isBastion === true ? 0.7 : 1);
	const connectTimeoutMs = resolved.connectTimeoutMs === null ? timings.tcpConnectMs : null;
	const request = {
		target: resolved.target,
		configFile,
		connectTimeoutMs,
		keepaliveIntervalMs,
		keepaliveCountMax,
		methods: climb.methods,
		proxyCommand: way?.proxyCommand ?? null,
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
		return wrap(master, mux, progress, climb, way);
	} catch (error) {
		master.close();
		climb.signal.throwIfAborted();
		await master.ended;
		const blocked = await way?.explain(resolved, progress.current(), clock);
		if (blocked != null) throw new LadderError(blocked, {cause: error});
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
	way: Way | null,
): Bastion {
	if (progress.current().reached !== 'authentication') climb.onRung('authentication');
	return {
		client: mux,
		controlPath: master.controlPath,
		...(way === null ? {} : {bastion: {name: way.name, closed: way.closed}}),
		description: describe(progress.current(), climb.because),
		closed: mux.closed.then(async () => {
			master.close();
			await master.ended;
			way?.release();
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
