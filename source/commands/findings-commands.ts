/** Commands of the findings view: the ways in and out, and from a finding to its hosts. */
import {boardListRows} from '../view-state/screen-layout.ts';
import {clamp, stepLength} from '../view-state/reduce-board.ts';
import {selectPageHosts} from '../view-state/select-findings-page.ts';
import type {Step} from '../view-state/view-action.ts';
import type {Command, CommandContext} from './command.ts';

/** Moves the cursor of whichever list is shown. */
export function moveInFindings({view, fleet, findings, dispatch}: CommandContext, step: Step, direction: 1 | -1): void {
	const page = findings.page(view, fleet);
	if (page.kind === 'gone') return;
	const by = direction * stepLength(step, boardListRows(view.size));
	if (page.kind === 'findings') {
		const fold = page.folds[clamp(page.index + by, page.folds.length - 1)];
		if (fold !== undefined) dispatch({kind: 'finding-chosen', foldKey: fold.key});
	} else {
		const hostKey = page.hostKeys[clamp(page.index + by, page.hostKeys.length - 1)];
		if (hostKey !== undefined) dispatch({kind: 'finding-host-chosen', hostKey});
	}
}

function open({view, fleet, findings, dispatch}: CommandContext): void {
	const page = findings.page(view, fleet);
	const [hostKey, ...more] = selectPageHosts(page);
	const fold = page.kind === 'findings' ? page.folds[page.index] : undefined;
	if (fold !== undefined) dispatch({kind: 'finding-chosen', foldKey: fold.key});
	if (fold !== undefined && more.length > 0) dispatch({kind: 'finding-opened', foldKey: fold.key});
	else if (hostKey !== undefined) {
		if (page.kind === 'hosts') dispatch({kind: 'finding-host-chosen', hostKey});
		dispatch({kind: 'host-opened', hostKey});
	}
}

function nothingListed({view, fleet, findings}: CommandContext): string | null {
	return selectPageHosts(findings.page(view, fleet)).length === 0 ? 'there is nothing to open' : null;
}

export const findingsCommands: readonly Command[] = [
	{
		id: 'show-findings',
		title: 'Show the findings of all hosts, each once',
		keys: ['2', 'Tab'],
		scope: 'board',
		group: 'Views',
		footer: 'findings',
		run: ({dispatch}) => dispatch({kind: 'findings-shown'}),
	},
	{
		id: 'open-finding',
		title: 'Open the host of the finding, or the list of its hosts',
		keys: ['Enter'],
		scope: 'findings',
		group: 'Views',
		footer: 'open',
		disabledReason: nothingListed,
		run: open,
	},
	{
		id: 'show-board',
		title: 'Show the hosts',
		keys: ['1', 'Tab'],
		scope: 'findings',
		group: 'Views',
		footer: 'hosts',
		run: ({dispatch}) => dispatch({kind: 'findings-left'}),
	},
	{
		id: 'leave-findings',
		title: 'Back to the findings, or to the board',
		keys: ['Esc', 'q'],
		scope: 'findings',
		group: 'Views',
		footer: 'back',
		run: ({view, dispatch}) =>
			dispatch(view.findings.openKey === null ? {kind: 'findings-left'} : {kind: 'finding-closed'}),
	},
];
