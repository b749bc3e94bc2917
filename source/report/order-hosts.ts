/** The order of hosts in a report: worst first, newest trouble first, then by name as people count. */
import type {HostState} from '../fleet/fleet-state.ts';
import type {Severity} from '../model/finding.ts';

const severityOrder: readonly Severity[] = ['critical', 'unknown', 'warning', 'notice', 'ok'];

/** Troubles that began this close together are equally new: a report finds all its hosts sick within moments. */
const sameTimeMs = 60_000;

const byName = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});

export function orderHosts(hosts: readonly HostState[]): readonly HostState[] {
	return severityOrder.flatMap((severity) => {
		const alike = hosts.filter((host) => host.severity === severity);
		return severity === 'ok' ? alike.toSorted(compareNames) : groupByTime(alike).flatMap((group) => group);
	});
}

/** Newest group first, each in the order of names. */
function groupByTime(hosts: readonly HostState[]): readonly (readonly HostState[])[] {
	const groups: HostState[][] = [];
	for (const host of hosts.toSorted((a, b) => b.severitySince - a.severitySince)) {
		const group = groups.at(-1);
		const newest = group?.[0];
		if (group !== undefined && newest !== undefined && newest.severitySince - host.severitySince <= sameTimeMs) {
			group.push(host);
		} else groups.push([host]);
	}
	return groups.map((group) => group.toSorted(compareNames));
}

function compareNames(a: HostState, b: HostState): number {
	return byName.compare(a.host.name, b.host.name);
}
