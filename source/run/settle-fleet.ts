/** Waits for the first complete picture of a fleet. */
import {selectIsFleetComplete} from '../fleet/select-completeness.ts';
import type {FleetStore} from '../fleet/store.ts';
import type {Clock} from '../support/clock.ts';
import {onEndingSignal} from './ending-signals.ts';

/** A look at the fleet costs little without a screen, and nobody should wait for the next one. */
export const settleCoalesceMs = 20;

/**
 * Resolves with null when every host has answered or said why not, after `timeoutMs` at the latest; with an exit code
 * when a signal ended the wait.
 */
export function settleFleet(store: FleetStore, clock: Clock, timeoutMs: number): Promise<number | null> {
	return new Promise((resolve) => {
		const finish = (exitCode: number | null): void => {
			cancel();
			unsubscribe();
			stopSignals();
			resolve(exitCode);
		};
		const check = (): void => {
			if (selectIsFleetComplete(store.getState())) finish(null);
		};
		const cancel = clock.schedule(timeoutMs, () => finish(null));
		const unsubscribe = store.subscribe(check);
		const stopSignals = onEndingSignal(finish);
		check();
	});
}
