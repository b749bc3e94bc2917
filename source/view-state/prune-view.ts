/** Where the person is in a plan: which run, which page, which row, what is shown in full, and which button has the focus. */

export type PrunePageName = 'goes' | 'stays';

export type PruneView = {
	/** The run this is about; another one begins anew. */
	readonly runId: number | null;
	readonly page: PrunePageName;
	/** Key of the row under the cursor; null for the first. */
	readonly selection: string | null;
	/** Keys of rows shown in full: hosts with their objects, objects with their calls. */
	readonly opened: ReadonlySet<string>;
	/** `cancel` is where every dialog begins. */
	readonly focus: 'cancel' | 'run';
};

export type PruneAction =
	| {readonly kind: 'prune-page-chosen'; readonly page: PrunePageName}
	| {readonly kind: 'prune-row-chosen'; readonly key: string}
	| {readonly kind: 'prune-row-toggled'; readonly key: string}
	| {readonly kind: 'prune-focus-moved'; readonly focus: PruneView['focus']};

export const initialPruneView: PruneView = {
	runId: null,
	page: 'goes',
	selection: null,
	opened: new Set(),
	focus: 'cancel',
};

/** The view of a run as it is opened: as it was left, but never with the focus on the button that runs it. */
export function openedRun(prune: PruneView, runId: number): PruneView {
	return prune.runId === runId ? {...prune, focus: 'cancel'} : {...initialPruneView, runId};
}

export function reducePrune(prune: PruneView, action: PruneAction): PruneView {
	switch (action.kind) {
		case 'prune-page-chosen':
			return {...prune, page: action.page, selection: null};
		case 'prune-row-chosen':
			return {...prune, selection: action.key};
		case 'prune-row-toggled': {
			const opened = new Set(prune.opened);
			if (!opened.delete(action.key)) opened.add(action.key);
			return {...prune, opened};
		}
		case 'prune-focus-moved':
			return {...prune, focus: action.focus};
	}
}
