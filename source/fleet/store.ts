/**
 * Holds the fleet's state. Dispatch folds events synchronously, a picture of the state is taken when somebody looks;
 * listeners hear of a change at most once per `coalesceMs`, because every notification costs the screen a commit and a
 * layout.
 */
import type {Clock} from '../support/clock.ts';
import type {FleetEvent} from './fleet-event.ts';
import type {FleetDraft, FleetState} from './fleet-state.ts';

export type FleetStore = {
	/** The same object until something changes. */
	getState(): FleetState;
	dispatch(event: FleetEvent): void;
	/** Calls back after changes, coalesced; returns a function that unsubscribes. */
	subscribe(listener: () => void): () => void;
	close(): void;
};

/** Folds an event into the draft, in place; false when it changed nothing. */
export type Fold = (draft: FleetDraft, event: FleetEvent) => boolean;

export function createFleetStore(initial: FleetState, fold: Fold, clock: Clock, coalesceMs: number): FleetStore {
	const draft: FleetDraft = {...initial, hosts: new Map(initial.hosts)};
	let picture: FleetState | null = initial;
	let cancelNotice: (() => void) | null = null;
	const listeners = new Set<() => void>();

	const notify = (): void => {
		cancelNotice = null;
		for (const listener of listeners) listener();
	};

	return {
		getState: () => (picture ??= {...draft, hosts: new Map(draft.hosts)}),
		dispatch(event) {
			if (!fold(draft, event)) return;
			picture = null;
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
