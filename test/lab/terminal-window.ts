/** A terminal that a person types in: the built program in a tmux window of its own, gone when the test ends. */
import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';
import {onTestFinished} from 'vitest';
import {shellQuote} from '../../source/support/shell-quote.ts';

const run = promisify(execFile);

export const tmux = '/usr/bin/tmux';

export type TerminalWindow = {
	/** All that was ever on the screen and has scrolled off since, too. */
	read(): Promise<string>;
	type(text: string): Promise<void>;
	press(key: string): Promise<void>;
	/** The process of the program; the window's shell before it runs. */
	findPid(): Promise<number>;
};

export type WindowOptions = {
	/** As `NAME=value`, in addition to the surroundings, which lose the agent. */
	readonly env?: readonly string[];
	/** Gets everything that is written to the terminal, raw. */
	readonly recordFile?: string;
};

/** Runs `sickbay ARGUMENTS`; its exit code appears on the screen after it. */
export async function openTerminalWindow(
	args: readonly string[],
	{env = [], recordFile}: WindowOptions = {},
): Promise<TerminalWindow> {
	const surroundings = ['env', '-u', 'SSH_AUTH_SOCK', 'TERM=tmux', ...env];
	const program = [...surroundings, process.execPath, path.resolve('dist/cli.js'), ...args];
	const command = `${program.map(shellQuote).join(' ')}; echo "exit code $?"; cat`;
	const server = ['-L', `sickbay-window-${process.pid}-${Math.random().toString(36).slice(2)}`, '-f', '/dev/null'];
	const ask = async (...words: readonly string[]): Promise<string> => (await run(tmux, [...server, ...words])).stdout;
	// Nothing is written before it is recorded.
	const start = recordFile === undefined ? command : `while [ ! -e ${shellQuote(recordFile)} ]; do :; done; ${command}`;
	await ask('new-session', '-d', '-x', '120', '-y', '40', start);
	onTestFinished(async () => {
		await ask('kill-server');
	});
	if (recordFile !== undefined) await ask('pipe-pane', `cat >${shellQuote(recordFile)}`);
	return {
		read: () => ask('capture-pane', '-p', '-S', '-'),
		type: async (text) => void (await ask('send-keys', '-l', text)),
		press: async (key) => void (await ask('send-keys', key)),
		async findPid() {
			const pane = (await ask('display-message', '-p', '#{pane_pid}')).trim();
			return Number((await run('pgrep', ['--parent', pane, '--full', 'dist/cli.js'])).stdout);
		},
	};
}
