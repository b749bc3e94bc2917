/** Folds one action into the view; the same object comes back when nothing changes, so that nothing is drawn. */
import {reduceDisk} from './disk-view.ts';
import {reduceFindings, type FindingsAction} from './findings-view.ts';
import {reduceKernel, type KernelAction} from './kernel-view.ts';
import {reducePrune, type PruneAction} from './prune-view.ts';
import {clamp, reduceCursor, reduceMark, reduceOrder, stepLength, withVisibleCursor} from './reduce-board.ts';
import {reduceOverlayMove, reducePrompt} from './reduce-overlay.ts';
import {hostContentRows} from './screen-layout.ts';
import type {ViewAction} from './view-action.ts';
import {openedHost, openedPrune, routeBack, type ViewState} from './view-state.ts';

export function reduceView(view: ViewState, action: ViewAction): ViewState {
	switch (action.kind) {
		case 'resized':
			return sameSize(view, action.size) ? view : withVisibleCursor({...view, size: action.size});
		case 'order-changed':
			return reduceOrder(view, action);
		case 'cursor-moved':
			return reduceCursor(view, action.step, action.direction);
		case 'mark-toggled':
			return reduceMark(view, action.hostKey);
		case 'unmarked-all':
			return view.marks.size === 0 ? view : {...view, marks: new Set()};
		case 'filtered':
			return {...view, filterText: action.text};
		case 'sorted':
			return {...view, sort: action.sort};
		case 'only-sick-toggled':
			return {...view, onlySick: !view.onlySick};
		case 'frozen':
			return {...view, frozen: {fleet: action.fleet, at: action.at}};
		case 'thawed':
			return {...view, frozen: null};
		case 'noticed':
			return {...view, notice: {text: action.text, at: action.at}};
		case 'overlay-opened':
			return {...view, overlay: action.overlay};
		case 'overlay-closed':
			return {...view, overlay: {kind: 'none'}};
		case 'disk-asked':
			return {...view, disk: reduceDisk(view.disk, action)};
		case 'prompt-changed':
			return reducePrompt(view, action.text);
		case 'overlay-moved':
			return reduceOverlayMove(view, action.by, action.count);
		default:
			return reduceRoute(view, action);
	}
}

/** What concerns one view only. */
function reduceRoute(
	view: ViewState,
	action: HostViewAction | FindingsAction | PruneRouteAction | KernelAction,
): ViewState {
	switch (action.kind) {
		case 'host-opened':
		case 'host-closed':
		case 'tab-opened':
		case 'tab-scrolled':
		case 'tab-jumped':
		case 'panned':
			return reduceHostView(view, action);
		case 'findings-shown':
		case 'findings-left':
		case 'finding-chosen':
		case 'finding-opened':
		case 'finding-closed':
		case 'finding-host-chosen':
			return reduceFindingsRoute(view, action);
		default:
			return reduceTool(view, action);
	}
}

function reduceTool(view: ViewState, action: PruneRouteAction | KernelAction): ViewState {
	switch (action.kind) {
		case 'prune-opened':
		case 'prune-left':
		case 'prune-page-chosen':
		case 'prune-row-chosen':
		case 'prune-row-toggled':
		case 'prune-focus-moved':
		case 'activity-shown':
		case 'activity-left':
		case 'activity-chosen':
			return reducePruneRoute(view, action);
		default:
			return reduceKernelTab(view, action);
	}
}

type HostViewAction = Extract<
	ViewAction,
	{kind: 'host-opened' | 'host-closed' | 'tab-opened' | 'tab-scrolled' | 'tab-jumped' | 'panned'}
>;

function reduceHostView(view: ViewState, action: HostViewAction): ViewState {
	switch (action.kind) {
		case 'host-opened':
			return openedHost({...view, selection: action.hostKey, notice: null}, action.hostKey);
		case 'host-closed':
			return withVisibleCursor({...view, route: routeBack(view), notice: null});
		case 'tab-opened':
			return view.route.kind === 'host'
				? {...view, route: {...view.route, tab: action.tab}, kernel: closedDetail(view), pan: 0, notice: null}
				: view;
		case 'tab-scrolled':
			return scrollTab(view, action.direction * stepLength(action.step, hostContentRows(view.size)), action.lineCount);
		case 'tab-jumped':
			return showLine(view, action.line, action.lineCount);
		case 'panned':
			return {...view, pan: clamp(view.pan + action.byColumns, 1000)};
	}
}

function closedDetail({kernel}: ViewState): ViewState['kernel'] {
	return kernel.isDetailOpen ? reduceKernel(kernel, {kind: 'incident-closed'}) : kernel;
}

function reduceFindingsRoute(view: ViewState, action: FindingsAction): ViewState {
	const findings = reduceFindings(view.findings, action);
	if (action.kind === 'findings-shown') return {...view, findings, route: {kind: 'findings'}, notice: null};
	if (action.kind === 'findings-left') return withVisibleCursor({...view, route: {kind: 'board'}, notice: null});
	return {...view, findings};
}

type PruneRouteAction =
	| PruneAction
	| Extract<ViewAction, {kind: 'prune-opened' | 'prune-left' | 'activity-shown' | 'activity-left' | 'activity-chosen'}>;

function reducePruneRoute(view: ViewState, action: PruneRouteAction): ViewState {
	switch (action.kind) {
		case 'prune-opened':
			return {...openedPrune(view, action.runId), activitySelection: action.runId};
		case 'prune-left':
			return withVisibleCursor({...view, route: routeBack(view)});
		case 'activity-shown':
			return {...view, route: {kind: 'activity'}, notice: null};
		case 'activity-left':
			return withVisibleCursor({...view, route: {kind: 'board'}, notice: null});
		case 'activity-chosen':
			return {...view, activitySelection: action.runId};
		default:
			return {...view, prune: reducePrune(view.prune, action)};
	}
}

/** Whatever is shown in full is shown from its beginning. */
function reduceKernelTab(view: ViewState, action: KernelAction): ViewState {
	const kernel = reduceKernel(view.kernel, action);
	const isOther = kernel.incidentKey !== view.kernel.incidentKey || kernel.isDetailOpen !== view.kernel.isDetailOpen;
	const tabOffsets = isOther ? {...view.tabOffsets, kernel: 0} : view.tabOffsets;
	return {...view, kernel, tabOffsets, pan: action.kind === 'kernel-log-wrapped' ? 0 : view.pan};
}

function scrollTab(view: ViewState, by: number, lineCount: number): ViewState {
	if (view.route.kind !== 'host') return view;
	const {tab} = view.route;
	const most = Math.max(0, lineCount - hostContentRows(view.size));
	return showLine(view, Math.min(view.tabOffsets[tab], most) + by, lineCount);
}

function showLine(view: ViewState, line: number, lineCount: number): ViewState {
	if (view.route.kind !== 'host') return view;
	const {tab} = view.route;
	const offset = clamp(line, Math.max(0, lineCount - hostContentRows(view.size)));
	return offset === view.tabOffsets[tab] ? view : {...view, tabOffsets: {...view.tabOffsets, [tab]: offset}};
}

function sameSize(view: ViewState, size: ViewState['size']): boolean {
	return view.size.columns === size.columns && view.size.rows === size.rows;
}
