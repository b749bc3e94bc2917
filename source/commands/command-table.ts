/** The one table of commands: keys, footer, help, palette and the README's key table are all made from it. */
import {boardCommands} from './board-commands.ts';
import type {Command} from './command.ts';
import {diskCommands} from './disk-commands.ts';
import {findingsCommands} from './findings-commands.ts';
import {hostCommands} from './host-commands.ts';
import {hostKeyCommands} from './host-key-commands.ts';
import {kernelCommands} from './kernel-commands.ts';
import {moveCommands} from './move-commands.ts';
import {programCommands} from './program-commands.ts';
import {pruneCommands} from './prune-commands.ts';
import {questionCommands} from './question-commands.ts';

export const commandTable: readonly Command[] = [
	...moveCommands,
	...boardCommands,
	...findingsCommands,
	...hostCommands,
	...diskCommands,
	...pruneCommands,
	...kernelCommands,
	...hostKeyCommands,
	...questionCommands,
	...programCommands,
];

/** Groups in the order in which help and README show them. */
export const commandGroups: readonly Command['group'][] = [
	'Move',
	'Views',
	'Find',
	'Hosts',
	'Disk',
	'Prune',
	'Kernel log',
	'Sickbay',
];
