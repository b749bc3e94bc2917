/** A connected host without a machine: answers the probe from a table, and says only what a test lets it say. */
import {PassThrough, Duplex} from 'node:stream';
import {endMark, kernelLogName, probeName, sectionMark} from '../../source/model/probe-protocol.ts';
import {TransportError, type CommandChannel, type Transport} from '../../source/model/transport.ts';

export type ScriptedHost = {
	readonly transport: Transport;
	/** Requests the probe was asked, in order, names only. */
	readonly asked: readonly string[];
	isClosed(): boolean;
	/** Writes lines to everybody who follows the kernel log. */
	log(...lines: readonly string[]): void;
	/** The network goes. */
	lose(message: string): void;
	/** The shell that runs the probe ends, the connection stays. */
	endShell(): void;
};

type Answers = Readonly<Record<string, Readonly<Record<string, string>>>>;

const ordinaryAnswers: Answers = {
	hello: {
		uid: '1000',
		uname: 'Linux\n6.1.0-50-amd64\nx86_64',
		hostname: 'web-01',
		'boot-id': '0b9d1d3e-2a5f-4d0c-9d5b-5f1f6f0f4a11',
		uptime: '7200.5 9000.1',
		clock: '1795183200',
		'os-release': 'ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"',
		cpus: '4',
		sudo: 'no',
	},
	vitals: {
		loadavg: '0.10 0.20 0.30 1/100 4242',
		meminfo: 'MemTotal: 16000000 kB\nMemAvailable: 9000000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB',
		uptime: '7205.5 9000.1',
	},
	filesystems: {
		mounts: '/dev/sda1 / ext4 rw 0 0',
		df: 'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 1000000 400000 600000 40% /',
		'df-inodes': 'Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/sda1 65536 1000 64536 2% /',
	},
};

/** `answers` replaces sections; `kernelLog` is the first line of the follower's program. */
export function createScriptedHost(
	options: {readonly answers?: Answers; readonly kernelLog?: string} = {},
): ScriptedHost {
	const closed = Promise.withResolvers<Awaited<Transport['closed']>>();
	const asked: string[] = [];
	const probes = new Set<PassThrough>();
	const followers = new Set<PassThrough>();
	let isClosed = false;

	const answer = (output: PassThrough, line: string): void => {
		const [request = ''] = line.split('\t');
		asked.push(request);
		const sections = {...ordinaryAnswers[request], ...options.answers?.[request]};
		const text = Object.entries(sections).map(([name, body]) => `${sectionMark}${name}\n${body}\n`);
		output.write(`${text.join('')}${endMark}${request}\n`);
	};
	const end = (message: string | null): void => {
		isClosed = true;
		closed.resolve(message === null ? {kind: 'closed-by-us'} : {kind: 'lost', message});
	};

	return {
		asked,
		isClosed: () => isClosed,
		log: (...lines) => {
			for (const follower of followers) follower.write(lines.map((line) => `${line}\n`).join(''));
		},
		lose: end,
		endShell: () => {
			for (const probe of probes) probe.end();
		},
		transport: {
			description: 'scripted',
			closed: closed.promise,
			close: () => end(null),
			openUnixSocket: () =>
				new Duplex({
					read() {
						this.destroy(new TransportError('refused', 'no such socket'));
					},
					write: (_chunk, _encoding, done) => done(),
				}),
			exec(commandLine) {
				const output = new PassThrough();
				const input = new PassThrough();
				if (commandLine.includes(` ${kernelLogName} `)) {
					followers.add(output);
					output.write(`${options.kernelLog ?? 'method kmsg'}\n`);
				} else if (commandLine.endsWith(` ${probeName}`)) {
					probes.add(output);
					input.on('data', (chunk: Buffer) => {
						for (const line of chunk.toString().trimEnd().split('\n')) answer(output, line);
					});
				} else {
					// `test -S` of the engine's socket: it is missing.
					output.end();
				}
				return Promise.resolve(channelOver(input, output));
			},
		},
	};
}

function channelOver(input: PassThrough, output: PassThrough): CommandChannel {
	const exit = Promise.withResolvers<{code: number | null; signal: string | null}>();
	output.on('end', () => exit.resolve({code: 3, signal: null}));
	return {
		stream: Duplex.from({readable: output, writable: input}),
		exit: exit.promise,
		stderr: () => '',
		close: () => void output.end(),
	};
}
