/**
 * Keeps the board's order in step with the fleet without rows jumping under the cursor: news re-sorts at most every
 * two seconds, while a key that changes filter, sort or picture, and a host that comes or goes, re-sort at once.
 */
import type {FleetState, HostState} from '../fleet/fleet-state.ts';
import {selectHostOrder} from '../fleet/select-host-order.ts';
import type {FleetStore} from '../fleet/store.ts';
import type {Clock} from '../support/clock.ts';
import {parseFilter} from './parse-filter.ts';
import type {ViewState} from './view-state.ts';
import type {ViewStore} from './view-store.ts';

/** Between two orders of the board when only readings changed. */
const settledIntervalMs = 1800;

/** The same while the first readings arrive and nobody has moved the cursor yet. */
const loadingIntervalMs = 300;
const loadingMs = 8000;

/** Starts keeping; returns a function that stops. */
export function keepBoardOrder(fleetStore: FleetStore, viewStore: ViewStore, clock: Clock): () => void {
	const startedAt = clock.now();
	let orderedAt = -Infinity;
	let orderedHosts: FleetState['hosts'] | null = null;
	let orderedFor: ViewState | null = null;
	let cancelTimer: (() => void) | null = null;

	const order = (): void => {
		cancelTimer?.();
		cancelTimer = null;
		const view = viewStore.getState();
		const fleet = view.frozen?.fleet ?? fleetStore.getState();
		orderedAt = clock.now();
		orderedHosts = fleet.hosts;
		orderedFor = view;
		const next = selectHostOrder(fleet, view.sort, shownHosts(view));
		const same = next.length === view.order.length && next.every((key, index) => key === view.order[index]);
		viewStore.dispatch({kind: 'order-changed', order: same ? view.order : next, known: fleet.hosts});
	};

	const onFleet = (): void => {
		if (viewStore.getState().frozen !== null) return;
		const {hosts} = fleetStore.getState();
		if (hosts === orderedHosts) return;
		if (orderedHosts === null || !sameKeys(hosts, orderedHosts)) {
			order();
			return;
		}
		const untouched = viewStore.getState().selection === null && clock.now() - startedAt < loadingMs;
		const dueMs = orderedAt + (untouched ? loadingIntervalMs : settledIntervalMs) - clock.now();
		if (dueMs <= 0) order();
		else cancelTimer ??= clock.schedule(dueMs, order);
	};

	const onView = (): void => {
		const view = viewStore.getState();
		if (orderedFor !== null && !wantsOrder(orderedFor, view)) return;
		order();
	};

	const unsubscribeFleet = fleetStore.subscribe(onFleet);
	const unsubscribeView = viewStore.subscribe(onView);
	order();
	return () => {
		unsubscribeFleet();
		unsubscribeView();
		cancelTimer?.();
	};
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
