/**
 * Hosts that were lost with their jump host wait for it together: one of them, the scout, tries to get through to it,
 * and all are woken as soon as anybody does. Each for itself they would ask for it all the time and return one by one.
 */
import type {LadderError, RetryPolicy} from '../model/ladder-error.ts';
import {backoffDelayMs, type BackoffRange} from '../support/backoff.ts';
import type {Clock} from '../support/clock.ts';

export type Waiting = {
	/** Shows why the hosts wait, and when the scout tries next: milliseconds since the epoch, null for only with a person. */
	readonly show: (error: LadderError, retryAt: number | null) => void;
	/** Ends the wait. */
	readonly wake: () => void;
};

/** One host's part in it. */
export type BastionVigil = {
	/** Waits for the jump host. A scout that comes back with an error waits on for the next try, and all see its error. */
	wait(bastion: string, error: LadderError, waiting: Waiting): void;
	/** This host got through to the jump host: wakes all who wait for it. */
	reached(bastion: string): void;
	/** Waits no more; if it was the scout, another one is. Safe to call at any time. */
	leave(): void;
};

type Watch = {
	/** Whoever tries for all, waiting or just trying. */
	scout: object | null;
	readonly waiting: Map<object, Waiting>;
	error: LadderError | null;
	retryAt: number | null;
	attempt: number;
	backAt: number;
	cancel: () => void;
};

/** One host asks in the place of all of them, so it can ask more often than each host for itself. */
const ranges: Record<Exclude<RetryPolicy, 'never'>, BackoffRange> = {
	soon: {firstMs: 1000, capMs: 5000},
	slowly: {firstMs: 5000, capMs: 30_000},
};

/** A jump host that is gone again sooner than this has not come back to stay, and is not asked more often for it. */
const settledMs = 30_000;

/** The returned function gives each host its part. */
export function createBastionVigils(clock: Clock): () => BastionVigil {
	const watches = new Map<string, Watch>();
	const watchOver = (bastion: string): Watch => {
		const found = watches.get(bastion) ?? createWatch();
		watches.set(bastion, found);
		if (found.scout === null && clock.now() - found.backAt > settledMs) found.attempt = 0;
		return found;
	};
	return () => {
		const self = {};
		let watch: Watch | null = null;
		return {
			wait(bastion, error, waiting) {
				// Who scouts goes on for those it was sent by, whatever broke on the way this time.
				if (watch === null || watch.scout !== self) watch = watchOver(bastion);
				watch.waiting.set(self, waiting);
				watch.scout ??= self;
				if (watch.scout === self) sendScout(watch, error, clock);
				else waiting.show(watch.error ?? error, watch.retryAt);
			},
			reached(bastion) {
				watch = null;
				const found = watches.get(bastion);
				if (found !== undefined && found.scout !== null) wakeAll(found, clock.now());
			},
			leave() {
				if (watch !== null) goFrom(watch, self, clock);
				watch = null;
			},
		};
	};
}

function createWatch(): Watch {
	const backAt = Number.NEGATIVE_INFINITY;
	return {scout: null, waiting: new Map(), error: null, retryAt: null, attempt: 0, backAt, cancel: () => {}};
}

function sendScout(watch: Watch, error: LadderError, clock: Clock): void {
	watch.cancel();
	watch.error = error;
	watch.retryAt = null;
	if (error.retry !== 'never') {
		const delayMs = backoffDelayMs(ranges[error.retry], watch.attempt++);
		watch.retryAt = clock.now() + delayMs;
		watch.cancel = clock.schedule(delayMs, () => {
			const {scout, waiting} = watch;
			const scouting = scout === null ? undefined : waiting.get(scout);
			if (scout !== null) waiting.delete(scout);
			scouting?.wake();
		});
	}
	for (const {show} of watch.waiting.values()) show(error, watch.retryAt);
}

/** Another one takes the place of a scout that goes: its time for the next try, or a new one if it was just trying. */
function goFrom(watch: Watch, self: object, clock: Clock): void {
	const wasWaiting = watch.waiting.delete(self);
	if (watch.scout !== self) return;
	const [next] = watch.waiting.keys();
	watch.scout = next ?? null;
	if (next === undefined) watch.cancel();
	else if (!wasWaiting && watch.error !== null) sendScout(watch, watch.error, clock);
}

function wakeAll(watch: Watch, now: number): void {
	watch.cancel();
	watch.scout = null;
	watch.backAt = now;
	const woken = [...watch.waiting.values()];
	watch.waiting.clear();
	for (const {wake} of woken) wake();
}
