/** Moving the cursor of a list and the lines of a tab: the same keys everywhere. */
import type {Step} from '../view-state/view-action.ts';
import {hostContentRows} from '../view-state/screen-layout.ts';
import {stepLength} from '../view-state/reduce-board.ts';
import type {Command, CommandContext} from './command.ts';
import {moveInFindings} from './findings-commands.ts';
import {moveInActivity, movePruneCursor} from './prune-commands.ts';
import {scrollKernelLog} from './scroll-kernel-log.ts';

function move(context: CommandContext, step: Step, direction: 1 | -1): void {
	const {view, dispatch} = context;
	if (view.route.kind === 'board') dispatch({kind: 'cursor-moved', step, direction});
	else if (view.route.kind === 'findings') moveInFindings(context, step, direction);
	else if (view.route.kind === 'prune') movePruneCursor(context, step, direction);
	else if (view.route.kind === 'activity') moveInActivity(context, step, direction);
	else if (view.route.tab !== 'kernel' || view.kernel.isDetailOpen) {
		dispatch({kind: 'tab-scrolled', step, direction, lineCount: context.countTabLines()});
	} else scrollKernelLog(context, direction * stepLength(step, hostContentRows(view.size)));
}

function moveCommand(id: string, title: string, keys: readonly string[], step: Step, direction: 1 | -1): Command {
	return {id, title, keys, scope: 'everywhere', group: 'Move', run: (context) => move(context, step, direction)};
}

export const moveCommands: readonly Command[] = [
	moveCommand('down', 'Move down', ['j', 'Down'], 'line', 1),
	moveCommand('up', 'Move up', ['k', 'Up'], 'line', -1),
	moveCommand('half-page-down', 'Move down half a page', ['^d'], 'half-page', 1),
	moveCommand('half-page-up', 'Move up half a page', ['^u'], 'half-page', -1),
	moveCommand('page-down', 'Move down a page', ['PgDn'], 'page', 1),
	moveCommand('page-up', 'Move up a page', ['PgUp'], 'page', -1),
	moveCommand('top', 'Go to the top', ['g', 'Home'], 'all', -1),
	moveCommand('bottom', 'Go to the bottom', ['G', 'End'], 'all', 1),
	{
		id: 'pan-right',
		title: 'Move long lines to the left',
		keys: ['Right'],
		scope: 'host',
		group: 'Move',
		run: ({dispatch}) => dispatch({kind: 'panned', byColumns: 16}),
	},
	{
		id: 'pan-left',
		title: 'Move long lines back to the right',
		keys: ['Left'],
		scope: 'host',
		group: 'Move',
		run: ({dispatch}) => dispatch({kind: 'panned', byColumns: -16}),
	},
];
