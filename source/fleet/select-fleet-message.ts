/** The one sentence about the fleet as a whole, where a single cause explains many hosts. */
import {isConnected} from '../model/ladder.ts';
import {formatDuration, formatPlural} from '../support/format.ts';
import type {FleetState} from './fleet-state.ts';

/** Null when every host's trouble is its own. */
export function selectFleetMessage(state: FleetState): string | null {
	const loss = state.ownNetworkLoss ?? null;
	if (loss !== null) {
		if (loss.slept) return `this machine slept: ${formatPlural(loss.count, 'host')} being reached again`;
		const within = formatDuration(Math.max(1000, loss.withinMs));
		return `this machine seems to be offline: ${formatPlural(loss.count, 'host')} lost within ${within}`;
	}
	const [bastion, count] = largestBastion(state);
	return count < 2 ? null : `jump host ${bastion} is not reachable: ${formatPlural(count, 'host')} behind it`;
}

function largestBastion({hosts}: FleetState): readonly [string, number] {
	const counts = new Map<string, number>();
	for (const {ladder} of hosts.values()) {
		const {broken} = ladder;
		if (broken?.bastion === undefined || isConnected(ladder) || !broken.bastionBroke) continue;
		counts.set(broken.bastion, (counts.get(broken.bastion) ?? 0) + 1);
	}
	let largest: readonly [string, number] = ['', 0];
	for (const entry of counts) if (entry[1] > largest[1]) largest = entry;
	return largest;
}
