/** Keeps the judgement about this machine's own network beside the hosts it is about. */
import type {FleetEvent} from './fleet-event.ts';
import type {FleetDraft, HostState, OwnNetworkLoss} from './fleet-state.ts';
import {selectOwnNetworkLoss} from './select-own-network-loss.ts';

/** Changes the draft in place, and costs nothing while no connection was lost. `assess` judges a host anew. */
export function foldOwnNetworkLoss(
	draft: FleetDraft,
	event: FleetEvent,
	assess: (host: HostState, now: number) => HostState,
): void {
	if (event.kind !== 'ladder-changed' && event.kind !== 'host-merged') return;
	const before = draft.ownNetworkLoss ?? null;
	const isLoss = event.kind === 'ladder-changed' && event.ladder.broken?.lostAt !== undefined;
	if (before === null && !isLoss) return;
	const loss = selectOwnNetworkLoss(draft);
	if (isSame(before, loss)) return;
	draft.ownNetworkLoss = loss;
	for (const key of new Set([...(before?.hostKeys ?? []), ...(loss?.hostKeys ?? [])])) {
		const host = draft.hosts.get(key);
		if (host === undefined) continue;
		const {lostTogether: _past, ...rest} = host;
		draft.hosts.set(key, assess(loss?.hostKeys.has(key) ? {...rest, lostTogether: loss} : rest, event.at));
	}
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
