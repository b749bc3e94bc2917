/** Commands of the host view: its tabs, the way back, and the kernel log's search. */
import {hostTabs, type HostTab} from '../view-state/view-state.ts';
import type {Command, CommandContext} from './command.ts';
import {findInKernelLog} from './scroll-kernel-log.ts';

const tabTitles: Readonly<Record<HostTab, string>> = {
	findings: 'Show what is wrong with the host',
	containers: 'Show its containers',
	disk: 'Show its file systems and images',
	kernel: 'Show its kernel log',
	storage: 'Show its engine and storage driver',
};

function openTab(tab: HostTab, index: number): Command {
	return {
		id: `tab-${tab}`,
		title: tabTitles[tab],
		keys: [String(index + 1)],
		scope: 'host',
		group: 'Views',
		...(index === 0 ? {footer: 'tabs', footerKeys: `1-${hostTabs.length}`} : {}),
		run: ({dispatch}) => dispatch({kind: 'tab-opened', tab}),
	};
}

function openNeighbour({view, dispatch}: CommandContext, by: 1 | -1): void {
	if (view.route.kind !== 'host') return;
	const index = hostTabs.indexOf(view.route.tab) + by + hostTabs.length;
	const tab = hostTabs[index % hostTabs.length];
	if (tab !== undefined) dispatch({kind: 'tab-opened', tab});
}

function noSearch({view}: CommandContext): string | null {
	return view.kernel.search === '' ? 'nothing is searched for: press /' : null;
}

export const hostCommands: readonly Command[] = [
	...hostTabs.map(openTab),
	{
		id: 'next-tab',
		title: 'Next tab',
		keys: ['Tab'],
		scope: 'host',
		group: 'Views',
		run: (context) => openNeighbour(context, 1),
	},
	{
		id: 'previous-tab',
		title: 'Previous tab',
		keys: ['Shift+Tab'],
		scope: 'host',
		group: 'Views',
		run: (context) => openNeighbour(context, -1),
	},
	{
		id: 'search',
		title: 'Search the kernel log, newest line first',
		keys: ['/'],
		scope: 'kernel-log',
		group: 'Kernel log',
		footer: 'search',
		run: ({view, dispatch}) => dispatch({kind: 'overlay-opened', overlay: {kind: 'search', text: view.kernel.search}}),
	},
	{
		id: 'find-older',
		title: 'Next older line that matches the search',
		keys: ['n'],
		scope: 'kernel-log',
		group: 'Kernel log',
		footer: ({kernel}) => (kernel.search === '' ? null : 'older'),
		disabledReason: noSearch,
		run: (context) => findInKernelLog(context, -1, false),
	},
	{
		id: 'find-newer',
		title: 'Next newer line that matches the search',
		keys: ['N'],
		scope: 'kernel-log',
		group: 'Kernel log',
		disabledReason: noSearch,
		run: (context) => findInKernelLog(context, 1, false),
	},
	{
		id: 'follow',
		title: 'Hold the kernel log still, or follow its newest line',
		keys: ['f'],
		scope: 'kernel-log',
		group: 'Kernel log',
		footer: ({kernel}) => (kernel.anchor === null ? 'hold' : 'follow'),
		run({view, fleet, dispatch}) {
			const records = view.route.kind === 'host' ? fleet.hosts.get(view.route.hostKey)?.kernelRecords : undefined;
			dispatch({kind: 'kernel-log-held', anchor: view.kernel.anchor === null ? (records?.at(-1) ?? null) : null});
		},
	},
	{
		id: 'back',
		title: 'Back to the board',
		keys: ['Esc', 'q'],
		scope: 'host',
		group: 'Views',
		footer: 'back',
		run: ({dispatch}) => dispatch({kind: 'host-closed'}),
	},
];
