/** Opens the real screen on a fake terminal with a fixed fleet. */
import {onTestFinished} from 'vitest';
import type {FleetState} from '../../../source/fleet/fleet-state.ts';
import type {HostDiskUsagePart} from '../../../source/model/disk-usage.ts';
import type {HostKey} from '../../../source/model/host.ts';
import {renderScreen, type RenderedScreen, type ScreenOptions} from '../../../source/ui/render-screen.tsx';
import {createFakeClock, type FakeClock} from '../../fake-clock.ts';
import {createFakeTerminal, type FakeTerminal} from './fake-terminal.ts';
import {createFixtureStore} from './fixture-store.ts';
import {createFixtureFleet} from './fleet-fixture.ts';
import {fixtureNow} from './host-fixture.ts';

export type OpenScreen = {
	readonly terminal: FakeTerminal;
	readonly clock: FakeClock;
	readonly store: ReturnType<typeof createFixtureStore>;
	readonly screen: RenderedScreen;
	/** What `onRefresh` was called with. */
	readonly refreshes: (readonly HostKey[] | null)[];
	/** What was asked about disks. */
	readonly diskQuestions: readonly (readonly [HostKey, readonly HostDiskUsagePart[]])[];
	/** Names whose keys were accepted. */
	readonly accepted: readonly string[];
	/** Types keys and waits until what they changed is drawn. */
	press(keys: string): Promise<void>;
};

export type OpenOptions = Partial<
	Pick<ScreenOptions, 'ascii' | 'attention' | 'colour' | 'demo' | 'prune' | 'title' | 'tmux'>
> & {
	readonly columns?: number;
	readonly rows?: number;
	readonly fleet?: FleetState;
	/** Absent: one of its own. */
	readonly clock?: FakeClock;
	readonly widths?: 'modern' | 'old';
};

export async function openScreen(options: OpenOptions = {}): Promise<OpenScreen> {
	const {columns = 80, rows = 24, fleet = createFixtureFleet(), ascii = false, colour = false} = options;
	const terminal = createFakeTerminal(columns, rows, options.widths);
	const clock = options.clock ?? createFakeClock(fixtureNow);
	const store = createFixtureStore(fleet);
	const accepted: string[] = [];
	const diskQuestions: (readonly [HostKey, readonly HostDiskUsagePart[]])[] = [];
	const refreshes: (readonly HostKey[] | null)[] = [];
	const screen = renderScreen({
		store,
		clock,
		ascii,
		colour,
		demo: options.demo ?? false,
		tmux: options.tmux ?? false,
		title: options.title ?? 'prod',
		onRefresh: (hostKeys) => refreshes.push(hostKeys),
		onReadDisk: (hostKey, parts) => diskQuestions.push([hostKey, parts]),
		onAcceptHostKeys(reviews) {
			accepted.push(...reviews.map(({offered}) => offered.lookupName));
			return Promise.resolve(null);
		},
		...(options.attention === undefined ? {} : {attention: options.attention}),
		...(options.prune === undefined ? {} : {prune: options.prune}),
		stdin: terminal.stdin,
		stdout: terminal.stdout,
	});
	onTestFinished(() => {
		screen.close();
	});
	await terminal.waitFor((text) => text.trim() !== '');
	await screen.waitUntilDrawn();
	return {
		terminal,
		clock,
		store,
		screen,
		refreshes,
		diskQuestions,
		accepted,
		async press(keys) {
			terminal.type(keys);
			// Ink reads input when the stream says so, in a later turn of the event loop.
			await new Promise((resolve) => {
				setImmediate(resolve);
			});
			await screen.waitUntilDrawn();
		},
	};
}
