/** Waits for a condition of the outside world, by asking again and again until a deadline. */
import {setTimeout as pause} from 'node:timers/promises';

const pollMs = 100;

type NotYet = null | undefined | false | '';

/**
 * The first value of `check` that is something: null, undefined, false and an empty text are not. The text of a program
 * that had nothing to say is empty, which is no answer. Throws when the deadline has passed, with the description, and
 * with what `check` threw last if it did.
 */
export async function waitFor<T>(
	description: string,
	deadlineMs: number,
	check: () => Promise<T | NotYet> | T | NotYet,
): Promise<Exclude<T, NotYet>> {
	const endsAt = Date.now() + deadlineMs;
	let cause: unknown;
	for (;;) {
		try {
			const value = await check();
			if (isSomething(value)) return value;
			cause = undefined;
		} catch (error) {
			cause = error;
		}
		if (Date.now() >= endsAt) throw new Error(`not within ${deadlineMs} ms: ${description}`, {cause});
		await pause(pollMs);
	}
}

function isSomething<T>(value: T | NotYet): value is Exclude<T, NotYet> {
	return value !== null && value !== undefined && value !== false && value !== '';
}
