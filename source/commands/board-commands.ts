/** Commands of the ward board: opening a host, finding hosts, marking them. */
import {sortKeys} from '../fleet/select-host-order.ts';
import {selectCurrentHostKey} from '../view-state/view-state.ts';
import type {Command, CommandContext} from './command.ts';

function noHost({view, fleet}: CommandContext): string | null {
	if (selectCurrentHostKey(view) !== null) return null;
	return fleet.hosts.size === 0 ? 'there are no hosts' : 'the filter hides all hosts';
}

export const boardCommands: readonly Command[] = [
	{
		id: 'open-host',
		title: 'Open the host under the cursor',
		keys: ['Enter'],
		scope: 'board',
		group: 'Views',
		footer: 'open',
		disabledReason: noHost,
		run({view, dispatch}) {
			const hostKey = selectCurrentHostKey(view);
			if (hostKey !== null) dispatch({kind: 'host-opened', hostKey});
		},
	},
	{
		id: 'filter',
		title: 'Filter hosts: words, host: sev: tag: why: and ~regex',
		keys: ['/'],
		scope: 'lists',
		group: 'Find',
		footer: 'filter',
		run({view, dispatch}) {
			const text = view.filterText;
			dispatch({kind: 'overlay-opened', overlay: {kind: 'filter', text, before: text, problem: null}});
		},
	},
	{
		id: 'clear-filter',
		title: 'Show all hosts again',
		keys: ['Esc'],
		scope: 'board',
		group: 'Find',
		disabledReason: ({view}) => (view.filterText === '' && !view.onlySick ? 'all hosts are shown' : null),
		run({view, dispatch}) {
			if (view.filterText !== '') dispatch({kind: 'filtered', text: ''});
			else if (view.onlySick) dispatch({kind: 'only-sick-toggled'});
		},
	},
	{
		id: 'sort',
		title: 'Choose the order of hosts',
		keys: ['o'],
		scope: 'board',
		group: 'Find',
		footer: 'sort',
		run: ({view, dispatch}) =>
			dispatch({kind: 'overlay-opened', overlay: {kind: 'sort-menu', index: sortKeys.indexOf(view.sort)}}),
	},
	{
		id: 'only-sick',
		title: 'Show only hosts that are critical, warning or unknown',
		keys: ['!'],
		scope: 'lists',
		group: 'Find',
		footer: 'sick',
		run: ({dispatch}) => dispatch({kind: 'only-sick-toggled'}),
	},
	{
		id: 'mark',
		title: 'Mark the host, and move on to the next',
		keys: ['Space'],
		scope: 'board',
		group: 'Hosts',
		// The board's hints fill a narrow terminal without it.
		footer: ({size}) => (size.columns < 92 ? null : 'mark'),
		disabledReason: noHost,
		run({view, dispatch}) {
			const hostKey = selectCurrentHostKey(view);
			if (hostKey === null) return;
			dispatch({kind: 'mark-toggled', hostKey});
			dispatch({kind: 'cursor-moved', step: 'line', direction: 1});
		},
	},
	{
		id: 'unmark-all',
		title: 'Unmark all hosts',
		keys: ['U'],
		scope: 'board',
		group: 'Hosts',
		disabledReason: ({view}) => (view.marks.size === 0 ? 'no host is marked' : null),
		run: ({dispatch}) => dispatch({kind: 'unmarked-all'}),
	},
];
