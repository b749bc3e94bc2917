/** Reaches a loopback sshd with connectors of the test's own configuration; everything is in one folder. */
import {execFile, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {promisify} from 'node:util';
import {onTestFinished} from 'vitest';
import type {SshTarget} from '../../source/model/host.ts';
import type {LadderError} from '../../source/model/ladder-error.ts';
import type {Transport} from '../../source/model/transport.ts';
import {createSshConnector, type SshConnector, type SshConnectorOptions} from '../../source/ssh/ssh-connector.ts';
import type {SshTimings} from '../../source/ssh/ssh-timings.ts';
import {systemClock} from '../../source/support/clock.ts';
import {startSshd} from './loopback-sshd.ts';

const run = promisify(execFile);

export const overOpenSsh = {transport: 'openssh'} as const;

export type Reached = {readonly transport: Transport; readonly rungs: readonly string[]};

export type OpenSshBench = {
	/** Path of a file of the bench. */
	at(name: string): string;
	/** Where the connections put their sockets. */
	readonly temporary: string;
	/** Port of the sshd that has post-quantum key exchange only. */
	readonly port: number;
	startOwnSshd(extra: string): Promise<{child: ChildProcess; port: number}>;
	/** `config` comes first, so that it wins. Answers with the file's path. */
	writeConfig(config: string): Promise<string>;
	makeConnector(
		config: string,
		timings?: Partial<SshTimings>,
		person?: Pick<SshConnectorOptions, 'ask' | 'tell'>,
	): Promise<SshConnector>;
	/** Serves an echo on a Unix socket. */
	serve(name: string): Promise<string>;
	/** Command lines of processes that use the bench's sockets. */
	processes(): Promise<readonly string[]>;
	close(): Promise<void>;
};

export async function openBench(): Promise<OpenSshBench> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'sickbay-openssh-'));
	const at = (name: string): string => path.join(folder, name);
	const temporary = at('tmp');
	await mkdir(temporary);
	process.env['TMPDIR'] = temporary;
	for (const name of ['host_ed25519', 'id_ed25519', 'stranger']) {
		await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', at(name)]);
	}
	await writeFile(at('authorized_keys'), await readFile(at('id_ed25519.pub')));
	const trust = async (port: number): Promise<void> =>
		writeFile(at('known_hosts'), `[127.0.0.1]:${port} ${await readFile(at('host_ed25519.pub'), 'utf8')}`, {flag: 'a'});
	const {child: server, port} = await startSshd(folder, 'KexAlgorithms sntrup761x25519-sha512@openssh.com');
	await trust(port);
	let configs = 0;

	const writeConfig = async (config: string): Promise<string> => {
		const file = at(`config_${configs++}`);
		await writeFile(
			file,
			`${config}
Host *
  HostName 127.0.0.1
  User ${os.userInfo().username}
  Port ${port}
  IdentityFile ${at('id_ed25519')}
  IdentityAgent none
  UserKnownHostsFile ${at('known_hosts')}
  GlobalKnownHostsFile none
`,
		);
		return file;
	};

	return {
		at,
		temporary,
		port,
		writeConfig,
		async startOwnSshd(extra) {
			const started = await startSshd(folder, extra);
			onTestFinished(() => void started.child.kill('SIGKILL'));
			await trust(started.port);
			return started;
		},
		async makeConnector(config, timings = {}, person = {}) {
			const configFile = await writeConfig(config);
			return createSshConnector({configFile, clock: systemClock, env: process.env, timings, ...person});
		},
		async serve(name) {
			const echo = createServer((socket) => socket.pipe(socket)).listen(at(name));
			await once(echo, 'listening');
			onTestFinished(() => void echo.close());
			return at(name);
		},
		processes: () => processesWith(temporary),
		async close() {
			server.kill('SIGKILL');
			delete process.env['TMPDIR'];
			await rm(folder, {recursive: true, force: true});
		},
	};
}

export async function reach(connector: SshConnector, target: Partial<SshTarget> = {}): Promise<Reached> {
	const rungs: string[] = [];
	const resolved = await connector.resolve({kind: 'ssh', destination: 'lab', ...target});
	const transport = await connector.connect(resolved, {
		signal: AbortSignal.timeout(30_000),
		onRung: (rung) => rungs.push(rung),
	});
	onTestFinished(() => transport.close());
	return {transport, rungs};
}

export async function failure(connector: SshConnector, target: Partial<SshTarget> = overOpenSsh): Promise<LadderError> {
	try {
		await reach(connector, target);
	} catch (error) {
		return error as LadderError;
	}
	throw new Error('connected, against expectation');
}

export async function ask(transport: Transport, command: string): Promise<string> {
	return text((await transport.exec(command)).stream);
}

async function processesWith(words: string): Promise<readonly string[]> {
	const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
	const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
	return lines.filter((line) => line.includes(words)).map((line) => line.replaceAll('\0', ' '));
}
