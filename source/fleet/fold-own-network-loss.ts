/** Keeps the judgement about this machine's own network beside the hosts it is about. */
import type {FleetEvent} from './fleet-event.ts';
import type {FleetState, HostState, OwnNetworkLoss} from './fleet-state.ts';
import {selectOwnNetworkLoss} from './select-own-network-loss.ts';

/** `assess` judges a host anew; the same state comes back when nothing about the network changed. */
export function foldOwnNetworkLoss(
	state: FleetState,
	event: FleetEvent,
	assess: (host: HostState, now: number) => HostState,
): FleetState {
	if (event.kind !== 'ladder-changed' && event.kind !== 'host-merged') return state;
	const before = state.ownNetworkLoss ?? null;
	const isLoss = event.kind === 'ladder-changed' && event.ladder.broken?.lostAt !== undefined;
	if (before === null && !isLoss) return state;
	const loss = selectOwnNetworkLoss(state);
	if (isSame(before, loss)) return state;
	const hosts = new Map(state.hosts);
	for (const key of new Set([...(before?.hostKeys ?? []), ...(loss?.hostKeys ?? [])])) {
		const host = hosts.get(key);
		if (host === undefined) continue;
		const {lostTogether: _past, ...rest} = host;
		hosts.set(key, assess(loss?.hostKeys.has(key) ? {...rest, lostTogether: loss} : rest, event.at));
	}
	return {...state, hosts, ownNetworkLoss: loss};
}

function isSame(one: OwnNetworkLoss | null, other: OwnNetworkLoss | null): boolean {
	if (one === null || other === null) return one === other;
	return (
		one.slept === other.slept &&
		one.withinMs === other.withinMs &&
		one.hostKeys.size === other.hostKeys.size &&
		[...one.hostKeys].every((key) => other.hostKeys.has(key))
	);
}
