/** The built program as the fault table watches it: `doctor` for words and rungs, the board in tmux for times. */
import {execa} from 'execa';
import {shellQuote} from '../../../source/support/shell-quote.ts';
import {run, tryRun} from '../lab-command.ts';
import {waitFor} from '../wait-for.ts';

const program = [process.execPath, new URL('../../../dist/cli.js', import.meta.url).pathname];

export type DoctorRung = {
	readonly rung: string;
	readonly state: string;
	readonly code?: string;
	readonly summary?: string;
	readonly afterMs?: number | null;
	readonly note?: string | null;
};

export type DoctorHost = {
	readonly name: string;
	readonly transport: string | null;
	readonly ladder: readonly DoctorRung[];
	readonly findings: readonly {readonly id: string; readonly summary: string}[];
};

export async function askDoctor(args: readonly string[], env: NodeJS.ProcessEnv): Promise<readonly DoctorHost[]> {
	const {stdout} = await execa(
		program[0] ?? '',
		[...program.slice(1), 'doctor', '--format', 'json', '--timeout', '60s', ...args],
		{
			env,
			extendEnv: false,
			reject: false,
			stdin: 'ignore',
		},
	);
	return (JSON.parse(stdout) as {hosts: readonly DoctorHost[]}).hosts;
}

export type FaultBoard = {
	/** The line of a host, or the whole screen. */
	rowOf(name: string): Promise<string>;
	screen(): Promise<string>;
	press(...keys: readonly string[]): Promise<void>;
	readonly pid: number;
	close(): Promise<void>;
};

export async function openFaultBoard(args: readonly string[], env: NodeJS.ProcessEnv): Promise<FaultBoard> {
	const server = ['-L', `sickbay-faults-${process.pid}`, '-f', '/dev/null'];
	const tmux = (...words: readonly string[]): Promise<string> => run('tmux', [...server, ...words]);
	const settings = Object.entries({...env, TERM: 'tmux-256color'}).map(([name, value]) => `${name}=${value}`);
	const command = ['env', '-i', ...settings, ...program, ...args].map(shellQuote).join(' ');
	const size = ['-x', '150', '-y', '60'];
	const pane = await tmux('new-session', '-d', '-P', '-F', '#{pane_id}', ...size, 'sh', '-c', `${command}; exec cat`);
	const panePid = await tmux('display-message', '-p', '-t', pane, '#{pane_pid}');
	const pid = await waitFor('the board runs', 5000, async () =>
		Number(await run('pgrep', ['--parent', panePid, '--full', 'dist/cli.js'])),
	);
	const screen = (): Promise<string> => tmux('capture-pane', '-p', '-t', pane);
	return {
		pid,
		screen,
		async rowOf(name) {
			return (await screen()).split('\n').find((line) => line.split(/\s+/).includes(name)) ?? '';
		},
		press: async (...keys) => void (await tmux('send-keys', '-t', pane, ...keys)),
		close: () => tryRun('tmux', [...server, 'kill-server']),
	};
}
