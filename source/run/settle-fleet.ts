/** Waits for the first complete picture of a fleet. */
import {selectAreBootsKnown, selectIsFleetComplete} from '../fleet/select-completeness.ts';
import type {FleetStore} from '../fleet/store.ts';
import type {AttentionDesk} from '../model/attention.ts';
import type {Clock} from '../support/clock.ts';
import {onEndingSignal} from './ending-signals.ts';

/** A look at the fleet costs little without a screen, and nobody should wait for the next one. */
export const settleCoalesceMs = 20;

/** A host with a large journal on a slow disk must not keep the rest waiting for its past. */
const bootsGraceMs = 10_000;

type Settling = {readonly store: FleetStore; readonly attention: Pick<AttentionDesk, 'getState' | 'subscribe'>};

/**
 * Resolves with null when every host has answered or said why not, its past included where that is read in time, after
 * `timeoutMs` at the latest; with an exit code when a signal ended the wait. While a person is asked something the time
 * does not run out, and hosts get all of it again after that.
 */
export function settleFleet({store, attention}: Settling, clock: Clock, timeoutMs: number): Promise<number | null> {
	return new Promise((resolve) => {
		let cancel = (): void => {};
		let cancelGrace: (() => void) | null = null;
		const isWaiting = (): boolean => attention.getState().questions.length + attention.getState().hands.length > 0;
		const startTime = (): void => {
			cancel();
			if (!isWaiting()) cancel = clock.schedule(timeoutMs, () => finish(null));
		};
		const finish = (exitCode: number | null): void => {
			cancel();
			cancelGrace?.();
			unsubscribe();
			stopListening();
			stopSignals();
			resolve(exitCode);
		};
		const check = (): void => {
			if (!selectIsFleetComplete(store.getState())) return;
			if (selectAreBootsKnown(store.getState())) finish(null);
			else cancelGrace ??= clock.schedule(bootsGraceMs, () => finish(null));
		};
		const unsubscribe = store.subscribe(check);
		const stopListening = attention.subscribe(startTime);
		const stopSignals = onEndingSignal(finish);
		startTime();
		check();
	});
}
