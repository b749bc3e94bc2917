/** A transport to this machine's own sockets, with commands answered by the test or run by `sh`. */
import {spawn} from 'node:child_process';
import {connect} from 'node:net';
import {Duplex} from 'node:stream';
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
	const stream = Duplex.from({readable: child.stdout, writable: child.stdin});
	stream.on('error', () => {});
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
