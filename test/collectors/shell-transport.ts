/** A transport whose host is this machine: commands run by a real login shell, as sshd would start them. */
import {spawn, type ChildProcess} from 'node:child_process';
import {accessSync, constants, readdirSync, readFileSync} from 'node:fs';
import {Duplex, type Readable, type Writable} from 'node:stream';
import type {CommandChannel, Transport} from '../../source/model/transport.ts';

export type ShellTransport = Transport & {
	readonly children: readonly ChildProcess[];
	/** As when the network goes: the far side of every pipe is closed, nothing is killed. */
	lose(): void;
};

/** `program` is the login shell with its leading arguments; `env` replaces the environment. */
export function createShellTransport(
	program: readonly string[] = ['sh'],
	env: NodeJS.ProcessEnv = process.env,
): ShellTransport {
	const children: ChildProcess[] = [];
	const closed = Promise.withResolvers<{kind: 'lost'; message: string}>();
	const drop = (child: ChildProcess): void => {
		child.stdin?.destroy();
		child.stdout?.destroy();
		child.stderr?.destroy();
	};
	const lose = (): void => {
		for (const child of children) drop(child);
		closed.resolve({kind: 'lost', message: 'lost by the test'});
	};
	return {
		description: 'test shell',
		closed: closed.promise,
		children,
		lose,
		close: lose,
		openUnixSocket() {
			throw new Error('not used here');
		},
		exec(commandLine) {
			const [file = 'sh', ...args] = program;
			const child = spawn(file, [...args, '-c', commandLine], {env, stdio: 'pipe'});
			children.push(child);
			return Promise.resolve(channelOf(child, drop));
		},
	};
}

function channelOf(child: ReturnType<typeof spawn>, drop: (child: ChildProcess) => void): CommandChannel {
	let stderr = '';
	child.stderr?.on('data', (chunk: Buffer) => {
		stderr = (stderr + chunk.toString()).slice(-4096);
	});
	child.stdin?.on('error', () => {});
	const stream = streamOf(child);
	return {
		stream,
		exit: new Promise((resolve) => child.on('exit', (code, signal) => resolve({code, signal}))),
		stderr: () => stderr,
		close: () => drop(child),
	};
}

/** Login shells to be found on this machine, with what starts each. */
export function findShells(): readonly (readonly [string, readonly string[]])[] {
	const known: (readonly [string, readonly string[]])[] = [
		['sh', ['sh']],
		['dash', ['dash']],
		['bash', ['bash']],
		['zsh', ['zsh']],
		['fish', ['fish']],
		['tcsh', ['tcsh']],
		['busybox', ['busybox', 'ash']],
	];
	const isInstalled = (name: string): boolean =>
		(process.env['PATH'] ?? '').split(':').some((folder) => {
			try {
				accessSync(`${folder}/${name}`, constants.X_OK);
				return true;
			} catch {
				return false;
			}
		});
	return known.filter(([name]) => isInstalled(name));
}

/** Processes, by /proc, whose environment holds this text: children inherit it, whoever adopts them. */
export function processesMarked(mark: string): readonly number[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.filter((pid) => {
			try {
				return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
			} catch {
				return false;
			}
		})
		.map(Number);
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
