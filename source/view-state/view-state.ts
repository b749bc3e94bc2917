/** What the screen shows and where the person is in it: plain immutable data, with hosts named by key, never by row. */
import type {FleetState} from '../fleet/fleet-state.ts';
import type {HostKeyReview} from '../fleet/select-host-key-reviews.ts';
import type {SortKey} from '../fleet/select-host-order.ts';
import type {HostKey} from '../model/host.ts';
import {initialDiskView, type DiskView} from './disk-view.ts';
import {initialFindingsView, type FindingsView} from './findings-view.ts';
import {initialKernelView, type KernelView} from './kernel-view.ts';
import {initialPruneView, openedRun, type PruneView} from './prune-view.ts';

export const hostTabs = ['findings', 'containers', 'disk', 'kernel', 'storage'] as const;

export type HostTab = (typeof hostTabs)[number];

type HostRoute = {
	readonly kind: 'host';
	readonly hostKey: HostKey;
	readonly tab: HostTab;
	/** Where the way back leads. */
	readonly from: 'board' | 'findings';
};

type PlainRoute = {readonly kind: 'board'} | {readonly kind: 'findings'} | {readonly kind: 'activity'};

export type Route =
	| PlainRoute
	| HostRoute
	/** A plan or its run, by the id the desk gave it; `from` is the view it was opened over. */
	| {readonly kind: 'prune'; readonly runId: number; readonly from: PlainRoute | HostRoute};

export type Overlay =
	| {readonly kind: 'none'}
	| {readonly kind: 'help'; readonly offset: number}
	| {readonly kind: 'palette'; readonly text: string; readonly index: number}
	| {readonly kind: 'sort-menu'; readonly index: number}
	/** `reviews` are those there were when it was opened, less those accepted since. */
	| {readonly kind: 'host-keys'; readonly reviews: readonly HostKeyReview[]; readonly index: number}
	/** `given` are the answers to the prompts before the one `typed` answers; both stay out of everything but the desk. */
	| {readonly kind: 'question'; readonly id: number; readonly given: readonly string[]; readonly typed: string}
	/** `before` is the filter to return to when the person gives up; `problem` says why the text is no filter. */
	| {readonly kind: 'filter'; readonly text: string; readonly before: string; readonly problem: string | null}
	/** The word that confirms a plan, as far as it is typed. */
	| {readonly kind: 'prune-word'; readonly runId: number; readonly typed: string}
	| {readonly kind: 'search'; readonly text: string};

export type ScreenSize = {readonly columns: number; readonly rows: number};

export type ViewState = {
	readonly size: ScreenSize;
	readonly route: Route;
	readonly overlay: Overlay;
	/** Hosts on the board as drawn: filtered and sorted; changes only through `order-changed`. */
	readonly order: readonly HostKey[];
	/** The host under the cursor; null until a person moves it, and then the first row is meant. */
	readonly selection: HostKey | null;
	/** Position in `order` of the first row drawn. */
	readonly top: number;
	readonly filterText: string;
	readonly sort: SortKey;
	readonly onlySick: boolean;
	readonly marks: ReadonlySet<HostKey>;
	/** The picture held still, and since when; null while the screen is live. */
	readonly frozen: {readonly fleet: FleetState; readonly at: number} | null;
	/** First line drawn of each tab of the host view. */
	readonly tabOffsets: Readonly<Record<HostTab, number>>;
	readonly kernel: KernelView;
	readonly findings: FindingsView;
	readonly disk: DiskView;
	readonly prune: PruneView;
	/** The run under the cursor of the activity view; null for the newest. */
	readonly activitySelection: number | null;
	/** True where the commands that change hosts are not there. */
	readonly readOnly: boolean;
	/** Columns by which long lines of the host view are moved to the left. */
	readonly pan: number;
	/** Short words about what the last key did; shown for a few seconds. */
	readonly notice: {readonly text: string; readonly at: number} | null;
};

const noOffsets: ViewState['tabOffsets'] = {findings: 0, containers: 0, disk: 0, kernel: 0, storage: 0};

export const initialView: ViewState = {
	size: {columns: 80, rows: 24},
	route: {kind: 'board'},
	overlay: {kind: 'none'},
	order: [],
	selection: null,
	top: 0,
	filterText: '',
	sort: 'severity',
	onlySick: false,
	marks: new Set(),
	frozen: null,
	tabOffsets: noOffsets,
	kernel: initialKernelView,
	findings: initialFindingsView,
	disk: initialDiskView,
	prune: initialPruneView,
	activitySelection: null,
	readOnly: true,
	pan: 0,
	notice: null,
};

/** The host a command without marks is about: the open one, or the one under the board's cursor; null elsewhere. */
export function selectCurrentHostKey(view: ViewState): HostKey | null {
	switch (view.route.kind) {
		case 'host':
			return view.route.hostKey;
		case 'board':
			return view.selection ?? view.order[0] ?? null;
		default:
			return null;
	}
}

/** Where the way back from the open view leads. */
export function routeBack({route}: ViewState): Route {
	if (route.kind === 'prune') return route.from;
	return route.kind === 'host' ? {kind: route.from} : {kind: 'board'};
}

/** A host view as it looks when it is opened. */
export function openedHost(view: ViewState, hostKey: HostKey): ViewState {
	return {
		...view,
		route: {
			kind: 'host',
			hostKey,
			tab: view.route.kind === 'host' ? view.route.tab : 'findings',
			from: view.route.kind === 'findings' ? 'findings' : 'board',
		},
		tabOffsets: noOffsets,
		kernel: {...initialKernelView, wrap: view.kernel.wrap},
		pan: 0,
	};
}

/** The dialog of a run, over the view that is open. */
export function openedPrune(view: ViewState, runId: number): ViewState {
	const from = view.route.kind === 'prune' ? view.route.from : view.route;
	return {...view, route: {kind: 'prune', runId, from}, prune: openedRun(view.prune, runId), notice: null};
}
