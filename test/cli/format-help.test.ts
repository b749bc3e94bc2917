import {describe, expect, test} from 'vitest';
import {formatHelp, formatOptionsMarkdown} from '../../source/cli/format-help.ts';
import {
	type CommandName,
	commandNames,
	formatOptionUsage,
	type OptionName,
	optionNames,
	options,
} from '../../source/cli/options-table.ts';
import {parseArguments} from '../../source/cli/parse-arguments.ts';

const appliesTo = (name: OptionName, command: CommandName) =>
	(options[name].commands as readonly CommandName[]).includes(command);

describe.each(commandNames)('the help of the %s', (command) => {
	test('names every option that applies, and no other', () => {
		const help = formatHelp(command);
		const shown = optionNames.filter((name) => help.includes(`  ${formatOptionUsage(name)}  `));
		expect(shown).toEqual(optionNames.filter((name) => appliesTo(name, command)));
	});

	test('fits into 80 columns without trailing spaces', () => {
		const lines = formatHelp(command).split('\n');
		expect(lines.filter((line) => line.length > 80 || line.endsWith(' '))).toEqual([]);
	});

	test('has only options the parser takes', () => {
		const values: Readonly<Record<string, string>> = {
			FORMAT: 'json',
			TIME: '5s',
			FILE: 'file',
			N: '2',
			AGE: '14d',
			PERCENT: '70%',
			NAME: 'data',
			PATTERN: 'shop/*',
		};
		for (const name of optionNames.filter((name) => appliesTo(name, command))) {
			const usage = formatOptionUsage(name).split(', ').at(-1) ?? '';
			const typed = usage.replace('[=N]', '=N').replaceAll(/[A-Z]+$/g, (word) => values[word] ?? word);
			const argv = [
				...(command === 'board' ? [] : [command]),
				...(command === 'prune' ? ['web'] : []),
				...typed.split(' '),
			];
			expect(() => parseArguments(argv)).not.toThrow();
		}
	});

	test('has only examples the parser takes', () => {
		const examples = formatHelp(command).split('Examples:\n')[1]?.trim().split('\n') ?? [];
		expect(examples.length).toBeGreaterThan(0);
		for (const example of examples) {
			const [program, ...argv] = example.trim().split(' ');
			expect(program).toBe('sickbay');
			expect(parseArguments(argv).kind).toBe(command);
		}
	});
});

test('the help says first what the program is, and names the commands', () => {
	const help = formatHelp('board');
	expect(help).toMatch(/^Sickbay: /);
	expect(help).toContain('Usage: sickbay [options] [host…]');
	for (const command of ['report', 'doctor']) expect(help).toContain(`\n  ${command}`);
});

test('the table for the README has one row per option, every row with the same cells', () => {
	const rows = formatOptionsMarkdown().trimEnd().split('\n');
	expect(rows).toHaveLength(optionNames.length + 2);
	expect(rows.every((row) => row.startsWith('| ') || row.startsWith('|---'))).toBe(true);
	expect(new Set(rows.map((row) => row.replaceAll(String.raw`\|`, '').split('|').length))).toEqual(new Set([6]));
	for (const name of optionNames) expect(rows.some((row) => row.includes(`--${name}`))).toBe(true);
});
