/** The time between two attempts to reach a host: its own backoff, or the wait for a jump host together with others. */
import type {LadderError, RetryPolicy} from '../model/ladder-error.ts';
import {backoffDelayMs, type BackoffRange} from '../support/backoff.ts';
import type {Clock} from '../support/clock.ts';
import type {BastionVigil} from './bastion-vigil.ts';
import type {LadderClimb} from './ladder-climb.ts';

export type Rest = {
	/** Shows why the attempt ended and when the next one is; resolves when it is time for that. */
	after(end: LadderError): Promise<void>;
	/** Ends the rest under way. */
	end(): void;
	/** True while it ends by itself, without a person. */
	isPassing(): boolean;
	/** The next rest is short again. */
	startAnew(): void;
};

const backoff: Record<Exclude<RetryPolicy, 'never'>, BackoffRange> = {
	soon: {firstMs: 2000, capMs: 60_000},
	slowly: {firstMs: 5000, capMs: 120_000},
};

export type RestOptions = {
	readonly clock: Clock;
	readonly climb: LadderClimb;
	readonly vigil: BastionVigil;
	/** Hears of an error after which nothing is tried by itself; calls back when that has changed. */
	readonly watchStop: (error: LadderError, onNews: () => void) => () => void;
};

export function createRest({clock, climb, vigil, watchStop}: RestOptions): Rest {
	let attempt = 0;
	let retryAt: number | null = null;
	let end = (): void => {};

	const show = (error: LadderError, nextAt: number | null): void => {
		retryAt = nextAt;
		climb.breakAt(error, clock.now(), nextAt);
	};
	const withOthers = (bastion: string, error: LadderError): Promise<void> =>
		new Promise((resolve) => {
			end = () => {
				vigil.leave();
				resolve();
			};
			vigil.wait(bastion, error, {show, wake: resolve});
		});
	const alone = (error: LadderError): Promise<void> =>
		new Promise((resolve) => {
			vigil.leave();
			const delayMs = error.retry === 'never' ? null : backoffDelayMs(backoff[error.retry], attempt++);
			const cancel = delayMs === null ? null : clock.schedule(delayMs, resolve);
			end = () => {
				cancel?.();
				resolve();
			};
			show(error, delayMs === null ? null : clock.now() + delayMs);
		});

	return {
		async after(error) {
			const endWatch = error.retry === 'never' ? watchStop(error, () => end()) : () => undefined;
			await (error.bastionBroke && error.bastion !== null ? withOthers(error.bastion, error) : alone(error));
			endWatch();
			retryAt = null;
			end = () => {};
		},
		end: () => end(),
		isPassing: () => retryAt !== null,
		startAnew() {
			attempt = 0;
		},
	};
}
