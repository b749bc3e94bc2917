/** Makes a socket of a command on the host whose stdin and stdout are the engine's connection. */
import {duplexPair, type Duplex} from 'node:stream';
import type {CommandChannel, Transport} from '../model/transport.ts';
import {sanitiseLines} from '../support/sanitise.ts';
import {EngineFault, type EngineFaultKind} from './engine-fault.ts';

/** Returns at once, buffering until the command runs; emits `error` with an `EngineFault` when it fails. */
export function openCommandSocket(transport: Transport, commandLine: string): Duplex {
	const [near, far] = duplexPair();
	let channel: CommandChannel | null = null;
	const giveUp = new AbortController();
	near.once('close', () => {
		far.destroy();
		giveUp.abort();
		channel?.close();
	});
	far.on('error', () => near.destroy());
	transport.exec(commandLine, giveUp.signal).then(
		(opened) => {
			channel = opened;
			if (near.destroyed) opened.close();
			else join(opened, near, far);
		},
		(error: Error) => near.destroy(error),
	);
	return near;
}

function join(channel: CommandChannel, near: Duplex, far: Duplex): void {
	const {stream} = channel;
	far.pipe(stream);
	stream.pipe(far, {end: false});
	// A command that fails at once is gone before the request is written: its own words say more than the failed write.
	stream.on('error', (error) => {
		void channel.exit.then(({code}) => near.destroy(code ? classifyCommandFailure(channel.stderr()) : error));
	});
	stream.on('end', () => {
		// What the command says on stderr is the reason the engine did not answer; the exit status may follow the end.
		void channel.exit.then(({code}) => {
			if (code === 0) far.end();
			else near.destroy(classifyCommandFailure(channel.stderr()));
		});
	});
}

/** From the words of the docker client, sudo and the shell; matches their English, which they always speak here. */
function classifyCommandFailure(stderr: string): EngineFault {
	const words = sanitiseLines(stderr, 3, 300).join('; ') || 'the command ended without a word';
	const patterns: [EngineFaultKind, RegExp][] = [
		['forbidden', /permission denied|password is required|not allowed to|not in the sudoers/i],
		['missing', /no such file|not found/i],
		['refused', /connection refused|cannot connect|is the docker daemon running/i],
	];
	return new EngineFault(patterns.find(([, pattern]) => pattern.test(words))?.[0] ?? 'lost', words);
}
