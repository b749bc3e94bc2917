/** The footer's hints: the commands of the present view that carry a footer word. */
import {isInScope, type Command} from './command.ts';
import {commandTable} from './command-table.ts';
import type {ViewState} from '../view-state/view-state.ts';

export function selectFooterCommands(view: ViewState): readonly Command[] {
	return commandTable.filter((command) => command.footer !== undefined && isInScope(command, view));
}
