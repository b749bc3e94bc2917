/**
 * Answers what `ssh` asks while it connects: with what is already known, else with what the person says. The same
 * question again by the same `ssh` means that the answer before was wrong.
 */
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {InteractiveOutcome} from '../authentication/interactive-attempts.ts';
import type {Interview} from '../authentication/interview.ts';
import type {PasswordMemory} from '../authentication/password-memory.ts';
import type {AnswerPrompt} from './askpass-bridge.ts';
import {parseAskpassPrompt} from './parse-askpass-prompt.ts';
import {mapPromptTopic, type PromptTopic} from './prompt-topic.ts';

export type PromptParts = {
	readonly resolved: ResolvedTarget;
	readonly interview: Interview;
	readonly memory: PasswordMemory;
	/** True for a key that the person does without. */
	readonly isGivenUp: (keyPath: string) => boolean;
	/**
	 * True where `ssh` marks the words of a host (8.5 and later); before, a host could ask for a passphrase or PIN as if
	 * `ssh` did, and would be given one that is remembered.
	 */
	readonly marksHostWords: () => boolean;
	/** Nothing further can be tried: a question stayed without an answer. */
	readonly onGiveUp: () => void;
};

export type PromptAnswers = {
	readonly answer: AnswerPrompt;
	outcome(): InteractiveOutcome;
	/** Another `ssh` starts: what it asks is answered as before. */
	restart(): void;
	/** True when the person answered the `ssh` that ran last, with something that is good for another. */
	hasUnused(): boolean;
	/** To be called when the host lets us in: what did it is remembered. */
	succeeded(): void;
};

export function createPromptAnswers(parts: PromptParts): PromptAnswers {
	const said = createSaid(parts);
	let outcome: InteractiveOutcome = 'untried';

	const giveUp = (reason: InteractiveOutcome): null => {
		outcome = reason;
		parts.onGiveUp();
		return null;
	};

	return {
		outcome: () => outcome,
		hasUnused: said.hasUnused,
		succeeded: said.succeeded,
		restart() {
			outcome = 'untried';
			said.restart();
		},
		async answer({prompt, hint, asker}, signal) {
			const parsed = parseAskpassPrompt(prompt, hint);
			if (parsed.kind === 'change') return giveUp('password-expired');
			if (parsed.kind === 'touch') {
				await parts.interview.handOn('touch', () => untilGone(signal));
				return null;
			}
			if (parsed.kind === 'passphrase' && parts.isGivenUp(parsed.path)) return null;
			const topic = mapPromptTopic(parsed, parts.resolved);
			if (topic === null || (topic.isLocal && !parts.marksHostWords())) return null;
			const answer = await said.find(`${asker} ${prompt}`, prompt, topic, signal).catch(() => null);
			if (topic.isLocal || signal.aborted) return answer;
			if (answer === null) return giveUp('declined');
			// Should the host not let us in, then it is this that it did not take.
			outcome = 'refused';
			return answer;
		},
	};
}

type Said = Pick<PromptAnswers, 'restart' | 'hasUnused' | 'succeeded'> & {
	/** `turn` is the same only for the same question of the same `ssh`. Rejects when whoever asked is gone. */
	find(turn: string, prompt: string, topic: PromptTopic, signal: AbortSignal): Promise<string | null>;
};

function createSaid({interview, memory}: PromptParts): Said {
	const turns = new Set<string>();
	const given = new Map<string, {readonly account: string; readonly answer: string}>();
	const declined = new Set<string>();
	let unused = false;

	const recall = (prompt: string, account: string | null): string | null =>
		given.get(prompt)?.answer ?? (account === null ? null : memory.recall(account));

	return {
		hasUnused: () => unused,
		restart() {
			turns.clear();
			unused = false;
		},
		succeeded() {
			for (const {account, answer} of given.values()) memory.keep(account, answer);
			given.clear();
		},
		async find(turn, prompt, {question, account, wrong}, signal) {
			if (declined.has(prompt)) return null;
			const isAgain = turns.has(turn);
			turns.add(turn);
			if (isAgain) {
				given.delete(prompt);
				if (account !== null) memory.forget(account);
			}
			const known = recall(prompt, account);
			if (known !== null) return known;
			const answers = await interview.ask({...question, instruction: isAgain ? wrong : ''}, signal);
			const [answer] = answers ?? [];
			if (answer === undefined) {
				declined.add(prompt);
				return null;
			}
			unused = account !== null;
			if (account !== null) given.set(prompt, {account, answer});
			return answer;
		},
	};
}

function untilGone(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), {once: true});
	});
}
