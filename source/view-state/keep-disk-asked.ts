/**
 * Asks what keeps a host's disk when its disk tab is opened, as soon as the host can answer: never for a host nobody
 * looks at, and not again for looking away and back within a minute.
 */
import type {FleetStore} from '../fleet/store.ts';
import type {HostDiskUsagePart} from '../model/disk-usage.ts';
import type {HostKey} from '../model/host.ts';
import type {Clock} from '../support/clock.ts';
import {diskTabParts, selectAskableParts} from './disk-view.ts';
import type {ViewState} from './view-state.ts';
import type {ViewStore} from './view-store.ts';

const restMs = 60_000;

/** Starts keeping; returns a function that stops. `ask` must dispatch `disk-asked`. */
export function keepDiskAsked(
	fleetStore: FleetStore,
	viewStore: ViewStore,
	clock: Clock,
	ask: (hostKey: HostKey, parts: readonly HostDiskUsagePart[]) => void,
): () => void {
	let open: HostKey | null = null;
	let wanted: readonly HostDiskUsagePart[] = [];

	const askWhatCanBe = (): void => {
		if (open === null || wanted.length === 0 || viewStore.getState().frozen !== null) return;
		const ladder = fleetStore.getState().hosts.get(open)?.ladder;
		const askable = ladder === undefined ? [] : selectAskableParts(ladder);
		const parts = wanted.filter((part) => askable.includes(part));
		if (parts.length === 0) return;
		wanted = wanted.filter((part) => !parts.includes(part));
		ask(open, parts);
	};
	const onView = (): void => {
		const view = viewStore.getState();
		const next = openDiskTab(view);
		if (next !== open) {
			open = next;
			const askedAt = next === null ? undefined : view.disk.askedAt.get(next);
			wanted = diskTabParts.filter((part) => clock.now() - (askedAt?.[part] ?? -Infinity) >= restMs);
		}
		askWhatCanBe();
	};

	const stopView = viewStore.subscribe(onView);
	const stopFleet = fleetStore.subscribe(askWhatCanBe);
	return () => {
		stopView();
		stopFleet();
	};
}

function openDiskTab({route}: ViewState): HostKey | null {
	return route.kind === 'host' && route.tab === 'disk' ? route.hostKey : null;
}
