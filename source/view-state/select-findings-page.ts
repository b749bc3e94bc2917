/** What the findings view lists: the findings of the shown hosts folded, or the hosts of one of them. */
import type {FleetState, HostState} from '../fleet/fleet-state.ts';
import {selectFoldedFindings, selectFoldedNames, type FoldedFinding} from '../fleet/select-folded-findings.ts';
import type {Finding} from '../model/finding.ts';
import type {HostKey} from '../model/host.ts';
import {parseFilter} from './parse-filter.ts';
import type {ViewState} from './view-state.ts';

export type FindingsPage =
	/** `index` is the row under the cursor. */
	| {readonly kind: 'findings'; readonly folds: readonly FoldedFinding[]; readonly index: number}
	| {
			readonly kind: 'hosts';
			readonly fold: FoldedFinding;
			readonly hostKeys: readonly HostKey[];
			readonly index: number;
	  }
	/** The finding whose hosts were listed is not there any more. */
	| {readonly kind: 'gone'};

/** Remembers what it made of the newest picture: keys come faster than pictures, and folding looks at every finding. */
export type FindingsSelector = {
	/** The board's filter and "only sick" count here too, for each finding with its host. */
	page(view: ViewState, fleet: FleetState): FindingsPage;
	/** `web-[01-17]`, `db-02`. */
	names(fold: FoldedFinding, fleet: FleetState): readonly string[];
};

export function createFindingsSelector(): FindingsSelector {
	let folded: {readonly of: FoldedOf; readonly folds: readonly FoldedFinding[]} | null = null;
	const names = new WeakMap<FoldedFinding, readonly string[]>();
	return {
		page(view, {hosts}) {
			const of = {hosts, filterText: view.filterText, onlySick: view.onlySick};
			if (folded === null || !isSame(folded.of, of)) {
				folded = {of, folds: selectFoldedFindings({hosts}, createShownTest(of))};
			}
			return selectPage(view, folded.folds);
		},
		names(fold, fleet) {
			const known = names.get(fold) ?? selectFoldedNames(fleet, fold);
			names.set(fold, known);
			return known;
		},
	};
}

/** All that the folding depends on. */
type FoldedOf = Pick<FleetState, 'hosts'> & Pick<ViewState, 'filterText' | 'onlySick'>;

function isSame(a: FoldedOf, b: FoldedOf): boolean {
	return a.hosts === b.hosts && a.filterText === b.filterText && a.onlySick === b.onlySick;
}

function selectPage({findings}: ViewState, folds: readonly FoldedFinding[]): FindingsPage {
	const {selection, openKey, hostSelection} = findings;
	if (openKey === null) {
		const index = folds.findIndex(({key}) => key === selection);
		return {kind: 'findings', folds, index: Math.max(0, index)};
	}
	const fold = folds.find(({key}) => key === openKey);
	if (fold === undefined) return {kind: 'gone'};
	const {hostKeys} = fold;
	return {
		kind: 'hosts',
		fold,
		hostKeys,
		index: Math.max(
			0,
			hostKeys.findIndex((key) => key === hostSelection),
		),
	};
}

function createShownTest({filterText, onlySick}: FoldedOf): (finding: Finding, host: HostState) => boolean {
	const filter = filterText === '' ? null : parseFilter(filterText);
	return (finding, host) => {
		if (onlySick && finding.severity === 'notice') return false;
		if (filter === null || filter.kind === 'bad') return true;
		return filter.matches({...host, findings: [finding], severity: finding.severity});
	};
}

/** The hosts that the row under the cursor is about. */
export function selectPageHosts(page: FindingsPage): readonly HostKey[] {
	switch (page.kind) {
		case 'findings':
			return page.folds[page.index]?.hostKeys ?? [];
		case 'hosts':
			return page.hostKeys.slice(page.index, page.index + 1);
		case 'gone':
			return [];
	}
}
