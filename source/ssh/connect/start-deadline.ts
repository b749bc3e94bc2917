/** A limit on a wait for a host; it stands still while something slower than any host, or our own, is waited for. */
import type {Clock} from '../../support/clock.ts';
import type {Interview} from '../authentication/interview.ts';

export type DeadlineParts = {
	readonly clock: Clock;
	/** A person is slower than any host. */
	readonly interview: Pick<Interview, 'isWaiting' | 'onWaiting'>;
	readonly limitMs: number;
};

export type Deadline = {
	/** Time does not count from here until `goOn`. */
	standStill(): void;
	goOn(): void;
	cancel(): void;
};

/** Calls back once when the time is over. */
export function startDeadline({clock, interview, limitMs}: DeadlineParts, onOver: () => void): Deadline {
	let leftMs = limitMs;
	let startedAt = 0;
	let cancelTimer: (() => void) | null = null;
	let isStill = false;

	const halt = (): void => {
		if (cancelTimer === null) return;
		cancelTimer();
		cancelTimer = null;
		leftMs = Math.max(0, leftMs - (clock.now() - startedAt));
	};
	const run = (): void => {
		if (cancelTimer !== null || isStill || interview.isWaiting()) return;
		startedAt = clock.now();
		cancelTimer = clock.schedule(leftMs, onOver);
	};

	const stopListening = interview.onWaiting((waiting) => (waiting ? halt() : run()));
	run();
	return {
		standStill() {
			isStill = true;
			halt();
		},
		goOn() {
			isStill = false;
			run();
		},
		cancel() {
			isStill = true;
			stopListening();
			halt();
		},
	};
}
