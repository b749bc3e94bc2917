/** Writes `--help` and the README's table from the options table, so that they cannot disagree with the parser. */
import {type CommandName, commands, formatOptionUsage, type Option, optionNames, options} from './options-table.ts';

const lineWidth = 80;

const aboutHelp = 'Sickbay: what is wrong with each container host, since when, and why. Over SSH.';

const hostsHelp = [
	['web-01', 'an alias of the SSH configuration, a name or an address'],
	['user@host:2222', 'with user and port; also ssh://user@host:2222'],
	['web-[01-40]', 'a range; also web-[1,3,7-9].example.com'],
	['@web', 'all hosts of a group in the configuration'],
	['local', 'the engine of this machine'],
] as const;

const exitCodesHelp = [
	['0', 'all hosts are well'],
	['1', 'some host has a warning'],
	['2', 'some host is critical'],
	['3', 'nothing critical, but some host is unreachable or unknown'],
	['64', 'the command line or the configuration is wrong'],
	['70', 'an error of Sickbay itself'],
] as const;

const filesHelp = [
	['FILE', 'as dmesg, journalctl or syslog wrote it, pstore, serial console; also .gz'],
	['kern.log*', 'rotations of one file are one log, oldest first in any order given;'],
	['', 'any other file is a log of its own, and so is each host named in it'],
	['-', 'standard input, also without any FILE'],
] as const;

const explainExitCodesHelp = [
	['0', 'nothing known was found; this is no proof'],
	['1', 'the worst is a warning'],
	['2', 'the worst is critical or a panic'],
	['3', 'nothing critical, but not all could be read, or there was no line'],
	['64', 'the command line is wrong, or a file is not there'],
	['70', 'an error of Sickbay itself'],
] as const;

const pruneExitCodesHelp = [
	['0', 'done, or there was nothing to do'],
	['1', 'something was kept, because it came into use after the plan'],
	['2', 'something failed'],
	['3', 'nothing failed, but a host or an outcome is unknown'],
	['64', 'the command line or the configuration is wrong'],
	['70', 'an error of Sickbay itself'],
] as const;

const exitCodes: Partial<Readonly<Record<CommandName, readonly (readonly [string, string])[]>>> = {
	report: exitCodesHelp,
	doctor: exitCodesHelp,
	explain: explainExitCodesHelp,
	prune: pruneExitCodesHelp,
};

const examples: Readonly<Record<CommandName, readonly string[]>> = {
	board: ['sickbay', 'sickbay --demo', 'sickbay root@web-[01-40] db-01', 'sickbay @prod -F ./ssh_config'],
	report: ['sickbay report --format json', 'sickbay report @prod --timeout 10s'],
	doctor: ['sickbay doctor web-01'],
	prune: [
		'sickbay prune web-01 --dry-run',
		'sickbay prune @ci --unused-for 30d --keep 2 --build-cache --yes',
		'sickbay prune web-07 --stopped 7d --older-than 14d --free-until 70%',
	],
	explain: ['sickbay explain /var/log/kern.log*', 'sickbay explain --format json < dmesg.txt'],
};

/** Help for one command, at most 80 columns; the board's lists the commands too. */
export function formatHelp(topic: CommandName): string {
	const command = commands.find(({name}) => name === topic);
	const optionRows = optionNames
		.filter((name) => options[name].commands.includes(topic))
		.map((name) => [formatOptionUsage(name), describeOption(options[name])] as const);
	const codes = exitCodes[topic];
	const sections = [
		...(topic === 'board' ? [aboutHelp] : []),
		`${command?.description ?? ''}.`,
		`Usage: sickbay ${command?.usage ?? ''}`,
		...(topic === 'board' ? [formatSection('Commands', listCommands())] : []),
		formatSection('Options', optionRows),
		...(topic === 'explain'
			? [formatSection('Files', filesHelp)]
			: [formatSection(`Hosts${topic === 'board' ? ' (without any, all that are known)' : ''}`, hostsHelp)]),
		...(codes === undefined ? [] : [formatSection('Exit codes', codes)]),
		`Examples:\n${examples[topic].map((example) => `  ${example}`).join('\n')}`,
	];
	return `${sections.join('\n\n')}\n`;
}

/** A Markdown table of all options, for the README. */
export function formatOptionsMarkdown(): string {
	const rows = optionNames.map((name) => {
		const option: Option = options[name];
		const cells = [
			`\`${formatOptionUsage(name)}\``,
			option.commands.map((command) => (command === 'board' ? 'board' : `\`${command}\``)).join(', '),
			option.description,
			option.default === undefined ? '' : `\`${option.default}\``,
		];
		return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
	});
	return ['| Option | Applies to | Meaning | Default |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function listCommands(): readonly (readonly [string, string])[] {
	return commands.map(({name, description}) => [name === 'board' ? '(none)' : name, description] as const);
}

function describeOption(option: Option): string {
	return option.default === undefined ? option.description : `${option.description} (default: ${option.default})`;
}

function formatSection(title: string, rows: readonly (readonly [string, string])[]): string {
	const width = Math.max(...rows.map(([term]) => term.length));
	const lines = rows.flatMap(([term, text]) => {
		const [first = '', ...others] = wrapWords(text, lineWidth - width - 4);
		return [`  ${term.padEnd(width)}  ${first}`, ...others.map((line) => `${' '.repeat(width + 4)}${line}`)];
	});
	return `${title}:\n${lines.join('\n')}`;
}

function wrapWords(text: string, width: number): readonly string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}
