/** Turns the signals that end a program into an orderly end: connections closed, terminal restored, the right exit code. */

/** Exit codes a shell gives a program ended by a signal: 128 + its number. */
const endingSignals = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

/**
 * Keeps these signals from ending the program by themselves, from now on: without it, one that arrives while its only
 * handler is replaced by another is lost. The second signal ends the program at once.
 */
export function holdEndingSignals(): void {
	let isEnding = false;
	for (const [signal, exitCode] of Object.entries(endingSignals)) {
		process.on(signal, () => {
			if (isEnding) process.exit(exitCode);
			isEnding = true;
		});
	}
}

/**
 * Runs the work; a signal meanwhile ends the program at once, yet by an exit and not by the signal itself, so that what
 * must not stay behind is removed on the way out.
 */
export async function exitOnSignalDuring<T>(work: () => Promise<T>): Promise<T> {
	const stop = onEndingSignal((exitCode) => process.exit(exitCode));
	try {
		return await work();
	} finally {
		stop();
	}
}

/** Calls back with the exit code at the first such signal. Returns the undo. */
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
