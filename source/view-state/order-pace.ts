/**
 * When the board may be put in order again: quickly while it fills and when a host turned critical, slowly otherwise,
 * and not while a person is moving the cursor, who would have rows jump away under the eyes.
 */
import type {Clock} from '../support/clock.ts';

const settledIntervalMs = 1800;
const hurriedIntervalMs = 300;

/** The first readings arrive within this time, before anyone has moved the cursor. */
const loadingMs = 8000;

/** Rows stand still this long after a key that moved the cursor, but news waits for no longer than a settled interval. */
const quietAfterMoveMs = 1000;

export type OrderPace = {
	/** The board was put in order; what was heard before needs no further order. */
	ordered(): void;
	/** A key moved the cursor. */
	moved(): void;
	/** Something changed that the order does not show yet; urgent when a host turned critical. */
	heard(urgent: boolean): void;
	stop(): void;
};

/** Calls `order`, at once or later, after what was heard; `order` must call `ordered()`. */
export function createOrderPace(clock: Clock, order: () => void): OrderPace {
	const startedAt = clock.now();
	let orderedAt = -Infinity;
	let movedAt = -Infinity;
	let news: {readonly since: number; readonly urgent: boolean} | null = null;
	let cancelTimer = (): void => undefined;

	const orderWhenDue = (): void => {
		cancelTimer();
		if (news === null) return;
		const loading = movedAt === -Infinity && clock.now() - startedAt < loadingMs;
		const paced = orderedAt + (loading || news.urgent ? hurriedIntervalMs : settledIntervalMs);
		const quiet = Math.min(movedAt + quietAfterMoveMs, news.since + settledIntervalMs);
		const waitMs = Math.max(paced, quiet) - clock.now();
		if (waitMs <= 0) order();
		else cancelTimer = clock.schedule(waitMs, orderWhenDue);
	};

	return {
		ordered() {
			cancelTimer();
			orderedAt = clock.now();
			news = null;
		},
		moved() {
			movedAt = clock.now();
		},
		heard(urgent) {
			news = {since: news?.since ?? clock.now(), urgent: urgent || news?.urgent === true};
			orderWhenDue();
		},
		stop: () => cancelTimer(),
	};
}
