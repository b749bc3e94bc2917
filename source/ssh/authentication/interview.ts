/**
 * Everything one climb needs a person for: answers and a hand on a security key. A question outlives the connection
 * that raised it, because a person answers later than sshd waits (LoginGraceTime); the next connection gets the answer.
 */
import type {AskSecret, HandNeeded, SecretQuestion, TellPerson} from '../../model/attention.ts';
import type {Clock} from '../../support/clock.ts';
import type {Limiter} from '../../support/limiter.ts';
import {untilAborted} from '../until-aborted.ts';

export type Interview = {
	/** False when there is nobody to ask. */
	readonly canAsk: boolean;
	/** Answers null when nobody answers; rejects when the signal aborts, and then the question stays open. */
	ask(question: InterviewQuestion, signal: AbortSignal): Promise<readonly string[] | null>;
	/** Runs a task that may wait for a person's hand; only one that takes long is said to. */
	handOn<T>(kind: HandNeeded['kind'], task: () => Promise<T>): Promise<T>;
	/** As `handOn` once the hand is free; to wait for that is to wait for the person, too. */
	handOnInTurn<T>(turns: Limiter, kind: HandNeeded['kind'], task: () => Promise<T>, signal: AbortSignal): Promise<T>;
	/** The host key that was proved, for the questions to come: `SHA256:…`. */
	knowHostKey(fingerprint: string): void;
	/** True while a question or a hand is waited for. */
	isWaiting(): boolean;
	/** Hears when the waiting begins and ends; returns a function that stops that. */
	onWaiting(listener: (waiting: boolean) => void): () => void;
	/**
	 * After a lost connection: resolves with true once an open question that still makes sense has its answer, else with
	 * false. Rejects with the signal's reason.
	 */
	settle(signal: AbortSignal): Promise<boolean>;
	/** Takes an open question back. */
	close(): void;
};

export type InterviewQuestion = Pick<SecretQuestion, 'kind' | 'title' | 'instruction' | 'prompts'> & {
	/** In place of the host key's. */
	readonly fingerprint?: string | null;
};

export type InterviewParts = {
	readonly hostName: string;
	readonly ask: AskSecret | null;
	readonly tell: TellPerson;
	readonly clock: Clock;
};

/** Signatures that come within this time needed nobody; an agent asked by many hosts at once is only busy for longer. */
const handAfterMs: Readonly<Record<HandNeeded['kind'], number>> = {touch: 400, approve: 2000};

type Pending = {
	readonly topic: string;
	readonly kind: SecretQuestion['kind'];
	readonly answers: Promise<readonly string[] | null>;
	readonly withdraw: AbortController;
	/** True once its answer was a reason to connect again. */
	settled: boolean;
};

type Waits = Pick<Interview, 'isWaiting' | 'onWaiting'> & {
	/** Counts one wait more; returns a function that counts it off. */
	begin(): () => void;
};

export function createInterview(parts: InterviewParts): Interview {
	const {hostName, ask: askPerson} = parts;
	const waits = createWaits();
	let pending: Pending | null = null;
	let hostKey: string | null = null;

	const raise = (question: InterviewQuestion, topic: string, ask: AskSecret): Pending => {
		pending?.withdraw.abort();
		const {kind, title, instruction, prompts, fingerprint = hostKey} = question;
		const withdraw = new AbortController();
		const answers = ask({kind, title, instruction, prompts, fingerprint, hostNames: [hostName]}, withdraw.signal);
		return {topic, kind, withdraw, settled: false, answers};
	};

	return {
		isWaiting: waits.isWaiting,
		onWaiting: waits.onWaiting,
		canAsk: askPerson !== null,
		async ask(question, signal) {
			if (askPerson === null) return null;
			const topic = topicOf(question);
			const current = pending?.topic === topic ? pending : raise(question, topic, askPerson);
			pending = current;
			const end = waits.begin();
			try {
				const answers = await untilAborted(current.answers, signal);
				if (pending === current) pending = null;
				return answers;
			} finally {
				end();
			}
		},
		handOn: (kind, task) => waitForHand({kind, hostName}, task, parts, waits),
		handOnInTurn(turns, kind, task, signal) {
			const end = waits.begin();
			return turns.run(() => waitForHand({kind, hostName}, task, parts, waits), signal).finally(end);
		},
		knowHostKey(fingerprint) {
			hostKey = fingerprint;
		},
		async settle(signal) {
			// A code of its own belongs to the connection that asked for it.
			if (pending === null || pending.kind === 'code' || pending.settled) return false;
			pending.settled = true;
			return (await untilAborted(pending.answers, signal)) !== null;
		},
		close() {
			pending?.withdraw.abort();
			pending = null;
		},
	};
}

function topicOf({kind, title, instruction, prompts}: InterviewQuestion): string {
	return JSON.stringify([kind, title, instruction, prompts]);
}

async function waitForHand<T>(
	need: HandNeeded,
	task: () => Promise<T>,
	{clock, tell}: InterviewParts,
	waits: Waits,
): Promise<T> {
	let takeBack = (): void => {};
	const cancel = clock.schedule(handAfterMs[need.kind], () => {
		const end = waits.begin();
		const withdraw = tell(need);
		takeBack = () => {
			withdraw();
			end();
		};
	});
	try {
		return await task();
	} finally {
		cancel();
		takeBack();
	}
}

function createWaits(): Waits {
	const listeners = new Set<(waiting: boolean) => void>();
	let count = 0;
	const change = (by: 1 | -1): void => {
		const before = count > 0;
		count += by;
		const waiting = count > 0;
		if (waiting !== before) for (const listener of listeners) listener(waiting);
	};
	return {
		isWaiting: () => count > 0,
		onWaiting(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		begin() {
			change(1);
			return () => change(-1);
		},
	};
}
