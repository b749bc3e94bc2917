/** Logs in with what a person says: keyboard-interactive (passwords, one-time codes) and password. */
import type {AnyAuthMethod, KeyboardInteractiveCallback, Prompt} from 'ssh2';
import {sanitiseLine, sanitiseLines} from '../../support/sanitise.ts';
import type {Interview, InterviewQuestion} from './interview.ts';
import type {PasswordMemory} from './password-memory.ts';

/**
 * How it went: never tried, nobody there to ask, a question open, not answered, answered wrongly, answered rightly but
 * the password must be changed, or more asked than a login may.
 */
export type InteractiveOutcome =
	'untried' | 'nobody-to-ask' | 'waiting' | 'declined' | 'refused' | 'password-expired' | 'too-much-asked';

export type InteractiveParts = AnswerParts & {
	readonly username: string;
	/** Wrong answers after which no more are asked for (`NumberOfPasswordPrompts`). */
	readonly tries: number;
	/** Called when a question stays without an answer, or makes no sense: nothing further can be tried. */
	readonly onGiveUp: () => void;
};

export type AnswerParts = {
	/** Whose password it is, as `identityOf` names it. */
	readonly account: string;
	readonly interview: Interview;
	readonly memory: PasswordMemory;
	/** Aborts when the connection is gone. */
	readonly signal: AbortSignal;
};

export type InteractiveAttempts = {
	/** The next thing to try of what the host accepts, in the order given; false at the end. Never rejects. */
	next(methods: readonly string[], partialSuccess: boolean): Promise<AnyAuthMethod | false>;
	outcome(): InteractiveOutcome;
	passwordExpired(): void;
	/** To be called when the host lets us in: a password that did it is remembered. */
	succeeded(): void;
};

export const interactiveMethods: readonly string[] = ['keyboard-interactive', 'password'];

const promptLimit = 10;
const roundLimit = 20;

export function createInteractiveAttempts(parts: InteractiveParts): InteractiveAttempts {
	const {username, interview, signal} = parts;
	const answers = createAnswers(parts);
	let ended: InteractiveOutcome | null = null;
	let rounds = 0;
	/** The attempt under way, and whether the host has heard an answer in it. */
	let sent: {readonly method: string; answered: boolean} | null = null;
	/** Methods that failed without asking anything. */
	const useless = new Set<string>();

	const prompt: PromptHandler = (name, instructions, _language, prompts, finish) => {
		if (prompts.length > promptLimit || ++rounds > roundLimit) {
			ended = 'too-much-asked';
			parts.onGiveUp();
			return;
		}
		const giveUp = (): void => {
			if (!signal.aborted) parts.onGiveUp();
		};
		answers.ask(mapPrompts(username, name, instructions, prompts)).then((given) => {
			if (given === null) return giveUp();
			if (sent !== null) sent.answered = true;
			if (!signal.aborted) finish([...given]);
		}, giveUp);
	};

	return {
		outcome: () => ended ?? answers.outcome(),
		passwordExpired() {
			ended = 'password-expired';
		},
		succeeded: answers.succeeded,
		async next(methods, partialSuccess) {
			if (sent?.answered === false) useless.add(sent.method);
			else if (sent !== null && !partialSuccess) answers.refused();
			sent = null;
			const method = methods.find((name) => interactiveMethods.includes(name) && !useless.has(name));
			if (method === undefined) return false;
			if (!interview.canAsk) {
				ended = 'nobody-to-ask';
				return false;
			}
			if (answers.wrong() >= parts.tries) return false;
			const attempt = {method, answered: false};
			sent = attempt;
			if (method === 'keyboard-interactive') return {type: method, username, prompt};
			const given = await answers.ask(passwordQuestion(username, '')).catch(() => null);
			if (given === null) return false;
			attempt.answered = true;
			return {type: 'password', username, password: given[0] ?? ''};
		},
	};
}

type Answers = {
	/** Null when nobody answers; rejects when the connection goes first. */
	ask(question: InterviewQuestion): Promise<readonly string[] | null>;
	/** To be called when the host does not accept what was answered. */
	refused(): void;
	succeeded(): void;
	wrong(): number;
	outcome(): InteractiveOutcome;
};

/** Asks the person, but not for a password that let us in before; a remembered one is tried once. */
function createAnswers({account, interview, memory, signal}: AnswerParts): Answers {
	let outcome: InteractiveOutcome = 'untried';
	let wrong = 0;
	let password: {readonly text: string; readonly remembered: boolean} | null = null;
	return {
		async ask(question) {
			const remembered = question.kind === 'password' && wrong === 0 ? memory.recall(account) : null;
			if (remembered !== null) {
				password = {text: remembered, remembered: true};
				return [remembered];
			}
			outcome = 'waiting';
			const instruction = `${wrong === 0 ? '' : 'The answer before was not accepted. '}${question.instruction}`.trim();
			const given = await interview.ask({...question, instruction}, signal);
			outcome = given === null ? 'declined' : wrong === 0 ? 'untried' : 'refused';
			if (question.kind === 'password' && given !== null) password = {text: given[0] ?? '', remembered: false};
			return given;
		},
		refused() {
			if (password?.remembered === true) memory.forget(account);
			else {
				wrong++;
				outcome = 'refused';
			}
			password = null;
		},
		succeeded() {
			if (password !== null) memory.keep(account, password.text);
		},
		wrong: () => wrong,
		outcome: () => outcome,
	};
}

type PromptHandler = (
	name: string,
	instructions: string,
	language: string,
	prompts: Prompt[],
	finish: KeyboardInteractiveCallback,
) => void;

const hidden = {text: 'Password', echo: false};

function passwordQuestion(username: string, instruction: string): InterviewQuestion {
	return {kind: 'password', title: `Password for ${sanitiseLine(username, 60)}`, instruction, prompts: [hidden]};
}

/** Many hosts word the same question slightly differently; a plain password is the same question for all of them. */
export function mapPrompts(
	username: string,
	name: string,
	instructions: string,
	prompts: readonly Prompt[],
): InterviewQuestion {
	const [first] = prompts;
	const instruction = sanitiseLines(`${name}\n${instructions}`, 4, 200).join(' ');
	if (first !== undefined && prompts.length === 1 && !first.echo && isPasswordPrompt(first.prompt)) {
		return passwordQuestion(username, instruction);
	}
	return {
		kind: 'code',
		title: `Login as ${sanitiseLine(username, 60)}`,
		instruction,
		prompts: prompts.map(({prompt: text, echo}) => ({text: sanitiseLine(text, 200).trim(), echo: echo === true})),
	};
}

/** `Password:`, `ward@web-07's password:`, `Password for ward:`; not `One-time password (OATH) for ward:`. */
function isPasswordPrompt(text: string): boolean {
	return /^\s*(?:\([^)]*\)\s*)?(?:\S+'s )?password(?: for \S+)?\s*:?\s*$/i.test(text);
}
