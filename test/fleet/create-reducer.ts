/** Folds events into a fleet without touching the one before, as tests want to look at both. */
import type {FleetEvent} from '../../source/fleet/fleet-event.ts';
import type {FleetDraft, FleetState} from '../../source/fleet/fleet-state.ts';
import {createFleetFold} from '../../source/fleet/reduce-fleet.ts';

export function createReducer(): (state: FleetState, event: FleetEvent) => FleetState {
	const fold = createFleetFold();
	return (state, event) => {
		const draft: FleetDraft = {...state, hosts: new Map(state.hosts)};
		return fold(draft, event) ? draft : state;
	};
}
