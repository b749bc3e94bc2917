/** The palette's list: commands whose name contains the typed letters in order: those that can act first, best matches first. */
import {isAvailable, isInScope, type Command, type CommandContext} from './command.ts';
import {commandTable} from './command-table.ts';

export type PaletteEntry = {
	readonly command: Command;
	/** Why it cannot run now; null when it can. */
	readonly disabledReason: string | null;
};

export function selectPalette(context: CommandContext, text: string): readonly PaletteEntry[] {
	return commandTable
		.filter((command) => command.group !== 'Move' && command.id !== 'palette' && isAvailable(command, context.view))
		.map((command) => ({command, score: scoreMatch(`${command.title} ${command.id}`, text)}))
		.filter((entry): entry is {command: Command; score: number} => entry.score !== null)
		.map(({command, score}) => ({command, score, disabledReason: selectDisabledReason(command, context)}))
		.sort((a, b) => Number(a.disabledReason !== null) - Number(b.disabledReason !== null) || b.score - a.score);
}

export function selectDisabledReason(command: Command, context: CommandContext): string | null {
	if (isInScope(command, context.view)) return command.disabledReason?.(context) ?? null;
	return {
		board: 'works on the board',
		findings: 'works in the findings of all hosts',
		lists: 'works on the board and in the findings',
		host: 'open a host first',
		disk: "open a host's disk first",
		prune: 'open a prune plan first',
		activity: 'works in the activity view',
		'kernel-log': "open a host's kernel log first",
		everywhere: null,
	}[command.scope];
}

/** Null when the letters are not all there in order; more for letters in a row and at the start of words. */
export function scoreMatch(title: string, typed: string): number | null {
	const text = title.toLowerCase();
	let score = 0;
	let from = 0;
	for (const letter of typed.toLowerCase().replaceAll(' ', '')) {
		const at = text.indexOf(letter, from);
		if (at < 0) return null;
		if (at === from) score += 2;
		if (at === 0 || /[\s\-:]/.test(text[at - 1] ?? '')) score += 3;
		score -= Math.min(3, at - from) * 0.1;
		from = at + 1;
	}
	return score;
}
