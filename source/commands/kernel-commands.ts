/** Commands of the kernel tab: its boots, its incidents, and the log's search, wrapping and copying. */
import {selectBootBeside} from '../fleet/select-open-boot.ts';
import type {ViewState} from '../view-state/view-state.ts';
import {isTrouble} from '../view-state/kernel-layout.ts';
import type {Command, CommandContext} from './command.ts';
import {copyKernelLines, selectCopy} from './copy-kernel-lines.ts';
import {chooseIncident, chosenIncident, findIncidentLine, findInKernelLog, openBootOf} from './scroll-kernel-log.ts';

const inKernelLog = {scope: 'kernel-log', group: 'Kernel log'} as const;

/** With a search the search, else the incidents: what was asked for last is what is looked for. */
function findNext(context: CommandContext, direction: 1 | -1): void {
	if (context.view.kernel.isDetailOpen) chooseIncident(context, direction === -1 ? 1 : -1);
	else if (context.view.kernel.search !== '') findInKernelLog(context, direction, false);
	else findIncidentLine(context, direction);
}

function nothingToFind({view, fleet}: CommandContext): string | null {
	const open = openBootOf({view, fleet});
	const isEmpty = view.kernel.search === '' && open?.incidents.some(isTrouble) !== true;
	return isEmpty ? 'no known trouble in this log, and nothing is searched for: press /' : null;
}

function noIncident({view, fleet}: CommandContext): string | null {
	return chosenIncident({view, fleet}) === null ? 'no incident in this log' : null;
}

function nothingToShow(context: CommandContext): string | null {
	return openBootOf(context)?.boot == null ? noIncident(context) : null;
}

function bootBeside({view, fleet}: CommandContext, direction: 1 | -1): string | null | undefined {
	const host = view.route.kind === 'host' ? fleet.hosts.get(view.route.hostKey) : undefined;
	return host === undefined ? undefined : selectBootBeside(host, view.kernel.bootKey, direction);
}

function chooseBoot(context: CommandContext, direction: 1 | -1): void {
	const bootKey = bootBeside(context, direction);
	if (bootKey !== undefined) context.dispatch({kind: 'boot-chosen', bootKey});
}

function noOlderBoot(context: CommandContext): string | null {
	if (bootBeside(context, -1) !== undefined) return null;
	const {view, fleet} = context;
	const host = view.route.kind === 'host' ? fleet.hosts.get(view.route.hostKey) : undefined;
	if (host?.bootHistory == null) return 'earlier boots are not known';
	return view.kernel.bootKey === null
		? 'the host remembers no earlier boot'
		: 'the host remembers no boot before this one';
}

/** What tells a narrow terminal of the tab's own keys comes first. */
function isWide({size}: ViewState): boolean {
	return size.columns >= 100;
}

export const kernelCommands: readonly Command[] = [
	{
		...inKernelLog,
		id: 'open-incident',
		title: 'Show the chosen incident in full, or close it again',
		keys: ['Enter', 'd'],
		footer: ({kernel}) => (kernel.isDetailOpen ? null : 'details'),
		footerKeys: 'd',
		disabledReason: nothingToShow,
		run: ({view, dispatch}) => dispatch({kind: view.kernel.isDetailOpen ? 'incident-closed' : 'incident-opened'}),
	},
	{
		...inKernelLog,
		id: 'search',
		title: 'Search the kernel log, newest line first; Esc ends the search',
		keys: ['/'],
		footer: ({kernel}) => (kernel.isDetailOpen ? null : 'search'),
		run: ({view, dispatch}) => dispatch({kind: 'overlay-opened', overlay: {kind: 'search', text: view.kernel.search}}),
	},
	{
		...inKernelLog,
		id: 'find-older',
		title: 'Next older line: of the search, else of trouble',
		keys: ['n'],
		footer: ({kernel}) => (kernel.search === '' ? 'trouble' : 'older'),
		disabledReason: nothingToFind,
		run: (context) => findNext(context, -1),
	},
	{
		...inKernelLog,
		id: 'find-newer',
		title: 'Next newer line: of the search, else of trouble',
		keys: ['N'],
		disabledReason: nothingToFind,
		run: (context) => findNext(context, 1),
	},
	{
		...inKernelLog,
		id: 'next-incident',
		title: 'Choose the next incident of the list',
		keys: ['J'],
		disabledReason: noIncident,
		run: (context) => chooseIncident(context, 1),
	},
	{
		...inKernelLog,
		id: 'previous-incident',
		title: 'Choose the incident above in the list',
		keys: ['K'],
		disabledReason: noIncident,
		run: (context) => chooseIncident(context, -1),
	},
	{
		...inKernelLog,
		id: 'older-boot',
		title: 'Show the log of the boot before',
		keys: ['['],
		footer: ({kernel}) => (kernel.isDetailOpen ? null : 'boots'),
		disabledReason: noOlderBoot,
		run: (context) => chooseBoot(context, -1),
	},
	{
		...inKernelLog,
		id: 'newer-boot',
		title: 'Show the log of the boot after',
		keys: [']'],
		disabledReason: ({view}) => (view.kernel.bootKey === null ? 'this is the running boot' : null),
		run: (context) => chooseBoot(context, 1),
	},
	{
		...inKernelLog,
		id: 'follow',
		title: 'Hold the kernel log still, or follow its newest line',
		keys: ['f'],
		footer: ({kernel}) => (kernel.bootKey !== null || kernel.anchor === null || kernel.isDetailOpen ? null : 'follow'),
		disabledReason: ({view}) => (view.kernel.bootKey === null ? null : 'this boot is over; ] leads to the running one'),
		run(context) {
			const {view, dispatch} = context;
			const newest = openBootOf(context)?.records.at(-1) ?? null;
			dispatch({kind: 'kernel-log-held', anchor: view.kernel.anchor === null ? newest : null});
		},
	},
	{
		...inKernelLog,
		id: 'wrap',
		title: 'Continue long lines on the next one, or cut them',
		keys: ['w'],
		footer: (view) => (view.kernel.isDetailOpen || !isWide(view) ? null : 'wrap'),
		run: ({dispatch}) => dispatch({kind: 'kernel-log-wrapped'}),
	},
	{
		...inKernelLog,
		id: 'copy-incident',
		title: 'Copy the lines of the chosen incident, else of the screen',
		keys: ['y'],
		footer: (view) => (view.kernel.isDetailOpen || isWide(view) ? 'copy' : null),
		disabledReason: (context) =>
			selectCopy(context, 'incident').lines.length === 0 ? 'there are no lines to copy' : null,
		run: (context) => copyKernelLines(context, 'incident'),
	},
	{
		...inKernelLog,
		id: 'copy-screen',
		title: 'Copy the log lines on the screen',
		keys: ['Y'],
		disabledReason: (context) =>
			selectCopy(context, 'screen').lines.length === 0 ? 'there are no lines to copy' : null,
		run: (context) => copyKernelLines(context, 'screen'),
	},
];
