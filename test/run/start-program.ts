/** Starts the built program as a person's shell would, without a terminal, in a home and a temporary directory of its own. */
import {spawn, type ChildProcess} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {inject} from 'vitest';

export const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

if (!existsSync(program)) throw new Error('dist/cli.js is missing: run `npm run build` first (`npm test` does)');

export type Ended = {
	readonly exitCode: number | null;
	/** The signal that killed it; null when it ended by itself. */
	readonly signal: NodeJS.Signals | null;
	readonly out: string;
	readonly error: string;
};

export type StartedProgram = {
	readonly child: ChildProcess;
	readonly ended: Promise<Ended>;
	/** What the program put into its temporary directory and has not removed. */
	leftBehind(): readonly string[];
};

export type StartOptions = {readonly env?: NodeJS.ProcessEnv; readonly nodeOptions?: readonly string[]};

export const createDirectory = (name: string): string => mkdtempSync(path.join(inject('runDirectory'), `${name}-`));

export function startProgram(argv: readonly string[], options: StartOptions = {}): StartedProgram {
	const home = createDirectory('home');
	const temporary = createDirectory('tmp');
	const child = spawn(process.execPath, [...(options.nodeOptions ?? []), program, ...argv], {
		// Nothing of the machine or of whoever runs the tests is seen: no SSH configuration, no engine, no settings.
		env: {PATH: process.env['PATH'], HOME: home, TMPDIR: temporary, TZ: 'UTC', ...options.env},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let out = '';
	let error = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
	return {
		child,
		ended: new Promise((resolve) => {
			child.on('close', (exitCode, signal) => resolve({exitCode, signal, out, error}));
		}),
		leftBehind: () => readdirSync(temporary).filter((name) => name.startsWith('sickbay-')),
	};
}

/** Runs the program to its end. */
export function run(argv: readonly string[], options: StartOptions = {}): Promise<Ended> {
	return startProgram(argv, options).ended;
}
