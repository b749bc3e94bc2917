/** What the fault table provokes its faults on: real sshds and an Engine API on loopback, and peers that play broken ones. */
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {chmod, mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {connect, createServer, type AddressInfo, type Socket} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {startFakeEngine, type FakeEngine} from '../../engine/fake-engine.ts';
import {run} from '../lab-command.ts';
import {waitFor} from '../wait-for.ts';

export type FaultWard = {
	readonly folder: string;
	readonly userKey: string;
	/** A key no host knows. */
	readonly strangerKey: string;
	readonly knownHosts: string;
	createKey(name: string): Promise<string>;
	findPort(): Promise<number>;
	/** A real sshd whose key is known for its port; `extra` lines of sshd_config win. */
	startSshd(port: number, extra?: string): Promise<ChildProcess>;
	startEngine(name: string): Promise<WardEngine>;
	/** A TCP peer that does what it is told with each connection. */
	startPeer(port: number, onConnection: (socket: Socket) => void): Promise<{stop(): Promise<void>}>;
	trust(port: number, publicKeyFile: string, marker?: string): Promise<void>;
	undo(action: () => unknown): void;
	close(): Promise<void>;
};

export type WardEngine = {readonly path: string; current(): FakeEngine; stop(): Promise<void>; start(): Promise<void>};

export async function openFaultWard(): Promise<FaultWard> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'sickbay-faults-'));
	const undoings: (() => unknown)[] = [];
	const knownHosts = path.join(folder, 'known_hosts');
	await chmod(folder, 0o755);
	await writeFile(knownHosts, '');
	if (process.getuid?.() === 0) await mkdir('/run/sshd', {recursive: true, mode: 0o755});
	const createKey = async (name: string): Promise<string> => {
		const file = path.join(folder, name);
		await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file]);
		return file;
	};
	const [hostKey, userKey, strangerKey] = await Promise.all(['host', 'user', 'stranger'].map(createKey));
	if (!hostKey || !userKey || !strangerKey) throw new Error('no keys');
	const {readFile} = await import('node:fs/promises');
	await writeFile(path.join(folder, 'authorized_keys'), await readFile(`${userKey}.pub`));
	const trust: FaultWard['trust'] = async (port, publicKeyFile, marker = '') => {
		const [type, key] = (await readFile(publicKeyFile, 'utf8')).split(' ');
		await writeFile(knownHosts, `${marker}[127.0.0.1]:${port} ${type} ${key}\n`, {flag: 'a'});
	};
	return {
		folder,
		userKey,
		strangerKey,
		knownHosts,
		createKey,
		findPort,
		trust,
		undo: (action) => void undoings.push(action),
		async startSshd(port, extra = '') {
			const config = path.join(folder, `sshd_${port}`);
			await writeFile(config, formatSshdConfig(port, hostKey, folder, extra));
			const child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', config], {stdio: 'ignore'});
			undoings.push(() => killTree(child));
			await waitFor(`sshd on port ${port}`, 5000, () => knock(port));
			return child;
		},
		async startEngine(name) {
			const link = path.join(folder, `${name}.sock`);
			let engine: FakeEngine | null = null;
			const start = async (): Promise<void> => {
				engine = await startFakeEngine();
				await rm(link, {force: true});
				await symlink(engine.path, link);
				await chmod(engine.path, 0o666);
			};
			const stop = async (): Promise<void> => {
				await engine?.close();
				engine = null;
			};
			await start();
			undoings.push(stop);
			const current = (): FakeEngine => {
				if (engine === null) throw new Error(`the engine ${name} is stopped`);
				return engine;
			};
			return {path: link, current, start, stop};
		},
		async startPeer(port, onConnection) {
			const sockets = new Set<Socket>();
			const server = createServer((socket) => {
				sockets.add(socket);
				socket.on('error', () => undefined);
				onConnection(socket);
			});
			server.listen(port, '127.0.0.1');
			await once(server, 'listening');
			const stop = async (): Promise<void> => {
				for (const socket of sockets) socket.destroy();
				if (server.listening) await once(server.close(), 'close');
			};
			undoings.push(stop);
			return {stop};
		},
		async close() {
			for (const undo of undoings.toReversed()) await undo();
			await rm(folder, {recursive: true, force: true});
		},
	};
}

function formatSshdConfig(port: number, hostKey: string, folder: string, extra: string): string {
	// This machine's own kernel log and root's rights would outshine the fault: commands run as nobody.
	const asNobody = 'exec env HOME=/ setpriv --reuid 65534 --regid 65534 --clear-groups sh -c "$SSH_ORIGINAL_COMMAND"';
	return `${extra}
ForceCommand ${asNobody}
Port ${port}
ListenAddress 127.0.0.1
HostKey ${hostKey}
AuthorizedKeysFile ${path.join(folder, 'authorized_keys')}
StrictModes no
UsePAM no
PidFile none
PasswordAuthentication no
KbdInteractiveAuthentication no
`;
}

export async function findPort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const {port} = probe.address() as AddressInfo;
	probe.close();
	await once(probe, 'close');
	return port;
}

async function knock(port: number): Promise<true | null> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return null;
	} finally {
		socket.destroy();
	}
}

/** Processes below one, its own children first. */
export async function listDescendants(pid: number): Promise<readonly number[]> {
	const text = await run('pgrep', ['--parent', String(pid)]).catch(() => '');
	const children = text.split('\n').filter(Boolean).map(Number);
	const below = await Promise.all(children.map(listDescendants));
	return [...children, ...below.flat()];
}

/** A frozen or killed sshd leaves its sessions behind; each is one we started. */
export async function killTree(child: ChildProcess): Promise<void> {
	if (child.pid === undefined || child.exitCode !== null) return;
	for (const pid of [...(await listDescendants(child.pid)), child.pid]) signal(pid, 'SIGKILL');
}

export function signal(pid: number, name: NodeJS.Signals): void {
	try {
		process.kill(pid, name);
	} catch {
		// It has ended by itself.
	}
}
