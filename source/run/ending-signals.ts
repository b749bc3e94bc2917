/** Turns the signals that end a program into an orderly end: connections closed, terminal restored, the right exit code. */

/** Exit codes a shell gives a program ended by a signal: 128 + its number. */
const endingSignals = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

/** Calls back with the exit code at the first such signal; a second one ends the program at once. Returns the undo. */
export function onEndingSignal(end: (exitCode: number) => void): () => void {
	const handlers = Object.entries(endingSignals).map(([signal, exitCode]) => {
		const handle = (): void => end(exitCode);
		process.once(signal, handle);
		return (): void => void process.off(signal, handle);
	});
	return () => {
		for (const remove of handlers) remove();
	};
}
