/** A clock that stands still until a test moves it; what falls due runs in the order of its time. */
import type {Clock} from '../source/support/clock.ts';

export type FakeClock = Clock & {
	/** Moves time forward and runs, in order, what falls due. */
	advance(milliseconds: number): void;
	/** Moves time forward while every timer stands still, as sleep does. */
	jump(milliseconds: number): void;
	/** Milliseconds until the next callback; null when nothing is scheduled. */
	nextInMs(): number | null;
	/** Callbacks scheduled and neither run nor cancelled. */
	pending(): number;
};

export function createFakeClock(startAt = Date.UTC(2026, 10, 20, 14, 0, 0)): FakeClock {
	let now = startAt;
	const timers = new Set<{at: number; readonly callback: () => void}>();
	const next = () => [...timers].toSorted((one, other) => one.at - other.at)[0];
	return {
		now: () => now,
		schedule(delayMs, callback) {
			const timer = {at: now + delayMs, callback};
			timers.add(timer);
			return () => void timers.delete(timer);
		},
		advance(milliseconds) {
			const end = now + milliseconds;
			for (let due = next(); due !== undefined && due.at <= end; due = next()) {
				timers.delete(due);
				now = Math.max(now, due.at);
				due.callback();
			}
			now = end;
		},
		jump(milliseconds) {
			now += milliseconds;
			for (const timer of timers) timer.at += milliseconds;
		},
		nextInMs() {
			const first = next();
			return first === undefined ? null : first.at - now;
		},
		pending: () => timers.size,
	};
}
