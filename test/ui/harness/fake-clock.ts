/** A clock that stands still until a test moves it. */
import type {Clock} from '../../../source/support/clock.ts';

export type FakeClock = Clock & {
	/** Moves time forward and runs, in order, what falls due. */
	advance(milliseconds: number): void;
};

export function createFakeClock(startAt: number): FakeClock {
	let now = startAt;
	let tasks: {readonly dueAt: number; readonly run: () => void}[] = [];
	return {
		now: () => now,
		schedule(delayMs, run) {
			const task = {dueAt: now + delayMs, run};
			tasks.push(task);
			return () => {
				tasks = tasks.filter((other) => other !== task);
			};
		},
		advance(milliseconds) {
			const until = now + milliseconds;
			for (;;) {
				const next = tasks.filter((task) => task.dueAt <= until).sort((a, b) => a.dueAt - b.dueAt)[0];
				if (next === undefined) break;
				tasks = tasks.filter((task) => task !== next);
				now = Math.max(now, next.dueAt);
				next.run();
			}
			now = until;
		},
	};
}
