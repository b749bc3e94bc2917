/** Orders findings: what a person must look at first comes first. */
import type {Finding, FindingCategory} from '../model/finding.ts';
import {builtInCatalogue} from './kernel/built-in-catalogue.ts';

/** Findings that say the host itself is not seen: whatever else is known may be past. */
const hostUnseen: ReadonlySet<string> = new Set([
	'unreachable',
	'own-network-lost',
	'stale',
	'connecting',
	'not-attempted',
]);

/** Among equals the cause comes before what it causes, and what needs hands before what needs a command. */
const categoryOrder: readonly FindingCategory[] = [
	'kernel',
	'engine',
	'hardware',
	'disk',
	'filesystem',
	'memory',
	'storage-driver',
	'network',
	'container',
	'registry',
	'clock',
	'reachability',
];

/** 0 is worst: critical, host not seen, warning, something about it unknown, notice, ok. */
export function rankFinding({severity, id}: Pick<Finding, 'severity' | 'id'>): number {
	switch (severity) {
		case 'critical':
			return 0;
		case 'unknown':
			return hostUnseen.has(id) ? 1 : 3;
		case 'warning':
			return 2;
		case 'notice':
			return 4;
		case 'ok':
			return 5;
	}
}

/** Worst first; then by category, the newest trouble, the most frequent; the rest by name, so that rows keep still. */
export function compareFindings(a: Finding, b: Finding): number {
	return (
		rankFinding(a) - rankFinding(b) ||
		crashFirst(a) - crashFirst(b) ||
		unseenContainersFirst(a) - unseenContainersFirst(b) ||
		categoryOrder.indexOf(a.category) - categoryOrder.indexOf(b.category) ||
		(b.since ?? 0) - (a.since ?? 0) ||
		b.count - a.count ||
		compareText(a.id, b.id) ||
		compareText(a.subject, b.subject)
	);
}

function crashFirst({id}: Finding): number {
	return builtInCatalogue().signatureById(id)?.severity === 'panic' ? 0 : 1;
}

/** Of all that can be unknown about a container host, its containers matter most. */
function unseenContainersFirst({severity, category}: Finding): number {
	return severity === 'unknown' && category === 'engine' ? 0 : 1;
}

function compareText(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
