/** The root component: reads both stores and the time, draws the lines they make, and listens for keys. */
import {useApp} from 'ink';
import {useState, type ReactNode} from 'react';
import type {CommandContext} from '../commands/command.ts';
import type {HostKeyReview} from '../fleet/select-host-key-reviews.ts';
import {selectKernelMarks} from '../fleet/select-kernel-mark.ts';
import type {FleetStore} from '../fleet/store.ts';
import type {AttentionDesk} from '../model/attention.ts';
import type {HostDiskUsagePart} from '../model/disk-usage.ts';
import type {HostKey} from '../model/host.ts';
import type {PruneDesk, PruneRun} from '../model/prune-desk.ts';
import type {Clock} from '../support/clock.ts';
import {createDiskSelector, type DiskSelector} from '../view-state/disk-page.ts';
import {createPruneSelector, type PruneSelector} from '../view-state/prune-page.ts';
import {createFindingsSelector, type FindingsSelector} from '../view-state/select-findings-page.ts';
import type {ViewStore} from '../view-state/view-store.ts';
import {createDiskTab} from './disk/disk-lines.ts';
import {createTabLines} from './host/host-lines.ts';
import {useKeys} from './hooks/use-keys.ts';
import {useNow} from './hooks/use-now.ts';
import {useScreenSize} from './hooks/use-screen-size.ts';
import {useStore} from './hooks/use-store.ts';
import {LinesView} from './lines-view.tsx';
import {createScreenLines} from './screen-lines.ts';

export type ScreenProps = {
	readonly fleetStore: FleetStore;
	readonly viewStore: ViewStore;
	readonly clock: Clock;
	readonly title: string;
	readonly demo: boolean;
	readonly onRefresh: (hostKeys: readonly HostKey[] | null) => void;
	/** Trusts these keys and reaches their hosts again; resolves with what went wrong, in words, or null. */
	readonly onAcceptHostKeys: (reviews: readonly HostKeyReview[]) => Promise<string | null>;
	readonly attention: AttentionDesk;
	/** Null where hosts must not be changed. */
	readonly prune: PruneDesk | null;
	readonly onReadDisk: (hostKey: HostKey, parts: readonly HostDiskUsagePart[]) => void;
	/** Gives text to the terminal's clipboard. */
	readonly onCopy: (text: string) => void;
	readonly onInterrupt: () => void;
};

export function Screen(props: ScreenProps): ReactNode {
	const {fleetStore, viewStore, clock, title, demo} = props;
	const {exit} = useApp();
	useScreenSize(viewStore);
	const liveFleet = useStore(fleetStore);
	const view = useStore(viewStore);
	// Read anew by the context below; this only makes its changes show.
	useStore(props.attention);
	useStore(props.prune ?? nothingPruned);
	const now = Math.max(useNow(clock), view.notice?.at ?? 0);
	const [selectors] = useState(() => ({
		findings: createFindingsSelector(),
		disk: createDiskSelector(),
		selectPrune: createPruneSelector(),
	}));
	const createContext = (): CommandContext => createCommandContext(props, selectors, exit);
	useKeys(createContext);
	const fleet = view.frozen?.fleet ?? liveFleet;
	const lines = createScreenLines({view, fleet, now, title, demo, context: createContext()});
	return <LinesView lines={lines} columns={view.size.columns} rows={view.size.rows} />;
}

/** Each remembers what it made of the newest picture. */
type Selectors = {
	readonly findings: FindingsSelector;
	readonly disk: DiskSelector;
	readonly selectPrune: PruneSelector;
};

const noRuns: readonly PruneRun[] = [];
const nothingPruned = {getState: () => noRuns, subscribe: () => () => undefined};

/** What a key press may see and do, read from the stores at the moment of the press. */
function createCommandContext(
	{
		fleetStore,
		viewStore,
		clock,
		onRefresh,
		onReadDisk,
		onAcceptHostKeys,
		attention,
		prune,
		onCopy,
		onInterrupt,
	}: ScreenProps,
	selectors: Selectors,
	exit: () => void,
): CommandContext {
	const view = viewStore.getState();
	const liveFleet = fleetStore.getState();
	const fleet = view.frozen?.fleet ?? liveFleet;
	const now = clock.now();
	return {
		view,
		fleet,
		liveFleet,
		now,
		countTabLines() {
			if (view.route.kind !== 'host') return 0;
			const host = fleet.hosts.get(view.route.hostKey);
			const canvas = {now, columns: view.size.columns, markOf: selectKernelMarks(fleet)};
			return host === undefined ? 0 : createTabLines(host, view, view.route.tab, selectors.disk, canvas).count;
		},
		findDiskSections() {
			const host = view.route.kind === 'host' ? fleet.hosts.get(view.route.hostKey) : undefined;
			const canvas = {now, columns: view.size.columns, markOf: selectKernelMarks(fleet)};
			return host === undefined ? [] : createDiskTab(host, selectors.disk(host), view.disk, canvas).starts;
		},
		dispatch: viewStore.dispatch,
		...selectors,
		copy: onCopy,
		refresh: onRefresh,
		readDisk: onReadDisk,
		acceptHostKeys: onAcceptHostKeys,
		attention,
		prune,
		quit: () => exit(),
		interrupt() {
			onInterrupt();
			exit();
		},
	};
}
