/** The built program in a real terminal: a tmux pane whose screen the tests read and whose keys they press. */
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {shellQuote} from '../../source/support/shell-quote.ts';
import {run, tryRun} from './lab-command.ts';
import {describeInvocation, type Surroundings} from './sickbay-report.ts';
import {waitFor} from './wait-for.ts';

export type Board = {
	/** The screen as text, one line per row. */
	readScreen(): Promise<string>;
	/** Waits until the screen matches and returns it; the error shows what was there instead. */
	waitForScreen(description: string, deadlineMs: number, matches: (screen: string) => boolean): Promise<string>;
	/** Presses keys in tmux's names: `Enter`, `Escape`, `C-c`, `q`. */
	press(...keys: readonly string[]): Promise<void>;
	/** The program's process. */
	readonly pid: number;
	readTerminal(): Promise<{readonly alternateScreen: boolean; readonly cursorVisible: boolean}>;
	/** Closes the window, as a person who has seen enough. */
	close(): Promise<void>;
};

export type BoardSize = {readonly columns: number; readonly rows: number};

/**
 * Starts `sickbay HOSTS` in a window of its own. When the program ends, its exit code and whether the terminal's
 * modes are as before appear on the screen, and the window stays.
 */
export async function openBoard(
	lab: Surroundings,
	hostNames: readonly string[],
	size: BoardSize = {columns: 120, rows: 40},
): Promise<Board> {
	const script = join(lab.directory, 'board.sh');
	await writeFile(script, await formatPaneScript(lab, hostNames));
	const server = ['-L', `sb-lab-${process.pid}`, '-f', '/dev/null'];
	const tmux = (...args: readonly string[]): Promise<string> => run('tmux', [...server, ...args]);
	const dimensions = ['-x', String(size.columns), '-y', String(size.rows)];
	const pane = await tmux('new-session', '-d', '-P', '-F', '#{pane_id}', ...dimensions, 'sh', script);
	const panePid = await tmux('display-message', '-p', '-t', pane, '#{pane_pid}');
	const readScreen = (): Promise<string> => tmux('capture-pane', '-p', '-t', pane);
	const close = (): Promise<void> => tryRun('tmux', [...server, 'kill-pane', '-t', pane]);

	try {
		const pid = await waitFor('the program runs', 5000, async () =>
			Number(await run('pgrep', ['--parent', panePid, '--full', 'dist/cli.js'])),
		);
		return {
			readScreen,
			waitForScreen: async (description, deadlineMs, matches) =>
				waitForText(readScreen, description, deadlineMs, matches),
			press: async (...keys) => void (await tmux('send-keys', '-t', pane, ...keys)),
			pid,
			async readTerminal() {
				const flags = await tmux('display-message', '-p', '-t', pane, '#{alternate_on} #{cursor_flag}');
				return {alternateScreen: flags.startsWith('1'), cursorVisible: flags.endsWith('1')};
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

/** The board's row of a host, without the pane beside it, or null while there is none. */
export function findRow(screen: string, hostName: string): string | null {
	const rows = screen.split('\n').map((line) => line.split('│')[0]?.trimEnd() ?? '');
	return rows.find((row) => row.split(/\s+/).includes(hostName)) ?? null;
}

async function waitForText(
	readScreen: () => Promise<string>,
	description: string,
	deadlineMs: number,
	matches: (screen: string) => boolean,
): Promise<string> {
	let last = '';
	try {
		return await waitFor(description, deadlineMs, async () => {
			last = await readScreen();
			return matches(last) ? last : null;
		});
	} catch (error) {
		throw new Error(`${error instanceof Error ? error.message : String(error)}; the screen:\n${last}`, {cause: error});
	}
}

async function formatPaneScript(lab: Surroundings, hostNames: readonly string[]): Promise<string> {
	const {command, env} = await describeInvocation(lab);
	const preload = `--import=${new URL('planted-bug.mjs', import.meta.url).href}`;
	const settings = Object.entries({...env, TERM: 'tmux-256color', NODE_OPTIONS: preload}).map(
		([name, value]) => `${name}=${value}`,
	);
	const words = ['env', '-i', ...settings, ...command, ...hostNames, '-F', lab.sshConfig];
	return [
		'modes=$(stty -g)',
		words.map(shellQuote).join(' '),
		'echo "exit code $?"',
		'[ "$modes" = "$(stty -g)" ] && echo "terminal modes restored"',
		'exec cat',
		'',
	].join('\n');
}
