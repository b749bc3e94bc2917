/** The order of hosts on the board: by default worst first, newest trouble first, then by name. */
import type {Severity} from '../model/finding.ts';
import type {HostKey} from '../model/host.ts';
import {valueOf} from '../model/reading.ts';
import type {FleetState, HostState} from './fleet-state.ts';
import {selectIsUnreachable} from './select-fleet-counts.ts';
import {selectEngineRootRatio} from './select-host-numbers.ts';
import {selectBootedAt} from './select-host-row.ts';

export const sortKeys = ['severity', 'name', 'root', 'images', 'containers', 'uptime'] as const;

export type SortKey = (typeof sortKeys)[number];

export const sortTitles: Readonly<Record<SortKey, string>> = {
	severity: 'severity, worst first',
	name: 'name',
	root: 'engine root, fullest first',
	images: 'image bytes, most first',
	containers: 'containers, most first',
	uptime: 'uptime, latest boot first',
};

/** An unreachable host comes right after the critical ones; one that is merely not fully known, after the warnings. */
const severityRank: Readonly<Record<Severity, number>> = {critical: 0, warning: 2, unknown: 3, notice: 4, ok: 5};
const unreachableRank = 1;

/** Natural order, so that `web-9` comes before `web-10`. */
const byName = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});

/** Keys of the hosts that `isShown` lets through, in the order of `sort`; hosts without the number come last. */
export function selectHostOrder(
	state: FleetState,
	sort: SortKey,
	isShown: (host: HostState) => boolean,
): readonly HostKey[] {
	const shown = [...state.hosts.values()].filter(isShown);
	const entries = shown.map((host) => ({host, rank: rankOf(host, sort)}));
	entries.sort((a, b) => a.rank - b.rank || compareTies(a.host, b.host, sort));
	return entries.map((entry) => entry.host.host.key);
}

function rankOf(host: HostState, sort: SortKey): number {
	if (sort === 'severity') {
		return host.severity === 'unknown' && selectIsUnreachable(host) ? unreachableRank : severityRank[host.severity];
	}
	if (sort === 'name') return 0;
	const amount = selectIsUnreachable(host) ? null : amountOf(host, sort);
	return amount === null ? Infinity : -amount;
}

function amountOf(host: HostState, sort: 'root' | 'images' | 'containers' | 'uptime'): number | null {
	const {filesystems, images, containers} = host.readings;
	if (sort === 'root') return filesystems.kind === 'ok' ? selectEngineRootRatio(filesystems.value) : null;
	if (sort === 'images') return valueOf(images)?.bytes ?? null;
	if (sort === 'containers') return valueOf(containers)?.length ?? null;
	return selectBootedAt(host);
}

function compareTies(a: HostState, b: HostState, sort: SortKey): number {
	const newestFirst = sort === 'severity' && a.severity !== 'ok' ? b.severitySince - a.severitySince : 0;
	return newestFirst || byName.compare(a.host.name, b.host.name) || (a.host.key < b.host.key ? -1 : 1);
}
