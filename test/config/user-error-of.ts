/** What a person would read after a mistake. */
import {UserError} from '../../source/model/user-error.ts';

export type Mistake = {readonly message: string; readonly hint: string | undefined};

/** Message and hint of the `UserError` a call throws; any other outcome fails the test. */
export function userErrorOf(call: () => unknown): Mistake {
	const {value, message, hint} = outcomeOf(call);
	if (message === undefined) throw new Error(`expected a UserError, got ${JSON.stringify(value)}`);
	return {message, hint};
}

export async function rejectedUserErrorOf(promise: Promise<unknown>): Promise<Mistake> {
	try {
		await promise;
	} catch (error) {
		return userErrorOf(() => {
			throw error;
		});
	}
	throw new Error('expected a UserError, but nothing went wrong');
}

/** What a call returns, or the words of its `UserError`; other errors pass. */
export function outcomeOf<Value>(call: () => Value): {
	readonly value?: Value;
	readonly message?: string;
	readonly hint?: string | undefined;
} {
	try {
		return {value: call()};
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return {message: error.message, hint: error.hint};
	}
}
