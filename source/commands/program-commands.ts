/** Commands about the picture and the program itself. */
import type {HostKey} from '../model/host.ts';
import {selectAskableParts} from '../view-state/disk-view.ts';
import {selectPageHosts} from '../view-state/select-findings-page.ts';
import {selectCurrentHostKey, type ViewState} from '../view-state/view-state.ts';
import type {Command, CommandContext} from './command.ts';
import {openRunOf} from './prune-commands.ts';

/** Marked hosts if there are any on the board, else the one the screen is about, or those of the finding. */
function refreshChosen(context: CommandContext): void {
	const {view, fleet, now, dispatch, refresh} = context;
	if (view.route.kind === 'prune') {
		planAnew(context);
		return;
	}
	const isMarked = view.route.kind === 'board' && view.marks.size > 0;
	const keys = isMarked ? [...view.marks] : currentHostKeys(context);
	refresh(keys);
	if (view.route.kind === 'host' && view.route.tab === 'disk') readDiskAnew(context, view.route.hostKey);
	const only = keys.length === 1 && keys[0] !== undefined ? fleet.hosts.get(keys[0])?.host.name : undefined;
	dispatch({
		kind: 'noticed',
		text: `asking ${only ?? `${keys.length} ${isMarked ? 'marked ' : ''}hosts`} anew`,
		at: now,
	});
}

/** What is under way is left alone; its hosts are read anew when it is over. */
function planAnew(context: CommandContext): void {
	const {prune, now, dispatch} = context;
	const run = openRunOf(context);
	if (run === null || prune === null) return;
	if (run.stage === 'running' || run.stage === 'stopping') {
		dispatch({kind: 'noticed', text: 'it is under way; plan anew when it is over', at: now});
		return;
	}
	prune.stop(run.id);
	dispatch({kind: 'prune-opened', runId: prune.open(run.hosts.map(({hostKey}) => hostKey))});
}

/** A person asks: what the host can answer now is asked, however recent the last answer is. */
function readDiskAnew({liveFleet, readDisk}: CommandContext, hostKey: HostKey): void {
	const host = liveFleet.hosts.get(hostKey);
	const parts = host === undefined ? [] : selectAskableParts(host.ladder);
	if (parts.length > 0) readDisk(hostKey, parts);
}

function currentHostKeys(context: CommandContext): readonly HostKey[] {
	const {view, fleet, findings} = context;
	if (view.route.kind === 'prune') return openRunOf(context)?.hosts.map(({hostKey}) => hostKey) ?? [];
	if (view.route.kind === 'findings') return selectPageHosts(findings.page(view, fleet));
	const current = selectCurrentHostKey(view);
	return current === null ? [] : [current];
}

/** The kernel tab has so many keys of its own that a narrow terminal shows only the way to help beside them. */
function isCrowded({route, size}: ViewState): boolean {
	return route.kind === 'host' && route.tab === 'kernel' && size.columns < 120;
}

export const programCommands: readonly Command[] = [
	{
		id: 'freeze',
		title: 'Freeze the picture, or let it live again',
		keys: ['Z'],
		scope: 'everywhere',
		group: 'Sickbay',
		footer: ({frozen}) => (frozen === null ? null : 'thaws'),
		footerFirst: true,
		run({view, liveFleet, now, dispatch}) {
			dispatch(view.frozen === null ? {kind: 'frozen', fleet: liveFleet, at: now} : {kind: 'thawed'});
		},
	},
	{
		id: 'refresh',
		title: 'Read anew: the host, all marked hosts, those of a finding or of a plan',
		keys: ['^r', 'F5'],
		scope: 'everywhere',
		group: 'Hosts',
		// The board's hints fill a narrow terminal without it.
		footer: (view) => (view.route.kind !== 'host' || isCrowded(view) ? null : 'refresh'),
		disabledReason: (context) => (currentHostKeys(context).length === 0 ? 'there is no host to read' : null),
		run: refreshChosen,
	},
	{
		id: 'refresh-all',
		title: 'Read all hosts anew',
		keys: [],
		scope: 'everywhere',
		group: 'Hosts',
		disabledReason: ({liveFleet}) => (liveFleet.hosts.size === 0 ? 'there are no hosts' : null),
		run({now, dispatch, refresh}) {
			refresh(null);
			dispatch({kind: 'noticed', text: 'asking all hosts anew', at: now});
		},
	},
	{
		id: 'palette',
		title: 'Find a command by its name',
		keys: [':'],
		scope: 'everywhere',
		group: 'Sickbay',
		footer: (view) => (isCrowded(view) ? null : 'commands'),
		run: ({dispatch}) => dispatch({kind: 'overlay-opened', overlay: {kind: 'palette', text: '', index: 0}}),
	},
	{
		id: 'help',
		title: 'Show all keys',
		keys: ['?', 'F1'],
		scope: 'everywhere',
		group: 'Sickbay',
		footer: 'help',
		run: ({dispatch}) => dispatch({kind: 'overlay-opened', overlay: {kind: 'help', offset: 0}}),
	},
	{
		id: 'quit',
		title: 'Quit; Control-C quits from everywhere',
		keys: ['q'],
		scope: 'board',
		group: 'Sickbay',
		footer: 'quit',
		disabledReason: ({prune}) =>
			prune?.getState().some(({stage}) => stage === 'running' || stage === 'stopping') === true
				? 'a prune is under way: 5 shows it, Control-C quits all the same'
				: null,
		run: ({quit}) => quit(),
	},
];
