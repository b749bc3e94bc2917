/** Decides whose key a press is: the open prompt's, menu's or help's first, then the command's in scope. */
import {sortKeys} from '../fleet/select-host-order.ts';
import type {Overlay} from '../view-state/view-state.ts';
import {isInScope, type CommandContext} from './command.ts';
import {commandTable} from './command-table.ts';
import {editPrompt, pasteIntoPrompt} from './edit-prompt.ts';
import {formatHelp} from './format-help.ts';
import {routeHostKeyReviewKey} from './host-key-commands.ts';
import {routePruneWordKey} from './prune-commands.ts';
import {pasteIntoAnswer, routeQuestionKey} from './question-commands.ts';
import {findInKernelLog} from './scroll-kernel-log.ts';
import {selectPalette} from './select-palette.ts';

type Prompt = Extract<Overlay, {text: string}>;

/** `createContext` is asked again between presses, so that each one meets the state the one before left. */
export function routeKey(press: string, createContext: () => CommandContext): void {
	const context = createContext();
	const {overlay} = context.view;
	if (press === '^c') context.interrupt();
	else if (overlay.kind === 'none') runCommandOf(press, context);
	else if (overlay.kind === 'help') routeHelpKey(press, context);
	else if (overlay.kind === 'host-keys') routeHostKeyReviewKey(press, overlay, context);
	else if (overlay.kind === 'question') routeQuestionKey(press, overlay, context);
	else if (overlay.kind === 'prune-word') routePruneWordKey(press, overlay, context);
	else if (overlay.kind === 'sort-menu') routeMenuKey(press, overlay.index, context);
	else routePromptKey(press, overlay, createContext);
}

/** Pasted text is only ever text: it goes into an open prompt, and otherwise nowhere. */
export function routePaste(pasted: string, {view, now, dispatch}: CommandContext): void {
	const {overlay} = view;
	if (overlay.kind === 'question') {
		dispatch({kind: 'overlay-opened', overlay: pasteIntoAnswer(overlay, pasted)});
	} else if (overlay.kind === 'filter' || overlay.kind === 'search' || overlay.kind === 'palette') {
		dispatch({kind: 'prompt-changed', text: pasteIntoPrompt(overlay.text, pasted)});
	} else {
		dispatch({
			kind: 'noticed',
			text: 'pasted text is not run as keys; press / first to paste into the filter',
			at: now,
		});
	}
}

function runCommandOf(press: string, context: CommandContext): void {
	const command =
		commandTable.find(
			(command) => command.keys.includes(press) && command.scope !== 'everywhere' && isInScope(command, context.view),
		) ??
		commandTable.find(
			(command) => command.keys.includes(press) && command.scope === 'everywhere' && isInScope(command, context.view),
		);
	if (command === undefined) return;
	const reason = command.disabledReason?.(context) ?? null;
	if (reason === null) command.run(context);
	else context.dispatch({kind: 'noticed', text: reason, at: context.now});
}

const moves: Readonly<Record<string, number>> = {
	j: 1,
	Down: 1,
	k: -1,
	Up: -1,
	PgDn: 10,
	PgUp: -10,
	'^d': 10,
	'^u': -10,
	G: 1000,
	End: 1000,
	g: -1000,
	Home: -1000,
};

function routeHelpKey(press: string, {view, dispatch}: CommandContext): void {
	const by = moves[press];
	if (by !== undefined) dispatch({kind: 'overlay-moved', by, count: formatHelp(view).length});
	else if (['Esc', 'q', '?', 'F1', 'Enter'].includes(press)) dispatch({kind: 'overlay-closed'});
}

function routeMenuKey(press: string, index: number, {dispatch}: CommandContext): void {
	const by = press === 'o' ? (index === sortKeys.length - 1 ? -1000 : 1) : moves[press];
	const sort = sortKeys[/^[1-9]$/.test(press) ? Number(press) - 1 : index];
	if (by !== undefined) dispatch({kind: 'overlay-moved', by, count: sortKeys.length});
	else if ((press === 'Enter' || press === 'Space' || /^[1-9]$/.test(press)) && sort !== undefined) {
		dispatch({kind: 'sorted', sort});
		dispatch({kind: 'overlay-closed'});
	} else if (press === 'Esc' || press === 'q') dispatch({kind: 'overlay-closed'});
}

function routePromptKey(press: string, overlay: Prompt, createContext: () => CommandContext): void {
	const context = createContext();
	if (press === 'Esc') {
		if (overlay.kind === 'filter') context.dispatch({kind: 'filtered', text: overlay.before});
		context.dispatch({kind: 'overlay-closed'});
	} else if (press === 'Enter') acceptPrompt(overlay, createContext);
	else if (overlay.kind === 'palette' && ['Up', 'Down', 'Tab', 'Shift+Tab'].includes(press)) {
		const by = press === 'Down' || press === 'Tab' ? 1 : -1;
		context.dispatch({kind: 'overlay-moved', by, count: selectPalette(context, overlay.text).length});
	} else {
		const text = editPrompt(overlay.text, press);
		if (text !== null) context.dispatch({kind: 'prompt-changed', text});
	}
}

function acceptPrompt(overlay: Prompt, createContext: () => CommandContext): void {
	const {dispatch} = createContext();
	if (overlay.kind === 'filter') {
		if (overlay.problem === null) dispatch({kind: 'overlay-closed'});
		return;
	}
	if (overlay.kind === 'search') {
		dispatch({kind: 'overlay-closed'});
		dispatch({kind: 'kernel-log-searched', search: overlay.text});
		if (overlay.text !== '') findInKernelLog(createContext(), -1, true);
		return;
	}
	const entry = selectPalette(createContext(), overlay.text)[overlay.index];
	if (entry === undefined || entry.disabledReason !== null) return;
	dispatch({kind: 'overlay-closed'});
	entry.command.run(createContext());
}
