/**
 * Takes the terminal over, draws the fleet until the person quits, and gives the terminal back, whatever happens: a
 * view that throws ends the screen and rejects `waitUntilExit`.
 */
import process from 'node:process';
import {render} from 'ink';
import type {HostKeyReview} from '../fleet/select-host-key-reviews.ts';
import type {FleetStore} from '../fleet/store.ts';
import type {AttentionDesk} from '../model/attention.ts';
import type {HostDiskUsagePart} from '../model/disk-usage.ts';
import type {HostKey} from '../model/host.ts';
import type {PruneDesk} from '../model/prune-desk.ts';
import type {Clock} from '../support/clock.ts';
import {formatClipboardSequence} from '../support/format-clipboard-sequence.ts';
import {keepBoardOrder} from '../view-state/keep-board-order.ts';
import {keepDiskAsked} from '../view-state/keep-disk-asked.ts';
import {initialView} from '../view-state/view-state.ts';
import {createViewStore} from '../view-state/view-store.ts';
import {withFunctionKeys} from './function-keys.ts';
import {quietDesk} from './prompt/quiet-desk.ts';
import {ThemeContext} from './lines-view.tsx';
import {Screen} from './screen.tsx';
import {createTheme} from './theme.ts';

export type ScreenOptions = {
	readonly store: FleetStore;
	readonly clock: Clock;
	readonly demo: boolean;
	/** What the fleet is called, for the header; may be empty. */
	readonly title: string;
	/** Reads the given hosts anew, or all of them when null. */
	readonly onRefresh: (hostKeys: readonly HostKey[] | null) => void;
	/** Asks what keeps the host's disk; the answers come into the store. */
	readonly onReadDisk: (hostKey: HostKey, parts: readonly HostDiskUsagePart[]) => void;
	/** Trusts these keys and reaches their hosts again; resolves with what went wrong, in words, or null. */
	readonly onAcceptHostKeys: (reviews: readonly HostKeyReview[]) => Promise<string | null>;
	/** What hosts ask the person; absent: nothing ever. */
	readonly attention?: AttentionDesk;
	/** Where plans are made and run; absent or null: nothing on this screen changes a host. */
	readonly prune?: PruneDesk | null;
	readonly stdin?: NodeJS.ReadStream;
	readonly stdout?: NodeJS.WriteStream;
	readonly ascii: boolean;
	readonly colour: boolean;
	/** True when tmux stands between the program and the terminal; absent: it does not. */
	readonly tmux?: boolean;
};

export type RenderedScreen = {
	/**
	 * Resolves when the person quits, presses Control-C, or `close` is called; rejects with the error of a view that
	 * threw.
	 */
	waitUntilExit(): Promise<'quit' | 'interrupted'>;
	/** Resolves when everything drawn so far has been written. */
	waitUntilDrawn(): Promise<void>;
	close(): void;
};

/** A key shows within a frame of this rate; data comes coalesced, so it does not set the pace. */
const maxFps = 60;

/** Autowrap off: a character the terminal draws wider than expected is cut at the edge and moves no line. */
const noWrap = '\u001B[?7l';
const wrap = '\u001B[?7h';

export function renderScreen(options: ScreenOptions): RenderedScreen {
	const {store, clock, demo, title, onRefresh, onAcceptHostKeys, attention = quietDesk, prune = null} = options;
	const stdout = options.stdout ?? process.stdout;
	// A terminal may not say its size yet; the screen asks again when it is drawn.
	const size = {columns: stdout.columns || 80, rows: stdout.rows || 24};
	const viewStore = createViewStore({...initialView, size, readOnly: prune === null});
	let outcome: 'quit' | 'interrupted' = 'quit';
	const onInterrupt = (): void => {
		outcome = 'interrupted';
	};
	const onCopy = (text: string): void => {
		const sequence = formatClipboardSequence(text, {tmux: options.tmux ?? false});
		if (sequence !== null) stdout.write(sequence);
	};
	const onReadDisk: ScreenOptions['onReadDisk'] = (hostKey, parts) => {
		viewStore.dispatch({kind: 'disk-asked', hostKey, parts, at: clock.now()});
		options.onReadDisk(hostKey, parts);
	};
	const keeping = [keepBoardOrder(store, viewStore, clock), keepDiskAsked(store, viewStore, clock, onReadDisk)];
	const restoreWrap = (): void => {
		if (stdout.writable) stdout.write(wrap);
	};
	process.once('exit', restoreWrap);
	stdout.write(noWrap);
	const instance = render(
		<ThemeContext value={createTheme(options)}>
			<Screen
				{...{
					fleetStore: store,
					viewStore,
					clock,
					title,
					demo,
					onRefresh,
					onReadDisk,
					onAcceptHostKeys,
					attention,
					prune,
					onCopy,
					onInterrupt,
				}}
			/>
		</ThemeContext>,
		{
			stdin: withFunctionKeys(options.stdin ?? process.stdin),
			stdout,
			interactive: true,
			alternateScreen: true,
			incrementalRendering: true,
			patchConsole: false,
			// Control-C is a key of the command table, which tells it from quitting.
			exitOnCtrlC: false,
			maxFps,
		},
	);
	const exited = instance.waitUntilExit().finally(() => {
		for (const stop of keeping) stop();
		process.removeListener('exit', restoreWrap);
		restoreWrap();
	});
	// The owner may look at the outcome later than it happens.
	exited.catch(() => undefined);
	return {
		async waitUntilExit() {
			await exited;
			return outcome;
		},
		waitUntilDrawn: () => instance.waitUntilRenderFlush(),
		close: () => instance.unmount(),
	};
}
