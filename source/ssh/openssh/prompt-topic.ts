/** What to ask a person when `ssh` asks, in the words of the other carrier, so that hosts on both share one question; pure. */
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {mapPrompts} from '../authentication/interactive-attempts.ts';
import type {InterviewQuestion} from '../authentication/interview.ts';
import {identityOf} from '../identity-of.ts';
import type {AskpassPrompt} from './parse-askpass-prompt.ts';

export type PromptTopic = {
	readonly question: InterviewQuestion;
	/** Under which the answer is remembered; null for what is good for one login only. */
	readonly account: string | null;
	/** Opens a key of this machine: without it, or with a wrong one, there are other ways to try. */
	readonly isLocal: boolean;
	/** What to say when the answer before was wrong. */
	readonly wrong: string;
};

/** Under which a passphrase is remembered. */
export function passphraseAccount(keyPath: string): string {
	return `passphrase of ${keyPath}`;
}

const notAccepted = 'The answer before was not accepted.';

/** Null for what is not for the person to say here. */
export function mapPromptTopic(prompt: AskpassPrompt, resolved: ResolvedTarget): PromptTopic | null {
	switch (prompt.kind) {
		case 'touch':
		case 'confirm':
		case 'change':
			return null;
		case 'passphrase':
			return {
				question: unlockQuestion('Passphrase', prompt.path),
				account: passphraseAccount(prompt.path),
				isLocal: true,
				wrong: 'The passphrase before does not open the key.',
			};
		case 'pin':
			return {
				question: unlockQuestion('PIN', prompt.of),
				account: `PIN for ${prompt.of}`,
				isLocal: true,
				wrong: 'The PIN before was not accepted; a token locks itself after a few wrong ones.',
			};
		case 'answer':
			return mapAnswer(prompt, resolved);
		case 'other':
			return {question: mapPrompts(resolved.user, '', '', [{prompt: prompt.text}]), ...oneLogin};
	}
}

function unlockQuestion(text: string, what: string): InterviewQuestion {
	const title = `${text} for ${sanitiseLine(what, 200)}`;
	return {kind: 'passphrase', title, instruction: '', prompts: [{text, echo: false}], fingerprint: null};
}

const oneLogin = {account: null, isLocal: false, wrong: notAccepted};

/** Jump hosts ask by the same way; `ssh` names the host by its address. */
function mapAnswer(
	{user, host, text}: Extract<AskpassPrompt, {kind: 'answer'}>,
	resolved: ResolvedTarget,
): PromptTopic {
	const {hostname, hostKeyAlias, destination} = resolved;
	const isOwn = user === resolved.user && [hostname, hostKeyAlias, destination].includes(host);
	const question = mapPrompts(isOwn ? user : `${user}@${host}`, '', '', [{prompt: text}]);
	if (question.kind !== 'password') return {question, ...oneLogin};
	const account = isOwn ? identityOf(resolved) : `${identityOf(resolved)} by way of ${user}@${host}`;
	return {question, account, isLocal: false, wrong: notAccepted};
}
