/** Every delay and bound of the engine watch in one table; milliseconds unless the name says otherwise. */
import type {BackoffRange} from '../support/backoff.ts';

export type EngineTimings = {
	/** A ping is sent when nothing was heard for this long. */
	readonly heartbeatMs: number;
	/** A ping unanswered for this long means the engine hangs; with `heartbeatMs` within 15 s of the freeze. */
	readonly pingMs: number;
	/** A list unanswered for this long means the engine hangs. */
	readonly listMs: number;
	readonly infoMs: number;
	readonly imagesMs: number;
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
	/** Also how long a containerd that hangs goes unnoticed; each one takes the place of a ping. */
	readonly infoEveryMs: number;
	readonly infoRetryMs: number;
	readonly idleSocketMs: number;
	readonly retry: BackoffRange;
	/** Where only a change on the host can help; each try may be a refused `sudo` in its log. */
	readonly retrySlowly: BackoffRange;
};

export const engineTimings: EngineTimings = {
	heartbeatMs: 10_000,
	pingMs: 4000,
	listMs: 10_000,
	infoMs: 10_000,
	imagesMs: 30_000,
	giveUpMs: 5 * 60_000,
	eventsOpenMs: 1000,
	relistDelayMs: 250,
	relistEveryMs: 1000,
	resyncMs: 120_000,
	imagesEveryMs: 60_000,
	imagesResyncMs: 10 * 60_000,
	infoEveryMs: 120_000,
	infoRetryMs: 60_000,
	idleSocketMs: 30_000,
	retry: {firstMs: 1000, capMs: 30_000},
	retrySlowly: {firstMs: 5000, capMs: 60_000},
};
