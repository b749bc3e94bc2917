/** Everything that can change what is shown, as commands and the board's order keeper say it. */
import type {FleetState} from '../fleet/fleet-state.ts';
import type {SortKey} from '../fleet/select-host-order.ts';
import type {HostKey} from '../model/host.ts';
import type {DiskAction} from './disk-view.ts';
import type {FindingsAction} from './findings-view.ts';
import type {KernelAction} from './kernel-view.ts';
import type {PruneAction} from './prune-view.ts';
import type {HostTab, Overlay, ScreenSize} from './view-state.ts';

export type Step = 'line' | 'half-page' | 'page' | 'all';

export type ViewAction =
	| {readonly kind: 'resized'; readonly size: ScreenSize}
	| {readonly kind: 'order-changed'; readonly order: readonly HostKey[]; readonly known: FleetState['hosts']}
	/** Moves the cursor on the board; `direction` is 1 for down. */
	| {readonly kind: 'cursor-moved'; readonly step: Step; readonly direction: 1 | -1}
	/** Scrolls the open tab, which has `lineCount` lines. */
	| {readonly kind: 'tab-scrolled'; readonly step: Step; readonly direction: 1 | -1; readonly lineCount: number}
	| KernelAction
	| FindingsAction
	| DiskAction
	| PruneAction
	| {readonly kind: 'prune-opened'; readonly runId: number}
	| {readonly kind: 'prune-left'}
	| {readonly kind: 'activity-shown'}
	| {readonly kind: 'activity-left'}
	| {readonly kind: 'activity-chosen'; readonly runId: number}
	/** Scrolls the open tab, which has `lineCount` lines, so that this one is its first. */
	| {readonly kind: 'tab-jumped'; readonly line: number; readonly lineCount: number}
	| {readonly kind: 'panned'; readonly byColumns: number}
	| {readonly kind: 'host-opened'; readonly hostKey: HostKey}
	| {readonly kind: 'tab-opened'; readonly tab: HostTab}
	| {readonly kind: 'host-closed'}
	| {readonly kind: 'filtered'; readonly text: string}
	| {readonly kind: 'sorted'; readonly sort: SortKey}
	| {readonly kind: 'only-sick-toggled'}
	| {readonly kind: 'mark-toggled'; readonly hostKey: HostKey}
	| {readonly kind: 'unmarked-all'}
	| {readonly kind: 'frozen'; readonly fleet: FleetState; readonly at: number}
	| {readonly kind: 'thawed'}
	| {readonly kind: 'overlay-opened'; readonly overlay: Overlay}
	| {readonly kind: 'overlay-closed'}
	/** Text was typed into the open prompt; `text` is the whole of it now. */
	| {readonly kind: 'prompt-changed'; readonly text: string}
	/** Moves the cursor of a menu or palette with `count` entries, or scrolls help with `count` lines. */
	| {readonly kind: 'overlay-moved'; readonly by: number; readonly count: number}
	| {readonly kind: 'noticed'; readonly text: string; readonly at: number};
