/** What the findings view lists: the findings of the shown hosts folded, or the hosts of one of them. */
import type {FleetState} from '../fleet/fleet-state.ts';
import {selectFoldedFindings, type FoldedFinding} from '../fleet/select-folded-findings.ts';
import type {HostKey} from '../model/host.ts';
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

/** The board's filter and "only sick" decide which hosts count. */
export function selectFindingsPage(view: ViewState, fleet: FleetState): FindingsPage {
	const {selection, openKey, hostSelection} = view.findings;
	const folds = selectFoldedFindings(fleet, view.order, view.onlySick);
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
