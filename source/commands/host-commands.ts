/** Commands of the host view: its tabs and the way back. */
import {hostTabs, type HostTab, type ViewState} from '../view-state/view-state.ts';
import type {Command, CommandContext} from './command.ts';

const tabTitles: Readonly<Record<HostTab, string>> = {
	findings: 'Show what is wrong with the host',
	containers: 'Show its containers',
	disk: 'Show what keeps its disk',
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

/** Out of what is shown in full, out of a search, and only then out of the host. */
function goBack({view, dispatch}: CommandContext): void {
	if (view.kernel.isDetailOpen) dispatch({kind: 'incident-closed'});
	else if (isSearching(view)) dispatch({kind: 'kernel-log-searched', search: ''});
	else dispatch({kind: 'host-closed'});
}

function isSearching({route, kernel}: ViewState): boolean {
	return route.kind === 'host' && route.tab === 'kernel' && kernel.search !== '';
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
		id: 'back',
		title: 'Back to the list the host was opened from',
		keys: ['Esc', 'q'],
		scope: 'host',
		group: 'Views',
		footer: (view) => (!view.kernel.isDetailOpen && isSearching(view) ? 'clear' : 'back'),
		run: goBack,
	},
];
