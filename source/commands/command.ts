/** What a command is: one entry of the table that feeds the keys, the footer, the help, the palette and the README. */
import type {FleetState} from '../fleet/fleet-state.ts';
import type {HostKeyReview} from '../fleet/select-host-key-reviews.ts';
import type {AttentionDesk} from '../model/attention.ts';
import type {HostDiskUsagePart} from '../model/disk-usage.ts';
import type {HostKey} from '../model/host.ts';
import type {PruneDesk} from '../model/prune-desk.ts';
import type {DiskSelector} from '../view-state/disk-page.ts';
import type {PruneSelector} from '../view-state/prune-page.ts';
import type {FindingsSelector} from '../view-state/select-findings-page.ts';
import type {ViewAction} from '../view-state/view-action.ts';
import type {ViewState} from '../view-state/view-state.ts';

/** Where a command's keys work; `lists` are board and findings, `disk` and `kernel-log` are a tab of the host view. */
export type CommandScope =
	'everywhere' | 'board' | 'findings' | 'lists' | 'host' | 'disk' | 'kernel-log' | 'prune' | 'activity';

/** What a command sees and may do; made anew from the stores for every key press. */
export type CommandContext = {
	readonly view: ViewState;
	/** The fleet as drawn: the frozen picture if there is one. */
	readonly fleet: FleetState;
	readonly liveFleet: FleetState;
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** Selects what the findings view lists. */
	readonly findings: FindingsSelector;
	/** Selects what the disk tab lists. */
	readonly disk: DiskSelector;
	/** Gives text to the terminal's clipboard; whether the terminal takes it cannot be known. */
	copy(text: string): void;
	/** How many lines the open tab of the host view has; for the kernel tab, those of what is shown in full. */
	countTabLines(): number;
	/** First line of each section of the disk tab. */
	findDiskSections(): readonly number[];
	dispatch(action: ViewAction): void;
	/** Reads the given hosts anew, or all when null. */
	refresh(hostKeys: readonly HostKey[] | null): void;
	/** Asks what keeps the host's disk; says so with `disk-asked`. */
	readDisk(hostKey: HostKey, parts: readonly HostDiskUsagePart[]): void;
	/** Trusts these keys and reaches their hosts again; resolves with what went wrong, in words, or null. */
	acceptHostKeys(reviews: readonly HostKeyReview[]): Promise<string | null>;
	/** What hosts ask the person, and where the answers go. */
	readonly attention: AttentionDesk;
	/** Where plans are made and run; null where hosts must not be changed. */
	readonly prune: PruneDesk | null;
	/** Selects what the prune dialog lists. */
	readonly selectPrune: PruneSelector;
	quit(): void;
	/** As quit, but said to whoever started the program: Control-C. */
	interrupt(): void;
};

export type Command = {
	/** Stable name, e.g. `mark`. */
	readonly id: string;
	/** What it does, as a sentence without full stop: help, palette, README. */
	readonly title: string;
	/** Names of key presses, see `parseKeyPresses`; the first is the one shown in the footer. */
	readonly keys: readonly string[];
	readonly scope: CommandScope;
	readonly group: 'Move' | 'Views' | 'Find' | 'Hosts' | 'Disk' | 'Prune' | 'Kernel log' | 'Sickbay';
	/** One word or two for the footer, null to leave it out just now; absent: never shown there. */
	readonly footer?: string | ((view: ViewState) => string | null);
	/** For the footer, where the hint speaks for a row of commands; absent: the command's own first key. */
	readonly footerKeys?: string;
	/** True for what leads to changing a host: not there at all in read-only mode. */
	readonly changesHosts?: boolean;
	/** True for the way out of a state the person must not stay in unawares: the footer begins with it. */
	readonly footerFirst?: boolean;
	/** Why it cannot act now, for the person who pressed the key; null when it can. */
	readonly disabledReason?: (context: CommandContext) => string | null;
	readonly run: (context: CommandContext) => void;
};

/** False for what changes hosts where that is not wanted. */
export function isAvailable({changesHosts}: Command, {readOnly}: Pick<ViewState, 'readOnly'>): boolean {
	return changesHosts !== true || !readOnly;
}

/** True when the command's keys mean this command in the view as it is. */
export function isInScope(command: Command, view: ViewState): boolean {
	if (!isAvailable(command, view)) return false;
	switch (command.scope) {
		case 'everywhere':
			return true;
		case 'board':
			return view.route.kind === 'board';
		case 'findings':
			return view.route.kind === 'findings';
		case 'lists':
			return view.route.kind === 'board' || view.route.kind === 'findings';
		case 'host':
			return view.route.kind === 'host';
		case 'prune':
		case 'activity':
			return view.route.kind === command.scope;
		case 'disk':
			return view.route.kind === 'host' && view.route.tab === 'disk';
		case 'kernel-log':
			return view.route.kind === 'host' && view.route.tab === 'kernel';
	}
}
