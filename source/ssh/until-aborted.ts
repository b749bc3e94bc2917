/** Settles like the promise, or rejects with the signal's reason as soon as it aborts. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (signal === undefined) return promise;
	if (signal.aborted) {
		promise.catch(() => undefined);
		return Promise.reject(signal.reason as Error);
	}
	return new Promise((resolve, reject) => {
		const giveUp = (): void => reject(signal.reason as Error);
		signal.addEventListener('abort', giveUp, {once: true});
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
	});
}
