/** A fleet store whose state a test sets. */
import type {FleetState} from '../../../source/fleet/fleet-state.ts';
import type {FleetStore} from '../../../source/fleet/store.ts';

/** A store whose state a test sets; listeners hear at once. */
export function createFixtureStore(initial: FleetState): FleetStore & {set(state: FleetState): void} {
	let state = initial;
	const listeners = new Set<() => void>();
	return {
		getState: () => state,
		dispatch: () => undefined,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close: () => listeners.clear(),
		set(next) {
			state = next;
			for (const listener of listeners) listener();
		},
	};
}
