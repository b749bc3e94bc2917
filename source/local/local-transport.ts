/** The machine Sickbay runs on, reached like any other host: commands by `/bin/sh`, sockets by `connect`. */
import {spawn, type ChildProcessWithoutNullStreams} from 'node:child_process';
import type {Duplex} from 'node:stream';
import {
	TransportError,
	type CommandChannel,
	type CommandExit,
	type Transport,
	type TransportClosed,
} from '../model/transport.ts';
import {joinPipes} from '../support/join-pipes.ts';
import {sanitiseLines} from '../support/sanitise.ts';
import {LocalSocket} from './local-socket.ts';

const stderrLimitBytes = 4096;

/** `close` ends every command started through it, with all the processes those have started. */
export function createLocalTransport(): Transport {
	const commands = new Set<CommandChannel>();
	const sockets = new Set<Duplex>();
	let isClosed = false;
	let announce: (closed: TransportClosed) => void = () => undefined;
	const closed = new Promise<TransportClosed>((resolve) => {
		announce = resolve;
	});
	return {
		closed,
		description: 'this machine',
		async exec(commandLine, signal) {
			if (isClosed) throw new TransportError('closed', 'the connection is closed');
			if (signal?.aborted) throw new TransportError('aborted', 'aborted before the command started');
			const command = await startLocalCommand(commandLine);
			if (isClosed || signal?.aborted) {
				command.close();
				throw new TransportError(isClosed ? 'closed' : 'aborted', 'ended while the command was starting');
			}
			commands.add(command);
			signal?.addEventListener('abort', command.close, {once: true});
			void command.exit.then(() => {
				commands.delete(command);
				signal?.removeEventListener('abort', command.close);
			});
			return command;
		},
		openUnixSocket(path) {
			const socket = new LocalSocket(path);
			sockets.add(socket);
			socket.once('close', () => sockets.delete(socket));
			if (isClosed) process.nextTick(() => socket.destroy(new TransportError('closed', 'the connection is closed')));
			return socket;
		},
		close() {
			if (isClosed) return;
			isClosed = true;
			for (const command of commands) command.close();
			for (const socket of sockets) socket.destroy();
			announce({kind: 'closed-by-us'});
		},
	};
}

function startLocalCommand(commandLine: string): Promise<CommandChannel> {
	return new Promise((resolve, reject) => {
		// A process group of its own: what the command starts must not outlive it.
		const child = spawn('/bin/sh', ['-c', commandLine], {detached: true, stdio: 'pipe'});
		child.once('error', (error) => {
			reject(new TransportError('refused', 'cannot start /bin/sh', {cause: error}));
		});
		child.once('spawn', () => resolve(wrapChild(child)));
	});
}

function wrapChild(child: ChildProcessWithoutNullStreams): CommandChannel {
	let errors = Buffer.alloc(0);
	child.stderr.on('data', (chunk: Buffer) => {
		errors = Buffer.concat([errors, chunk.subarray(-stderrLimitBytes)]).subarray(-stderrLimitBytes);
	});
	child.stderr.on('error', () => undefined);
	const stream = joinPipes(child.stdout, child.stdin);
	const exit = new Promise<CommandExit>((resolve) => {
		child.once('exit', (code, signal) => resolve({code, signal}));
	});
	const close = (): void => {
		stream.destroy();
		if (child.exitCode === null && child.signalCode === null) killGroup(child.pid);
	};
	// A reader that lets go of the stream is done with the command.
	stream.once('close', close);
	return {stream, exit, close, stderr: () => sanitiseLines(errors.toString('utf8'), 200, stderrLimitBytes).join('\n')};
}

function killGroup(pid: number | undefined): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, 'SIGTERM');
	} catch {
		// It ended in the meantime.
	}
}
