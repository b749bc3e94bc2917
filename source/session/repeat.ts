/** Runs one task again and again, never twice at a time, with a jittered pause between the end of one run and the next. */
import type {Clock} from '../support/clock.ts';

export type Watch = {
	/** Runs the task now, or once more after the run under way, instead of at its next time. */
	refresh(): void;
};

export type RepeatOptions = {readonly clock: Clock; readonly signal: AbortSignal; readonly everyMs: number};

/** The task handles its own failures; what it throws is a bug and ends the program. */
export function repeat({clock, signal, everyMs}: RepeatOptions, task: () => Promise<void>): Watch {
	let wake = (): void => {};
	let again = false;
	const rest = (restMs: number): Promise<void> =>
		new Promise((resolve) => {
			const cancel = clock.schedule(restMs, resolve);
			wake = () => {
				cancel();
				resolve();
			};
		});
	const loop = async (): Promise<void> => {
		while (!signal.aborted) {
			again = false;
			await task();
			if (!signal.aborted && !again) await rest(everyMs * (0.9 + Math.random() * 0.2));
		}
	};
	signal.addEventListener('abort', () => wake(), {once: true});
	void loop();
	return {
		refresh() {
			again = true;
			wake();
		},
	};
}
