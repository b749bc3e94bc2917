/** A clock that stands still until told; due callbacks run in the order of their time. */
import type {Clock} from '../../source/support/clock.ts';

export type ManualClock = Clock & {
	advance(milliseconds: number): void;
	/** Timers set and neither run nor cancelled. */
	pending(): number;
};

export function createManualClock(startAt = Date.UTC(2026, 10, 20, 14, 0, 0)): ManualClock {
	let now = startAt;
	const timers = new Set<{readonly at: number; readonly callback: () => void}>();
	return {
		now: () => now,
		schedule(delayMs, callback) {
			const timer = {at: now + delayMs, callback};
			timers.add(timer);
			return () => timers.delete(timer);
		},
		advance(milliseconds) {
			const end = now + milliseconds;
			for (;;) {
				const next = [...timers].filter(({at}) => at <= end).sort((a, b) => a.at - b.at)[0];
				if (next === undefined) break;
				timers.delete(next);
				now = next.at;
				next.callback();
			}
			now = end;
		},
		pending: () => timers.size,
	};
}
