/** The command table as the help overlay shows it. */
import {commandGroups, commandTable} from './command-table.ts';
import {formatKeys} from './format-key.ts';
import {scopeTitles} from './format-key-table.ts';

export type HelpLine =
	| {readonly kind: 'heading'; readonly text: string}
	| {readonly kind: 'command'; readonly keys: string; readonly title: string; readonly where: string}
	| {readonly kind: 'sign'; readonly sign: string; readonly meaning: string}
	| {readonly kind: 'blank'};

/** What the signs in the board's cells mean. */
const signs: readonly (readonly [string, string])[] = [
	['✖ ▲ ▪ ● ?', 'critical, warning, notice, ok, unreachable or unknown'],
	['…', 'asked, not answered yet'],
	['–', 'not known'],
	['!', 'could not be read; the host view says why'],
	['~ or an age', 'of the past: its source does not answer now'],
	['≤', 'at most: shared layers are counted more than once'],
	['+2 after WHY', 'so many further findings'],
];

/** All commands by group, then the signs, with a blank line between groups. */
export function formatHelp(): readonly HelpLine[] {
	const commands = commandGroups.flatMap((group, index): readonly HelpLine[] => [
		...(index === 0 ? [] : [{kind: 'blank'} as const]),
		{kind: 'heading', text: group},
		...commandTable
			.filter((command) => command.group === group)
			.map((command): HelpLine => ({
				kind: 'command',
				keys: formatKeys(command.keys) || ':',
				title: command.title,
				where: command.scope === 'everywhere' ? '' : scopeTitles[command.scope],
			})),
	]);
	const legend = signs.map(([sign, meaning]): HelpLine => ({kind: 'sign', sign, meaning}));
	return [...commands, {kind: 'blank'}, {kind: 'heading', text: 'Signs'}, ...legend];
}
