/** The time a handshake may take; it stands still while a person is waited for, who is slower than any host. */
import type {Clock} from '../../support/clock.ts';
import type {Interview} from '../authentication/interview.ts';
import type {SshTimings} from '../ssh-timings.ts';

export type DeadlineParts = {
	readonly clock: Clock;
	readonly interview: Pick<Interview, 'isWaiting' | 'onWaiting'>;
	readonly timings: Pick<SshTimings, 'readyMs'>;
};

/** Calls back once when the time is over; returns a function that cancels it. */
export function startDeadline({clock, interview, timings}: DeadlineParts, onOver: () => void): () => void {
	let leftMs = timings.readyMs;
	let startedAt = 0;
	let cancelTimer: (() => void) | null = null;

	const run = (): void => {
		startedAt = clock.now();
		cancelTimer = clock.schedule(leftMs, onOver);
	};
	const halt = (): void => {
		if (cancelTimer === null) return;
		cancelTimer();
		cancelTimer = null;
		leftMs = Math.max(0, leftMs - (clock.now() - startedAt));
	};

	const stopListening = interview.onWaiting((waiting) => (waiting ? halt() : run()));
	if (!interview.isWaiting()) run();
	return () => {
		stopListening();
		halt();
	};
}
