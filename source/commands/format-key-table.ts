/** The command table as the README shows it. */
import type {CommandScope} from './command.ts';
import {commandGroups, commandTable} from './command-table.ts';
import {formatKeys} from './format-key.ts';

export const scopeTitles: Readonly<Record<CommandScope, string>> = {
	everywhere: 'everywhere',
	board: 'board',
	findings: 'findings',
	lists: 'board, findings',
	host: 'host',
	disk: 'disk',
	'kernel-log': 'kernel log',
	prune: 'prune plan',
	activity: 'activity',
};

/** A Markdown table with one row per command that has keys, ends with a newline. */
export function formatKeyTable(): string {
	const rows = commandGroups.flatMap((group) =>
		commandTable
			.filter((command) => command.group === group && command.keys.length > 0)
			.map(
				(command) => `| ${formatCodes(command.keys)} | ${escapePipes(command.title)} | ${scopeTitles[command.scope]} |`,
			),
	);
	return ['| Keys | What they do | Where |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

function formatCodes(keys: readonly string[]): string {
	return keys.map((key) => `\`${escapePipes(formatKeys([key]))}\``).join(' ');
}

function escapePipes(text: string): string {
	return text.replaceAll('|', '\\|');
}
