/**
 * Holds the fleet's state. Dispatch folds events synchronously; listeners hear of a change at most once per
 * `coalesceMs`, because every notification costs the screen a commit and a layout.
 */
import type {Clock} from '../support/clock.ts';
import type {FleetEvent} from './fleet-event.ts';
import type {FleetState} from './fleet-state.ts';

export type FleetStore = {
	getState(): FleetState;
	dispatch(event: FleetEvent): void;
	/** Calls back after changes, coalesced; returns a function that unsubscribes. */
	subscribe(listener: () => void): () => void;
	close(): void;
};

export type Reduce = (state: FleetState, event: FleetEvent) => FleetState;

export function createFleetStore(initial: FleetState, reduce: Reduce, clock: Clock, coalesceMs: number): FleetStore {
	let state = initial;
	let cancelNotice: (() => void) | null = null;
	const listeners = new Set<() => void>();

	const notify = (): void => {
		cancelNotice = null;
		for (const listener of listeners) listener();
	};

	return {
		getState: () => state,
		dispatch(event) {
			const next = reduce(state, event);
			if (next === state) return;
			state = next;
			if (listeners.size > 0) cancelNotice ??= clock.schedule(coalesceMs, notify);
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close() {
			cancelNotice?.();
			cancelNotice = null;
			listeners.clear();
		},
	};
}
