/** Turns the command line into an invocation; every mistake in it is a `UserError` that says what was meant. */
import {parseArgs} from 'node:util';
import {UserError} from '../model/user-error.ts';
import {closestWord} from '../support/closest-word.ts';
import {quoteWord} from '../support/quote-word.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {
	doctorFormats,
	explainFormats,
	type FleetChoice,
	type Invocation,
	pruneFormats,
	reportFormats,
} from './invocation.ts';
import {
	type CommandName,
	commandNames,
	defaultDemoSize,
	defaultTimeout,
	maxDemoSize,
	type Option,
	type OptionName,
	optionNames,
	options,
} from './options-table.ts';
import {parseDuration} from './parse-duration.ts';
import {readPruneMode, readPruneWishes} from './read-prune-options.ts';

type Token = ReturnType<typeof splitArguments>[number];
type OptionToken = Extract<Token, {kind: 'option'}>;

/** Of an option given twice the last counts; null is a switch, or an optional argument left out. */
type OptionValues = ReadonlyMap<OptionName, string | null>;

/** Arguments after the program's name; throws `UserError`. `--help` and `--version` win over mistakes elsewhere. */
export function parseArguments(argv: readonly string[]): Invocation {
	const tokens = splitArguments(argv);
	const optionTokens = tokens.filter((token) => token.kind === 'option');
	const {command, hosts} = readWords(tokens);
	if (command === 'help') return {kind: 'help', topic: hosts.find(isCommandName) ?? 'board'};
	if (optionTokens.some(({name}) => name === 'help')) return {kind: 'help', topic: command};
	if (optionTokens.some(({name}) => name === 'version')) return {kind: 'version'};

	const options = optionTokens.map((token) => readOption(token, command, argv));
	const values = new Map(options);
	if (command === 'explain') {
		const kernelRelease = values.get('kernel') ?? null;
		const configFile = values.get('config') ?? null;
		return {kind: 'explain', files: hosts, format: readFormat(values, explainFormats), configFile, kernelRelease};
	}
	const fleet = readFleetChoice(values, hosts);
	const readTimeout = (): number => parseDuration(values.get('timeout') ?? defaultTimeout);
	switch (command) {
		case 'board':
			return {kind: 'board', ...fleet, ascii: values.has('ascii'), readOnly: values.has('read-only')};
		case 'report':
			return {kind: 'report', ...fleet, format: readFormat(values, reportFormats), timeoutMs: readTimeout()};
		case 'doctor':
			return {kind: 'doctor', ...fleet, format: readFormat(values, doctorFormats), timeoutMs: readTimeout()};
		case 'prune':
			return {
				kind: 'prune',
				...fleet,
				format: readFormat(values, pruneFormats),
				timeoutMs: readTimeout(),
				readOnly: values.has('read-only'),
				mode: readPruneMode(values, hosts),
				wishes: readPruneWishes(options),
			};
	}
}

/** Splits as Node does, but leaves judging to us: its messages name neither commands nor what was meant. */
function splitArguments(argv: readonly string[]) {
	const config = Object.fromEntries(
		optionNames.map((name) => {
			const {short, argument, isArgumentOptional}: Option = options[name];
			const type = argument === undefined || isArgumentOptional ? 'boolean' : 'string';
			return [name, {type, ...(short === undefined ? {} : {short})} as const];
		}),
	);
	return parseArgs({args: argv, options: config, strict: false, allowPositionals: true, tokens: true}).tokens;
}

/** The first word is the command if it is one and stands before `--`; all others are hosts. */
function readWords(tokens: readonly Token[]): {command: CommandName | 'help'; hosts: readonly string[]} {
	const words = tokens.filter((token) => token.kind === 'positional');
	const [first, ...others] = words;
	const terminator = tokens.find((token) => token.kind === 'option-terminator');
	const isCommand = first !== undefined && (terminator === undefined || first.index < terminator.index);
	if (isCommand && (isCommandName(first.value) || first.value === 'help') && first.value !== 'board') {
		return {command: first.value, hosts: others.map(({value}) => value)};
	}
	return {command: 'board', hosts: words.map(({value}) => value)};
}

function readOption(
	token: OptionToken,
	command: CommandName,
	argv: readonly string[],
): readonly [OptionName, string | null] {
	const {name, rawName, value, inlineValue} = token;
	if (!isOptionName(name)) throw unknownOption(rawName, argv[token.index] ?? '');
	const option: Option = options[name];
	if (!option.commands.includes(command)) {
		throw new UserError(`${rawName} does not apply here`, `It belongs to ${listCommands(option.commands)}.`);
	}
	if (option.argument === undefined && value !== undefined) {
		throw new UserError(`${rawName} takes no value`, `Write only ${rawName}.`);
	}
	const isMissing = value === undefined || value === '' || (inlineValue === false && value.startsWith('-'));
	if (option.argument !== undefined && isMissing && !(option.isArgumentOptional && value === undefined)) {
		throw new UserError(
			`${rawName} needs a value`,
			`Write ${rawName}${option.isArgumentOptional ? '=' : ' '}${option.argument}.`,
		);
	}
	return [name, value ?? null];
}

function unknownOption(rawName: string, argument: string): UserError {
	// Letters of `-config` are read one by one; the whole word says better what was meant.
	const word = argument.replace(/^-+/, '').replace(/=.*$/s, '');
	const meant = closestWord(word, optionNames);
	const shown = sanitiseLine(meant === null ? rawName : argument.replace(/=.*$/s, ''), 60);
	return new UserError(
		`unknown option ${shown}`,
		meant === null ? 'See "sickbay --help" for the options.' : `Did you mean --${meant}?`,
	);
}

function readFleetChoice(values: OptionValues, hosts: readonly string[]): FleetChoice {
	const demo = values.get('demo');
	const [first] = hosts;
	if (demo === null && hosts.length === 1 && first !== undefined && /^\d+$/.test(first)) {
		throw new UserError(`${first} is not a host of the demo fleet`, `Its size is written --demo=${first}.`);
	}
	return {
		hosts,
		demoSize: demo === undefined ? null : readDemoSize(demo),
		configFile: values.get('config') ?? null,
		sshConfigFile: values.get('ssh-config') ?? null,
		noSudo: values.has('no-sudo'),
	};
}

function readDemoSize(text: string | null): number {
	if (text === null) return defaultDemoSize;
	const size = /^\d{1,6}$/.test(text) ? Number(text) : 0;
	if (size >= 1 && size <= maxDemoSize) return size;
	const shown = quoteWord(text, 40);
	throw new UserError(`--demo=N takes a number of hosts from 1 to ${maxDemoSize}, not ${shown}`);
}

function readFormat<Format extends string>(values: OptionValues, formats: readonly Format[]): Format {
	const text = values.get('format') ?? 'text';
	const format = formats.find((known) => known === text);
	if (format !== undefined) return format;
	const meant = closestWord(text, formats);
	throw new UserError(
		`--format takes ${formats.join(' or ')}, not ${quoteWord(text, 40)}`,
		meant === null ? undefined : `Did you mean ${meant}?`,
	);
}

function listCommands(names: readonly CommandName[]): string {
	return names.map((name) => (name === 'board' ? 'the board ("sickbay" alone)' : `"sickbay ${name}"`)).join(' and ');
}

function isCommandName(word: string): word is CommandName {
	return commandNames.some((name) => name === word);
}

function isOptionName(name: string): name is OptionName {
	return optionNames.some((known) => known === name);
}
