/** The command table as the help overlay shows it. */
import {commandGroups, commandTable} from './command-table.ts';
import {formatKeys} from './format-key.ts';
import {scopeTitles} from './format-key-table.ts';

export type HelpLine =
	| {readonly kind: 'heading'; readonly text: string}
	| {readonly kind: 'command'; readonly keys: string; readonly title: string; readonly where: string}
	| {readonly kind: 'blank'};

/** All commands by group, with a blank line between groups. */
export function formatHelp(): readonly HelpLine[] {
	return commandGroups.flatMap((group, index): readonly HelpLine[] => [
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
}
