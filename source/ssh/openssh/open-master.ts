/** Starts an `ssh` that holds a connection (a control master) and tells when its socket is there, or why it never was. */
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {execa} from 'execa';
import type {Clock} from '../../support/clock.ts';
import {openAskpassBridge, type AnswerPrompt} from './askpass-bridge.ts';
import {lifelineScript, masterArguments, type MasterRequest} from './master-arguments.ts';
import type {ProgressReader} from './read-progress.ts';

export type OpenSshMaster = {
	readonly controlPath: string;
	/** Resolves when the program has ended and what it wrote has been read. */
	readonly ended: Promise<void>;
	/** Once it has logged in it has no further questions. */
	endQuestions(): void;
	/** Ends the program, its proxies and its sockets. */
	close(): void;
};

export type MasterOptions = {
	readonly request: Omit<MasterRequest, 'controlPath' | 'mayAsk'>;
	/** Null where there is nobody to answer what it asks. */
	readonly answer: AnswerPrompt | null;
	readonly env: NodeJS.ProcessEnv;
	readonly clock: Clock;
	readonly progress: ProgressReader;
};

const killAfterMs = 1500;
const lastWordsMs = 100;

/** The socket's folder is private (0700) and goes with the program. Rejects as `fs` does when it cannot be made. */
export async function startMaster({request, answer, env, clock, progress}: MasterOptions): Promise<OpenSshMaster> {
	// Short, because a socket's path may have no more than 104 characters on some systems.
	const folder = await mkdtemp(path.join(os.tmpdir(), 'sickbay-'));
	const controlPath = path.join(folder, 'c');
	const bridge = answer === null ? null : await openAskpassBridge(folder, answer);
	const child = execa(
		'/bin/sh',
		['-c', lifelineScript, 'sh', folder, 'ssh', ...masterArguments({...request, controlPath, mayAsk: answer !== null})],
		{
			// No terminal of its own either: a proxy's ssh must not ask anything in the middle of a screen.
			detached: true,
			env: {...env, ...(bridge === null ? {SSH_ASKPASS_REQUIRE: 'never'} : bridge.env)},
			extendEnv: false,
			stdin: 'pipe',
			stdout: 'ignore',
			stderr: 'pipe',
			buffer: false,
			reject: false,
		},
	);
	child.stdin.on('error', () => undefined);
	child.stderr.on('error', () => undefined);
	child.stderr.on('data', (chunk: Buffer) => progress.add(chunk));
	const exited = new Promise<void>((resolve) => {
		child.nodeChildProcess.once('exit', () => resolve());
		child.nodeChildProcess.once('error', () => resolve());
	});
	const ended = exited.then(async () => {
		bridge?.close();
		await lastWords(child.stderr, clock);
		await rm(folder, {recursive: true, force: true}).catch(() => undefined);
	});
	return {
		controlPath,
		ended,
		endQuestions: () => bridge?.close(),
		close() {
			bridge?.close();
			child.stdin.end();
			const cancel = clock.schedule(killAfterMs, () => killGroup(child.pid));
			void exited.then(cancel);
		},
	};
}

/** A proxy may hold standard error open for longer than ssh lives. */
function lastWords(stderr: NodeJS.ReadableStream & {readonly readableEnded?: boolean}, clock: Clock): Promise<void> {
	return new Promise((resolve) => {
		if (stderr.readableEnded) {
			resolve();
			return;
		}
		const cancel = clock.schedule(lastWordsMs, resolve);
		stderr.once('end', () => {
			cancel();
			resolve();
		});
	});
}

/** The group is the program's own: it was started detached. */
function killGroup(pid: number | undefined): void {
	try {
		if (pid !== undefined) process.kill(-pid, 'SIGKILL');
	} catch {
		// Already gone.
	}
}
