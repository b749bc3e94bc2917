/** Commands about what is removed from hosts: making a plan, changing it, confirming it, and finding it again. */
import type {HostKey} from '../model/host.ts';
import type {PruneRun} from '../model/prune-desk.ts';
import type {PrunePlan} from '../model/prune-plan.ts';
import {clamp, stepLength} from '../view-state/reduce-board.ts';
import {pruneListRows} from '../view-state/screen-layout.ts';
import {isSelectable, planOf, wantsWord, whyNotRunnable, type PruneRow} from '../view-state/prune-page.ts';
import type {Step} from '../view-state/view-action.ts';
import {selectCurrentHostKey, type Overlay} from '../view-state/view-state.ts';
import type {Command, CommandContext} from './command.ts';

/** The run in the open dialog; null where none is, or where it is kept no more. */
export function openRunOf({view, prune}: Pick<CommandContext, 'view' | 'prune'>): PruneRun | null {
	const {route} = view;
	if (route.kind !== 'prune') return null;
	return prune?.getState().find(({id}) => id === route.runId) ?? null;
}

export function movePruneCursor(context: CommandContext, step: Step, direction: 1 | -1): void {
	const run = openRunOf(context);
	if (run === null) return;
	const {rows, index} = context.selectPrune(run, context.view.prune);
	const places = rows.flatMap((row, place) => (isSelectable(row) ? [place] : []));
	const at = places.indexOf(index);
	const by = direction * stepLength(step, pruneListRows(context.view.size));
	const row = rows[places[clamp(at + by, places.length - 1)] ?? -1];
	if (row !== undefined) context.dispatch({kind: 'prune-row-chosen', key: row.key});
}

export function moveInActivity({view, prune, dispatch}: CommandContext, step: Step, direction: 1 | -1): void {
	const runs = [...(prune?.getState() ?? [])].reverse();
	const at = Math.max(
		0,
		runs.findIndex(({id}) => id === view.activitySelection),
	);
	const next = runs[clamp(at + direction * stepLength(step, view.size.rows - 3), runs.length - 1)];
	if (next !== undefined) dispatch({kind: 'activity-chosen', runId: next.id});
}

export type PruneWordOverlay = Extract<Overlay, {kind: 'prune-word'}>;

const word = 'prune';

/** Only typed keys count here, and only the whole word followed by Enter runs the plan. */
export function routePruneWordKey(press: string, {runId, typed}: PruneWordOverlay, context: CommandContext): void {
	const {dispatch, now} = context;
	if (press === 'Esc') dispatch({kind: 'overlay-closed'});
	else if (press === 'Enter') {
		dispatch({kind: 'overlay-closed'});
		const run = openRunOf(context);
		if (typed !== word) dispatch({kind: 'noticed', text: `not run: the word is ${word}`, at: now});
		else if (run?.id === runId && whyNotRunnable(run) === null) start(runId, context);
	} else if (press === 'Backspace')
		dispatch({kind: 'overlay-opened', overlay: {kind: 'prune-word', runId, typed: typed.slice(0, -1)}});
	else if (/^[a-zA-Z]$/.test(press) && typed.length < 20) {
		dispatch({kind: 'overlay-opened', overlay: {kind: 'prune-word', runId, typed: typed + press}});
	}
}

/** All marked hosts on the board, else the one the screen is about. */
function chosenHosts({view}: CommandContext): readonly HostKey[] {
	if (view.route.kind === 'board' && view.marks.size > 0) return [...view.marks];
	const current = selectCurrentHostKey(view);
	return current === null ? [] : [current];
}

function whyNoPlan(context: CommandContext): string | null {
	if (context.view.frozen !== null) return 'the picture is frozen; Z lets it live again';
	return chosenHosts(context).length === 0 ? 'open a host, or mark hosts on the board' : null;
}

function rowUnderCursor(context: CommandContext): PruneRow | null {
	const run = openRunOf(context);
	if (run === null) return null;
	const {rows, index} = context.selectPrune(run, context.view.prune);
	return rows[index] ?? null;
}

function toggle(context: CommandContext): void {
	const run = openRunOf(context);
	const row = rowUnderCursor(context);
	if (run === null || row === null) return;
	if (run.stage !== 'planning') notice(context, 'what was confirmed is not changed any more');
	else if (row.kind === 'host') context.prune?.toggleHost(run.id, row.host.hostKey);
	else if (row.kind === 'item') {
		const before = planUnderCursor(context, row.hostKey);
		context.prune?.toggle(run.id, row.hostKey, row.item.key);
		if (planUnderCursor(context, row.hostKey) === before) notice(context, `it stays: ${row.item.why}`);
	}
}

function planUnderCursor(context: CommandContext, hostKey: HostKey): PrunePlan | null {
	const host = openRunOf(context)?.hosts.find((candidate) => candidate.hostKey === hostKey);
	return host === undefined ? null : planOf(host);
}

function notice({dispatch, now}: CommandContext, text: string): void {
	dispatch({kind: 'noticed', text, at: now});
}

/** What Enter does: the button that has the focus. */
function activate(context: CommandContext): void {
	const {view, prune, dispatch, now} = context;
	const run = openRunOf(context);
	if (run === null || view.prune.focus === 'cancel') {
		if (run?.stage === 'planning') {
			prune?.stop(run.id);
			dispatch({kind: 'noticed', text: 'nothing was removed', at: now});
		}
		dispatch({kind: 'prune-left'});
		return;
	}
	if (run.stage === 'running') {
		prune?.stop(run.id);
		return;
	}
	const reason = whyNotRunnable(run);
	if (reason !== null) dispatch({kind: 'noticed', text: reason, at: now});
	else if (wantsWord(run)) dispatch({kind: 'overlay-opened', overlay: {kind: 'prune-word', runId: run.id, typed: ''}});
	else start(run.id, context);
}

/** The focus goes first: an Enter too many must not press what takes the button's place. */
function start(runId: number, {prune, dispatch}: CommandContext): void {
	dispatch({kind: 'prune-focus-moved', focus: 'cancel'});
	prune?.run(runId);
}

const inDialog = {scope: 'prune', group: 'Prune', changesHosts: true} as const;

export const pruneCommands: readonly Command[] = [
	{
		id: 'prune',
		title: 'Plan what can go from the disk of the host, or of all marked hosts',
		keys: ['P'],
		scope: 'everywhere',
		group: 'Prune',
		changesHosts: true,
		footer: ({route}) => (route.kind === 'host' && route.tab === 'disk' ? 'prune' : null),
		disabledReason: whyNoPlan,
		run(context) {
			const runId = context.prune?.open(chosenHosts(context));
			if (runId !== undefined) context.dispatch({kind: 'prune-opened', runId});
		},
	},
	{
		...inDialog,
		id: 'prune-toggle',
		title: 'Take the object or host out of the plan, or put it back in',
		keys: ['Space'],
		footer: 'in or out',
		run: toggle,
	},
	{
		...inDialog,
		id: 'prune-details',
		title: "Show a host's objects, or why an object goes and the exact calls",
		keys: ['d'],
		footer: 'details',
		run(context) {
			const row = rowUnderCursor(context);
			if (row !== null) context.dispatch({kind: 'prune-row-toggled', key: row.key});
		},
	},
	{
		...inDialog,
		id: 'prune-goes',
		title: 'Show what goes',
		keys: ['1'],
		footer: 'goes/stays',
		footerKeys: '1 2',
		run: ({dispatch}) => dispatch({kind: 'prune-page-chosen', page: 'goes'}),
	},
	{
		...inDialog,
		id: 'prune-stays',
		title: 'Show what stays, and why',
		keys: ['2'],
		run: ({dispatch}) => dispatch({kind: 'prune-page-chosen', page: 'stays'}),
	},
	{
		...inDialog,
		id: 'prune-focus',
		title: 'Move to the other button',
		keys: ['Tab', 'Shift+Tab', 'Left', 'Right'],
		footer: 'button',
		run: ({view, dispatch}) =>
			dispatch({kind: 'prune-focus-moved', focus: view.prune.focus === 'cancel' ? 'run' : 'cancel'}),
	},
	{
		...inDialog,
		id: 'prune-press',
		title: 'Press the button; it begins with the one that removes nothing',
		keys: ['Enter'],
		footer: 'press',
		run: activate,
	},
	{
		...inDialog,
		id: 'prune-leave',
		title: 'Leave the plan or run as it is; it goes on without being looked at',
		keys: ['Esc', 'q'],
		footer: 'leave',
		run: ({dispatch}) => dispatch({kind: 'prune-left'}),
	},
	{
		id: 'show-activity',
		title: 'Show the plans and runs of this session',
		keys: ['5'],
		scope: 'lists',
		group: 'Views',
		changesHosts: true,
		run: ({dispatch}) => dispatch({kind: 'activity-shown'}),
	},
	{
		id: 'open-activity',
		title: 'Open the plan or run under the cursor',
		keys: ['Enter'],
		scope: 'activity',
		group: 'Views',
		changesHosts: true,
		footer: 'open',
		disabledReason: ({prune}) => (prune?.getState().length === 0 ? 'nothing was planned yet' : null),
		run({view, prune, dispatch}) {
			const runs = prune?.getState() ?? [];
			const run = runs.find(({id}) => id === view.activitySelection) ?? runs.at(-1);
			if (run !== undefined) dispatch({kind: 'prune-opened', runId: run.id});
		},
	},
	{
		id: 'leave-activity',
		title: 'Back to the hosts',
		keys: ['Esc', 'q', '1'],
		scope: 'activity',
		group: 'Views',
		changesHosts: true,
		footer: 'back',
		run: ({dispatch}) => dispatch({kind: 'activity-left'}),
	},
];
