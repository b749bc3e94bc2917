/** Waits for a condition of the outside world, by asking again and again until a deadline. */
import {setTimeout as pause} from 'node:timers/promises';

const pollMs = 100;

/**
 * The first value of `check` that is not null, undefined or false. Throws when the deadline has passed, with the
 * description, and with what `check` threw last if it did.
 */
export async function waitFor<T>(
	description: string,
	deadlineMs: number,
	check: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
	const endsAt = Date.now() + deadlineMs;
	let cause: unknown;
	for (;;) {
		try {
			const value = await check();
			if (value !== null && value !== undefined && value !== false) return value;
			cause = undefined;
		} catch (error) {
			cause = error;
		}
		if (Date.now() >= endsAt) throw new Error(`not within ${deadlineMs} ms: ${description}`, {cause});
		await pause(pollMs);
	}
}
