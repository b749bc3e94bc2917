/** A transport to this machine's own sockets, with commands answered by the test or run by `sh`. */
import {spawn} from 'node:child_process';
import {connect} from 'node:net';
import {Duplex, type Readable, type Writable} from 'node:stream';
import {TransportError, type CommandChannel, type Transport} from '../../source/model/transport.ts';

export type SocketTransport = Transport & {
	/** Sockets opened so far. */
	readonly opened: () => number;
	readonly commands: readonly string[];
	lose(): void;
};

/** `run` null refuses commands; `forwarding` false refuses sockets as an sshd with AllowStreamLocalForwarding no does. */
export function createSocketTransport({forwarding = true}: {forwarding?: boolean} = {}): SocketTransport {
	let opened = 0;
	const commands: string[] = [];
	const closed = Promise.withResolvers<{kind: 'lost'; message: string}>();
	return {
		description: 'test',
		closed: closed.promise,
		opened: () => opened,
		commands,
		lose: () => closed.resolve({kind: 'lost', message: 'test'}),
		close: () => closed.resolve({kind: 'lost', message: 'test'}),
		openUnixSocket(path) {
			opened++;
			if (forwarding) return connect(path);
			const refused = new Duplex({read() {}, write: (_chunk, _encoding, callback) => callback()});
			queueMicrotask(() => refused.destroy(new TransportError('refused', 'open failed')));
			return refused;
		},
		exec(commandLine) {
			commands.push(commandLine);
			return Promise.resolve(runCommand(commandLine));
		},
	};
}

function runCommand(commandLine: string): CommandChannel {
	const child = spawn('sh', ['-c', commandLine], {stdio: 'pipe'});
	let stderr = '';
	child.stderr.on('data', (chunk: Buffer) => {
		stderr = (stderr + chunk.toString()).slice(-4096);
	});
	child.stdin.on('error', () => {});
	const stream = streamOf(child);
	return {
		stream,
		exit: new Promise((resolve) => child.on('close', (code, signal) => resolve({code, signal}))),
		stderr: () => stderr,
		close: () => {
			child.stdin.destroy();
			child.stdout.destroy();
		},
	};
}

/** As an SSH channel, it takes writes after the far side has gone without failing, so that its last words are read. */
function streamOf({stdin, stdout}: {stdin: Writable | null; stdout: Readable | null}): Duplex {
	const stream = new Duplex({
		read: () => void stdout?.resume(),
		write: (chunk, _encoding, callback) => (stdin?.writable ? stdin.write(chunk, () => callback()) : callback()),
		final: (callback) => void (stdin?.end(), callback()),
	});
	stdout?.on('data', (chunk) => stream.push(chunk) || stdout.pause());
	stdout?.once('close', () => stream.push(null));
	return stream;
}
