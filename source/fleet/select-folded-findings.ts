/** The findings of many hosts, each kind of trouble once: which hosts have it, how bad it is at worst, since when. */
import {compareFindings, rankFinding} from '../health/finding-rank.ts';
import type {Finding, FindingCategory} from '../model/finding.ts';
import type {HostKey} from '../model/host.ts';
import {foldHostNames} from '../support/fold-host-names.ts';
import {mergeSummaries, templateOf} from './finding-template.ts';
import type {FleetState, HostState} from './fleet-state.ts';

export type FoldedFinding = {
	/** The same as long as the trouble is the same kind, whichever hosts have it. */
	readonly key: string;
	/** The worst of them; its severity is the fold's. */
	readonly worst: Finding;
	/** One line for all: what differs between hosts is left out, counted, or given as a range. */
	readonly summary: string;
	/** Worst first, then as given; a host with several such findings is there once for each. */
	readonly members: readonly {readonly hostKey: HostKey; readonly finding: Finding}[];
	/** Hosts, each once, in the order of `members`. */
	readonly hostKeys: readonly HostKey[];
	/** Earliest known start, milliseconds since the epoch. */
	readonly since: number | null;
};

type Member = FoldedFinding['members'][number];

/** The findings that `isShown` lets through, worst first, those of most hosts first among equals; `ok` is no finding. */
export function selectFoldedFindings(
	{hosts}: Pick<FleetState, 'hosts'>,
	isShown: (finding: Finding, host: HostState) => boolean,
): readonly FoldedFinding[] {
	const folds = new Map<string, Member[]>();
	for (const [hostKey, host] of hosts) {
		for (const finding of host.findings) {
			if (finding.severity === 'ok' || !isShown(finding, host)) continue;
			const key = `${finding.id} ${templateOf(finding)}`;
			const fold = folds.get(key);
			if (fold === undefined) folds.set(key, [{hostKey, finding}]);
			else fold.push({hostKey, finding});
		}
	}
	return [...folds].map(([key, members]) => createFold(key, members)).sort(compareFolds);
}

/** `web-[01-17]`, `db-02`. */
export function selectFoldedNames({hosts}: Pick<FleetState, 'hosts'>, {hostKeys}: FoldedFinding): readonly string[] {
	const names = hostKeys.map((key) => hosts.get(key)).filter((host): host is HostState => host !== undefined);
	return foldHostNames(names.map(({host}) => host.name));
}

function createFold(key: string, unordered: readonly Member[]): FoldedFinding {
	const members = unordered.toSorted((a, b) => rankFinding(a.finding) - rankFinding(b.finding));
	const findings = members.map(({finding}) => finding);
	const [worst = nothing] = findings;
	const starts = findings.flatMap(({since}) => (since === null ? [] : [since]));
	return {
		key,
		worst,
		summary: summarise(worst, findings),
		members,
		hostKeys: [...new Set(members.map(({hostKey}) => hostKey))],
		since: starts.length === 0 ? null : starts.reduce((a, b) => Math.min(a, b)),
	};
}

function summarise(worst: Finding, findings: readonly Finding[]): string {
	if (findings.every(({summary}) => summary === worst.summary)) return worst.summary;
	const subjects = new Set(findings.map(({subject}) => subject));
	return mergeSummaries(findings, subjects.size > 1 ? `(${subjects.size} ${nounOf(worst)})` : null);
}

const nouns: Readonly<Partial<Record<FindingCategory, string>>> = {container: 'containers', disk: 'devices'};

function nounOf({category, subject}: Finding): string {
	if (subject.startsWith('/') && !subject.startsWith('/dev/')) return 'file systems';
	return nouns[category] ?? 'different ones';
}

function compareFolds(a: FoldedFinding, b: FoldedFinding): number {
	return (
		rankFinding(a.worst) - rankFinding(b.worst) ||
		b.hostKeys.length - a.hostKeys.length ||
		compareFindings(a.worst, b.worst)
	);
}

const nothing: Finding = {
	id: '',
	severity: 'unknown',
	category: 'reachability',
	subject: '',
	summary: '',
	evidence: [],
	since: null,
	count: 0,
	meaning: '',
	advice: '',
};
