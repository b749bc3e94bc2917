/** Every delay and bound of the engine watch in one table; milliseconds unless the name says otherwise. */
import type {BackoffRange} from '../support/backoff.ts';

export type EngineTimings = {
	/** Something is asked when nothing was heard for this long: what is due from time to time, else a ping. */
	readonly heartbeatMs: number;
	/** What was asked in a ping's place and has no answer after this long is followed by the ping. */
	readonly errandMs: number;
	/**
	 * A ping unanswered for this long, counted from what was asked in its place, means the engine hangs; with `heartbeatMs`
	 * within 15 s of the freeze.
	 */
	readonly pingMs: number;
	/** A list unanswered for this long means the engine hangs. */
	readonly listMs: number;
	readonly infoMs: number;
	readonly imagesMs: number;
	/** Time for a disk usage report: on a large host the engine walks through everything it keeps. */
	readonly diskUsageMs: number;
	/** Time for what one image or container says about itself. */
	readonly inspectMs: number;
	/** Time to remove one object; after it nobody knows whether it went. */
	readonly removalMs: number;
	/**
	 * A request that is late stays open this long, because a second one would only add to the load of an engine that
	 * hangs, and because its answer is the first sign of recovery.
	 */
	readonly giveUpMs: number;
	/** Wait for the event stream's header before the first list, so that no change falls between the two. */
	readonly eventsOpenMs: number;
	/** From the first event to the list that confirms it. */
	readonly relistDelayMs: number;
	readonly relistEveryMs: number;
	/** The list is read again without any event after a time between half of this and this. */
	readonly resyncMs: number;
	readonly imagesEveryMs: number;
	readonly imagesResyncMs: number;
	/** With `infoMs` and a wait for the next heartbeat: within 2 minutes a containerd that hangs is noticed. */
	readonly infoEveryMs: number;
	readonly infoRetryMs: number;
	readonly idleSocketMs: number;
	readonly retry: BackoffRange;
	/** Where only a change on the host can help; each try may be a refused `sudo` in its log. */
	readonly retrySlowly: BackoffRange;
};

export const engineTimings: EngineTimings = {
	heartbeatMs: 10_000,
	errandMs: 1000,
	pingMs: 4000,
	listMs: 10_000,
	infoMs: 10_000,
	imagesMs: 30_000,
	diskUsageMs: 120_000,
	inspectMs: 30_000,
	removalMs: 120_000,
	giveUpMs: 5 * 60_000,
	eventsOpenMs: 1000,
	relistDelayMs: 250,
	relistEveryMs: 1000,
	resyncMs: 120_000,
	imagesEveryMs: 60_000,
	imagesResyncMs: 10 * 60_000,
	infoEveryMs: 90_000,
	infoRetryMs: 60_000,
	idleSocketMs: 30_000,
	retry: {firstMs: 1000, capMs: 30_000},
	retrySlowly: {firstMs: 5000, capMs: 60_000},
};
