/** Lets at most `concurrency` tasks run at a time; the rest wait in order. */

export type Limiter = {
	/** Runs the task when its turn comes; a signal that aborts while waiting gives the turn up. */
	run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
};

export function createLimiter(concurrency: number): Limiter {
	let running = 0;
	const waiting: (() => void)[] = [];

	const acquire = (signal?: AbortSignal): Promise<void> => {
		signal?.throwIfAborted();
		if (running < concurrency) {
			running++;
			return Promise.resolve();
		}
		return new Promise((resolve, reject) => {
			const start = (): void => {
				signal?.removeEventListener('abort', giveUp);
				running++;
				resolve();
			};
			const giveUp = (): void => {
				waiting.splice(waiting.indexOf(start), 1);
				reject(signal?.reason as Error);
			};
			waiting.push(start);
			signal?.addEventListener('abort', giveUp, {once: true});
		});
	};

	return {
		async run(task, signal) {
			await acquire(signal);
			try {
				return await task();
			} finally {
				running--;
				waiting.shift()?.();
			}
		},
	};
}
