/**
 * Keeps the board's order in step with the fleet without rows jumping under the cursor: news re-sorts at its pace (a
 * host that turns critical sooner), while a key that changes filter, sort or picture, and a host that comes or goes,
 * re-sort at once.
 */
import type {FleetState, HostState} from '../fleet/fleet-state.ts';
import {selectHostOrder} from '../fleet/select-host-order.ts';
import type {FleetStore} from '../fleet/store.ts';
import type {Clock} from '../support/clock.ts';
import {createOrderPace} from './order-pace.ts';
import {parseFilter} from './parse-filter.ts';
import type {ViewState} from './view-state.ts';
import type {ViewStore} from './view-store.ts';

/** Starts keeping; returns a function that stops. */
export function keepBoardOrder(fleetStore: FleetStore, viewStore: ViewStore, clock: Clock): () => void {
	let orderedHosts: FleetState['hosts'] | null = null;
	let orderedView: ViewState | null = null;

	const order = (): void => {
		const view = viewStore.getState();
		const fleet = view.frozen?.fleet ?? fleetStore.getState();
		pace.ordered();
		orderedHosts = fleet.hosts;
		orderedView = null;
		const next = selectHostOrder(fleet, view.sort, shownHosts(view));
		const same = next.length === view.order.length && next.every((key, index) => key === view.order[index]);
		viewStore.dispatch({kind: 'order-changed', order: same ? view.order : next, known: fleet.hosts});
		orderedView = viewStore.getState();
	};
	const pace = createOrderPace(clock, order);

	const onFleet = (): void => {
		if (viewStore.getState().frozen !== null) return;
		const {hosts} = fleetStore.getState();
		if (hosts === orderedHosts) return;
		if (orderedHosts === null || !sameKeys(hosts, orderedHosts)) order();
		else pace.heard(hasTurnedCritical(hosts, orderedHosts));
	};

	const onView = (): void => {
		const view = viewStore.getState();
		// Null while the order itself changes the view.
		if (orderedView === null) return;
		if (view.selection !== orderedView.selection) pace.moved();
		if (wantsOrder(orderedView, view)) order();
		else orderedView = view;
	};

	const unsubscribeFleet = fleetStore.subscribe(onFleet);
	const unsubscribeView = viewStore.subscribe(onView);
	order();
	return () => {
		unsubscribeFleet();
		unsubscribeView();
		pace.stop();
	};
}

/** True when a host is critical now and was not when the board was last put in order. */
function hasTurnedCritical(hosts: FleetState['hosts'], before: FleetState['hosts']): boolean {
	for (const [key, host] of hosts) {
		if (host.severity === 'critical' && before.get(key)?.severity !== 'critical') return true;
	}
	return false;
}

function wantsOrder(before: ViewState, after: ViewState): boolean {
	return (
		before.sort !== after.sort ||
		before.filterText !== after.filterText ||
		before.onlySick !== after.onlySick ||
		before.frozen !== after.frozen
	);
}

function shownHosts(view: ViewState): (host: HostState) => boolean {
	const filter = parseFilter(view.filterText);
	return (host) =>
		(!view.onlySick || host.severity === 'critical' || host.severity === 'warning' || host.severity === 'unknown') &&
		(filter.kind === 'bad' || filter.matches(host));
}

function sameKeys(a: FleetState['hosts'], b: FleetState['hosts']): boolean {
	return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}
