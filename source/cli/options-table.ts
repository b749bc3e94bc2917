/** Every option and command, once: parsing, `--help` and the table of the README are made from these. */

export const commandNames = ['board', 'report', 'doctor', 'explain', 'prune'] as const;

/** Those that ask hosts. */
const hostCommandNames = ['board', 'report', 'doctor', 'prune'] as const;

/** `board` is what runs without a command. */
export type CommandName = (typeof commandNames)[number];

export type Command = {
	readonly name: CommandName;
	/** What follows `sickbay`. */
	readonly usage: string;
	/** One sentence, without the full stop. */
	readonly description: string;
};

export const commands: readonly Command[] = [
	{name: 'board', usage: '[options] [host…]', description: 'Show the board: every host, the sickest first'},
	{name: 'report', usage: 'report [options] [host…]', description: 'Ask every host once and print what is wrong'},
	{
		name: 'doctor',
		usage: 'doctor [options] [host…]',
		description: 'Say why a host cannot be reached or read, and what to do',
	},
	{
		name: 'explain',
		usage: 'explain [options] [file…|-]',
		description: 'Say what went wrong according to saved kernel logs',
	},
	{
		name: 'prune',
		usage: 'prune [options] host…',
		description: 'Plan what can go from the disks of hosts, and remove it once confirmed',
	},
];

export type OptionName =
	| 'demo'
	| 'config'
	| 'ssh-config'
	| 'format'
	| 'kernel'
	| 'timeout'
	| 'older-than'
	| 'unused-for'
	| 'keep'
	| 'dangling'
	| 'build-cache'
	| 'stopped'
	| 'logs'
	| 'volumes'
	| 'protect'
	| 'free-until'
	| 'dry-run'
	| 'yes'
	| 'read-only'
	| 'no-sudo'
	| 'ascii'
	| 'help'
	| 'version';

export type Option = {
	/** As written after `-`. */
	readonly short?: string;
	/** What stands for its argument in the help; an option without one is a switch. */
	readonly argument?: string;
	/** The argument may be left out, and only `--name=ARGUMENT` gives it. */
	readonly isArgumentOptional?: boolean;
	/** Every time it is given adds to it, instead of the last one counting. */
	readonly isRepeatable?: boolean;
	readonly commands: readonly CommandName[];
	/** One phrase, without the full stop. */
	readonly description: string;
	readonly default?: string;
};

export const defaultDemoSize = 12;
export const maxDemoSize = 1000;
export const defaultTimeout = '20s';

export const options: Readonly<Record<OptionName, Option>> = {
	demo: {
		argument: 'N',
		isArgumentOptional: true,
		commands: hostCommandNames,
		description: `Show an embedded fleet of N simulated hosts (at most ${maxDemoSize}) instead of yours`,
		default: String(defaultDemoSize),
	},
	config: {
		argument: 'FILE',
		commands: commandNames,
		description: 'Read this configuration file',
		default: '~/.config/sickbay/config.yaml',
	},
	'ssh-config': {
		short: 'F',
		argument: 'FILE',
		commands: hostCommandNames,
		description: 'Use this SSH configuration, as ssh does; "none" for none',
		default: '~/.ssh/config',
	},
	format: {
		argument: 'FORMAT',
		commands: ['report', 'doctor', 'explain', 'prune'],
		description: 'Print as text, json or markdown (doctor, explain, prune: text or json)',
		default: 'text',
	},
	kernel: {
		argument: 'RELEASE',
		commands: ['explain'],
		description: 'Say which kernel wrote the log, as uname -r, where the log does not',
	},
	timeout: {
		argument: 'TIME',
		commands: ['report', 'doctor', 'prune'],
		description: 'Wait at most this long for the hosts, as in 500ms, 20s or 2m',
		default: defaultTimeout,
	},
	'older-than': {
		argument: 'AGE',
		commands: ['prune'],
		description: 'Images built at least this long ago, as in 12h, 14d or 2w',
	},
	'unused-for': {
		argument: 'AGE',
		commands: ['prune'],
		description: 'Images whose last use, of whatever kind is known, is at least this long ago',
	},
	keep: {
		argument: 'N',
		commands: ['prune'],
		description: 'The newest N images of each repository stay',
		default: '0',
	},
	dangling: {
		commands: ['prune'],
		description: 'Images without a name; what goes when nothing else is selected',
	},
	'build-cache': {commands: ['prune'], description: 'Build cache that no build uses'},
	stopped: {
		argument: 'AGE',
		commands: ['prune'],
		description: 'Containers that stopped at least this long ago',
	},
	logs: {commands: ['prune'], description: 'Report large log files with advice; they are never written'},
	volumes: {
		argument: 'NAME',
		isRepeatable: true,
		commands: ['prune'],
		description: 'Remove the volume of exactly this name, if nothing mounts it; repeatable',
	},
	protect: {
		argument: 'PATTERN',
		isRepeatable: true,
		commands: ['prune'],
		description: 'Keep what is called so ("*" and "?"), or has label:KEY[=VALUE]; repeatable',
	},
	'free-until': {
		argument: 'PERCENT',
		commands: ['prune'],
		description: "No more than it takes until the engine's file system is used this much, as in 70%",
	},
	'dry-run': {commands: ['prune'], description: 'Print the plan and change nothing'},
	yes: {commands: ['prune'], description: 'Run the plan without asking'},
	'read-only': {
		commands: ['board', 'prune'],
		description: 'Take away every command that changes a host',
	},
	'no-sudo': {
		commands: hostCommandNames,
		description: 'Never try "sudo -n" on a host to read what the account cannot',
	},
	ascii: {commands: ['board'], description: 'Draw with plain ASCII characters'},
	help: {short: 'h', commands: commandNames, description: 'Print this help'},
	version: {short: 'V', commands: commandNames, description: 'Print the version'},
};

export const optionNames = Object.keys(options) as readonly OptionName[];

/** `-h, --help`, `--demo[=N]`, `-F, --ssh-config FILE`: as help and README show it. */
export function formatOptionUsage(name: OptionName): string {
	const option: Option = options[name];
	const names = `${option.short === undefined ? '' : `-${option.short}, `}--${name}`;
	if (option.argument === undefined) return names;
	return option.isArgumentOptional ? `${names}[=${option.argument}]` : `${names} ${option.argument}`;
}
