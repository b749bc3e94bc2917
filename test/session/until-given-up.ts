/** A host that never answers: rejects with the signal's reason when whoever asks gives up. */
export function untilGivenUp(signal: AbortSignal): Promise<never> {
	return new Promise((_resolve, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason as Error));
	});
}
