/** What an `ssh` that connects has of the person: answers to its questions, and time that does not count against the host. */
import type {AskSecret, TellPerson} from '../../model/attention.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {Clock} from '../../support/clock.ts';
import type {Limiter} from '../../support/limiter.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {interactiveMethods, type InteractiveOutcome} from '../authentication/interactive-attempts.ts';
import {createInterview, type Interview} from '../authentication/interview.ts';
import type {KeyRing} from '../authentication/key-ring.ts';
import type {PasswordMemory} from '../authentication/password-memory.ts';
import {createPromptAnswers, type PromptAnswers} from './answer-prompts.ts';
import type {OpenSshMaster} from './open-master.ts';
import type {ProgressReader, SshProgress} from './read-progress.ts';

export type PersonParts = {
	readonly clock: Clock;
	readonly keyRing: KeyRing;
	readonly memory: PasswordMemory;
	/** Null where there is nobody to ask. */
	readonly ask: AskSecret | null;
	readonly tell: TellPerson;
};

/** Lasts for all attempts of one climb. */
export type Person = {
	readonly interview: Interview;
	readonly answers: PromptAnswers;
	/** The `ssh` under way. */
	attempt: {readonly master: OpenSshMaster; readonly progress: ProgressReader} | null;
};

export function meetPerson({ask, tell, clock, memory, keyRing}: PersonParts, resolved: ResolvedTarget): Person {
	const hostName = sanitiseLine(resolved.destination, 100);
	const interview = createInterview({hostName, ask: resolved.passwordPrompts === 0 ? null : ask, tell, clock});
	const answers = createPromptAnswers({
		resolved,
		interview,
		memory,
		isGivenUp: keyRing.isGivenUp,
		marksHostWords: () => person.attempt?.progress.marksHostWords() ?? false,
		onGiveUp: () => person.attempt?.master.close(),
	});
	const person: Person = {interview, answers, attempt: null};
	return person;
}

/** The bound is on an `ssh` at work: one that waits for a person goes on without a turn. */
export async function takeTurn<T>(
	limiter: Limiter,
	interview: Interview,
	work: () => Promise<T>,
	signal: AbortSignal,
): Promise<T> {
	let stopListening = (): unknown => undefined;
	const personNeeded = new Promise<void>((resolve) => {
		stopListening = interview.onWaiting((waiting) => {
			if (waiting) resolve();
		});
	});
	try {
		const {climb} = await limiter.run(async () => {
			const climb = work();
			await Promise.race([personNeeded, climb.catch(() => undefined)]);
			return {climb};
		}, signal);
		return await climb;
	} finally {
		stopListening();
	}
}

export function outcomeOf({interview, answers}: Person, {methods}: SshProgress): InteractiveOutcome {
	const wanted = (methods ?? '').split(',').some((method) => interactiveMethods.includes(method));
	return !interview.canAsk && wanted ? 'nobody-to-ask' : answers.outcome();
}
