/** The footer's hints: the commands of the present view that carry a footer word, those that end a state first. */
import {isInScope} from './command.ts';
import {commandTable} from './command-table.ts';
import {formatKeys} from './format-key.ts';
import type {ViewState} from '../view-state/view-state.ts';

export type FooterHint = {readonly keys: string; readonly words: string};

export function selectFooterHints(view: ViewState): readonly FooterHint[] {
	const shown = commandTable.flatMap((command) => {
		const {footer} = command;
		if (footer === undefined || !isInScope(command, view)) return [];
		const words = typeof footer === 'string' ? footer : footer(view);
		if (words === null) return [];
		return [{keys: command.footerKeys ?? formatKeys(command.keys.slice(0, 1)), words, first: command.footerFirst}];
	});
	return [...shown.filter(({first}) => first === true), ...shown.filter(({first}) => first !== true)];
}
