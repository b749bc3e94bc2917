/** Hosts that ask for passwords and codes, and a person who answers. */
import type {AuthContext, KeyboardAuthContext} from 'ssh2';
import type {AskSecret, SecretQuestion} from '../../../source/model/attention.ts';
import type {ResolvedTarget} from '../../../source/model/resolved-target.ts';
import type {Ward} from './ward.ts';

export const password = 'correct horse';
export const passwordOnly = (context: AuthContext): void => {
	if (context.method === 'password' && context.password === password) context.accept();
	else context.reject(['password']);
};

/** A person who answers at once, and a record of what was asked. */
export function person(answer: (question: SecretQuestion, count: number) => readonly string[] | null): {
	readonly ask: AskSecret;
	readonly asked: SecretQuestion[];
} {
	const asked: SecretQuestion[] = [];
	return {
		asked,
		ask(question) {
			asked.push(question);
			return Promise.resolve(answer(question, asked.length));
		},
	};
}

export function withoutKeys(ward: Ward, port: number, changes: Parameters<Ward['target']>[1] = {}): ResolvedTarget {
	return ward.target(port, {identityFiles: [], ...changes});
}

/** Prompts one after another; an answer that differs rejects. */
export function keyboard(
	rounds: readonly {prompts: readonly {prompt: string; echo: boolean}[]; answers: readonly string[]}[],
) {
	return (context: AuthContext): void => {
		if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
		const ask = ([round, ...later]: typeof rounds): void => {
			if (round === undefined) return context.accept();
			(context as KeyboardAuthContext).prompt(
				[...round.prompts],
				'Ward',
				'Have your\u001B[31m token ready',
				(given) => {
					if (given.join('|') === round.answers.join('|')) ask(later);
					else context.reject(['keyboard-interactive']);
				},
			);
		};
		ask(rounds);
	};
}
