/** Capped exponential backoff with full jitter: many hosts lost at once do not come back in one wave. */

export type BackoffRange = {readonly firstMs: number; readonly capMs: number};

/** Delay before attempt number `attempt` (0 for the first retry), between a tenth of and the whole step. */
export function backoffDelayMs(range: BackoffRange, attempt: number, random: () => number = Math.random): number {
	const step = Math.min(range.capMs, range.firstMs * 2 ** Math.min(attempt, 30));
	return Math.round(step * (0.1 + 0.9 * random()));
}
