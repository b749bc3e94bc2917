/** Counts for the header: how many hosts are in each state, and how many containers the reachable ones report. */
import {isConnected} from '../model/ladder.ts';
import {valueOf} from '../model/reading.ts';
import type {FleetState, HostState} from './fleet-state.ts';

export type FleetCounts = {
	readonly hosts: number;
	readonly critical: number;
	readonly warning: number;
	/** Hosts with nothing worse than a notice. */
	readonly ok: number;
	/** Hosts whose connection is broken. */
	readonly unreachable: number;
	/** Hosts that answer, or were not asked yet, and of which something that matters is not known. */
	readonly unknown: number;
	readonly containers: number;
	/** Hosts whose containers are known and counted; with fewer than all, there may be more containers. */
	readonly containerHosts: number;
};

export function selectFleetCounts(state: FleetState): FleetCounts {
	const counts = {critical: 0, warning: 0, notice: 0, ok: 0, unknown: 0};
	let unreachable = 0;
	let containers = 0;
	let containerHosts = 0;
	for (const host of state.hosts.values()) {
		if (host.severity === 'unknown' && selectIsUnreachable(host)) unreachable++;
		else counts[host.severity]++;
		const list = selectIsUnreachable(host) ? null : valueOf(host.readings.containers);
		if (list === null) continue;
		containerHosts++;
		containers += list.length;
	}
	const {critical, warning, notice, ok, unknown} = counts;
	return {
		hosts: state.hosts.size,
		critical,
		warning,
		ok: ok + notice,
		unreachable,
		unknown,
		containers,
		containerHosts,
	};
}

/** True when an attempt to reach the host failed and nothing since then succeeded. */
export function selectIsUnreachable(host: HostState): boolean {
	return host.ladder.broken !== null && !isConnected(host.ladder);
}
