/** The one table that keys, help, palette and README are made from. */
import {expect, test} from 'vitest';
import {commandTable} from '../../source/commands/command-table.ts';
import {formatHelp} from '../../source/commands/format-help.ts';
import {formatKeyTable} from '../../source/commands/format-key-table.ts';
import {scoreMatch} from '../../source/commands/select-palette.ts';

test('no key means two things in one place', () => {
	for (const scopes of [
		['board', 'lists'],
		['findings', 'lists'],
		['host', 'kernel-log'],
		['host', 'disk'],
		['prune'],
		['activity'],
	]) {
		const keys = commandTable
			.filter((command) => command.scope === 'everywhere' || scopes.includes(command.scope))
			.flatMap((command) => command.keys);
		expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
	}
});

test('keys kept for actions on hosts do nothing yet', () => {
	const taken = new Set(commandTable.flatMap((command) => command.keys));
	for (const key of ['c', 'u', 'D', 'R', 'E', 'l', 'e', 's', 'x', 'r']) expect(taken.has(key)).toBe(false);
});

test('every command has its own name, and help and README show every one with keys', () => {
	expect(new Set(commandTable.map((command) => command.id)).size).toBe(commandTable.length);
	const help = formatHelp({readOnly: false}).flatMap((line) => (line.kind === 'command' ? [line.title] : []));
	expect(help.toSorted()).toEqual(commandTable.map((command) => command.title).toSorted());
	const table = formatKeyTable().trimEnd().split('\n');
	expect(table).toHaveLength(2 + commandTable.filter((command) => command.keys.length > 0).length);
	expect(table.every((row) => /^\|.*\|.*\|.*\|$/.test(row))).toBe(true);
});

test('letters in order find a title, and whole words more so', () => {
	expect(scoreMatch('Freeze the picture', 'ftp')).not.toBeNull();
	expect(scoreMatch('Freeze the picture', 'pf')).toBeNull();
	expect(scoreMatch('Unmark all', 'un')).toBeGreaterThan(scoreMatch('Show its containers', 'on') ?? 0);
});
