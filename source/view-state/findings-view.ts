/** Where the person is in the findings of all hosts: named by what is folded and by host, never by row. */
import type {HostKey} from '../model/host.ts';

export type FindingsView = {
	/** Key of the folded finding under the cursor; null for the first. */
	readonly selection: string | null;
	/** Key of the folded finding whose hosts are listed; null while the findings are. */
	readonly openKey: string | null;
	/** The host under the cursor of that list; null for the first. */
	readonly hostSelection: HostKey | null;
};

export type FindingsAction =
	| {readonly kind: 'findings-shown'}
	| {readonly kind: 'findings-left'}
	| {readonly kind: 'finding-chosen'; readonly foldKey: string}
	| {readonly kind: 'finding-opened'; readonly foldKey: string}
	| {readonly kind: 'finding-closed'}
	| {readonly kind: 'finding-host-chosen'; readonly hostKey: HostKey};

export const initialFindingsView: FindingsView = {selection: null, openKey: null, hostSelection: null};

export function reduceFindings(findings: FindingsView, action: FindingsAction): FindingsView {
	switch (action.kind) {
		case 'findings-shown':
		case 'findings-left':
			return findings;
		case 'finding-chosen':
			return {...findings, selection: action.foldKey};
		case 'finding-opened':
			return {selection: action.foldKey, openKey: action.foldKey, hostSelection: null};
		case 'finding-closed':
			return {...findings, openKey: null};
		case 'finding-host-chosen':
			return {...findings, hostSelection: action.hostKey};
	}
}
