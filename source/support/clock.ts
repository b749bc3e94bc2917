/** The only place that reads the clock and sets timers, so that tests can hold time still. */

export type Clock = {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Runs `callback` after `delayMs`; returns a function that cancels it. */
	schedule(delayMs: number, callback: () => void): () => void;
};

export const systemClock: Clock = {
	now: () => Date.now(),
	schedule(delayMs, callback) {
		const timer = setTimeout(callback, delayMs);
		return () => clearTimeout(timer);
	},
};

/** Resolves after `delayMs`, or at once when the signal aborts; never rejects. */
export function pause(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal?.aborted) {
			resolve();
			return;
		}
		const finish = (): void => {
			cancel();
			signal?.removeEventListener('abort', finish);
			resolve();
		};
		const cancel = clock.schedule(delayMs, finish);
		signal?.addEventListener('abort', finish, {once: true});
	});
}
