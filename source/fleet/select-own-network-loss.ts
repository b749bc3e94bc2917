/**
 * Tells when it is this machine that lost its network: many connections to different places broke at once, and the
 * places that are still tried do not answer. Then one message says so, instead of an alarm for each host.
 */
import type {HostKey} from '../model/host.ts';
import {isConnected} from '../model/ladder.ts';
import type {FleetState, HostState, OwnNetworkLoss} from './fleet-state.ts';

/** Dead connections are found by keepalives, which differ by a few seconds from host to host. */
const windowMs = 10_000;
const fewest = 3;

type Loss = {readonly key: HostKey; readonly at: number; readonly endpoint: string; readonly slept: boolean};

/** Null when nothing of the kind happened: fewer than 3, fewer than half of the connected ones, or all of one endpoint. */
export function selectOwnNetworkLoss({hosts}: Pick<FleetState, 'hosts'>): OwnNetworkLoss | null {
	let connected = 0;
	const losses: Loss[] = [];
	for (const host of hosts.values()) {
		if (host.host.target.kind === 'local') continue;
		if (isConnected(host.ladder)) connected++;
		const loss = lossOf(host);
		if (loss !== null) losses.push(loss);
	}
	const together = largestWindow(losses);
	const [first] = together;
	const endpoints = new Set(together.map(({endpoint}) => endpoint));
	if (first === undefined || together.length < fewest || endpoints.size < 2) return null;
	if (together.length * 2 < connected + together.length) return null;
	const last = together.at(-1) ?? first;
	return {
		hostKeys: new Set(together.map(({key}) => key)),
		count: together.length,
		since: first.at,
		withinMs: last.at - first.at,
		slept: together.every(({slept}) => slept),
	};
}

/** Null for a host that is connected, never was, or has since been heard from in some way. */
function lossOf({host, ladder, address}: HostState): Loss | null {
	const {broken} = ladder;
	if (isConnected(ladder) || broken?.lostAt === undefined) return null;
	const isSilent = (broken.rung === 'resolve' || broken.rung === 'tcp') && broken.code !== 'connection-refused';
	if (!isSilent) return null;
	const endpoint = broken.bastion ?? address?.replace(/^.*@/, '') ?? host.key;
	return {key: host.key, at: broken.lostAt, endpoint, slept: broken.code === 'slept'};
}

function largestWindow(losses: readonly Loss[]): readonly Loss[] {
	const ordered = losses.toSorted((a, b) => a.at - b.at);
	let best: readonly Loss[] = [];
	let start = 0;
	for (let end = 0; end < ordered.length; end++) {
		while ((ordered[end]?.at ?? 0) - (ordered[start]?.at ?? 0) > windowMs) start++;
		if (end - start + 1 >= best.length) best = ordered.slice(start, end + 1);
	}
	return best;
}
