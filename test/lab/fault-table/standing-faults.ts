/** Faults that are there when Sickbay comes: each gives a port on loopback, and a cure where time alone does not mend it. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {connect} from 'node:net';
import {chmod, rm} from 'node:fs/promises';
import path from 'node:path';
import {hang} from '../../engine/fake-engine.ts';
import {waitFor} from '../wait-for.ts';
import {signal, type FaultWard} from './fault-ward.ts';

export type Prepared = {
	/** Further lines of the host's block in ssh_config. */
	readonly sshConfig?: readonly string[];
	readonly engineSocket?: string;
	/** Takes the fault away; absent where a person has to act or nothing is broken. */
	readonly lift?: () => Promise<void>;
};

export type StandingFault = {
	readonly name: string;
	readonly fault: string;
	readonly provokedBy: string;
	prepare(ward: FaultWard, port: number): Promise<Prepared>;
};

const real = 'a real sshd';
const scripted = 'a scripted peer';

const withSshd = (name: string, fault: string, extra: string): StandingFault => ({
	name,
	fault,
	provokedBy: real,
	async prepare(ward, port) {
		const sshd = await ward.startSshd(port, extra);
		return {
			async lift() {
				sshd.kill('SIGKILL');
				await once(sshd, 'exit');
				await ward.startSshd(port);
			},
		};
	},
});

const withPeer = (name: string, fault: string, onConnection: Parameters<FaultWard['startPeer']>[1]): StandingFault => ({
	name,
	fault,
	provokedBy: scripted,
	async prepare(ward, port) {
		const peer = await ward.startPeer(port, onConnection);
		return {
			async lift() {
				await peer.stop();
				await ward.startSshd(port);
			},
		};
	},
});

const withEngine = (
	name: string,
	fault: string,
	prepare: (ward: FaultWard) => Promise<Pick<Prepared, 'engineSocket' | 'lift'>>,
): StandingFault => ({
	name,
	fault,
	provokedBy: 'a real sshd, a scripted engine',
	async prepare(ward, port) {
		await ward.startSshd(port);
		return prepare(ward);
	},
});

/** A listener that is frozen with a full queue: the kernel drops what comes, as a firewall would. */
const blackHole: StandingFault = {
	name: 'black-hole',
	fault: 'packets to the port are dropped',
	provokedBy: 'the kernel, for a frozen listener with a full queue',
	async prepare(ward, port) {
		const listen = `require('net').createServer().listen({port: ${port}, host: '127.0.0.1', backlog: 1}, () => console.log('up'))`;
		const child = spawn(process.execPath, ['-e', listen], {stdio: ['ignore', 'pipe', 'ignore']});
		await once(child.stdout, 'data');
		signal(child.pid ?? 0, 'SIGSTOP');
		const fillers = Array.from({length: 4}, () => connect(port, '127.0.0.1').on('error', () => undefined));
		const end = (): void => {
			for (const socket of fillers) socket.destroy();
			signal(child.pid ?? 0, 'SIGKILL');
		};
		ward.undo(end);
		return {
			async lift() {
				end();
				await once(child, 'exit');
				await ward.startSshd(port);
			},
		};
	},
};

const frozenSshd: StandingFault = {
	name: 'silent-sshd',
	fault: 'sshd is frozen: TCP connects, nothing is said',
	provokedBy: real,
	async prepare(ward, port) {
		const sshd = await ward.startSshd(port);
		signal(sshd.pid ?? 0, 'SIGSTOP');
		return {lift: () => Promise.resolve(signal(sshd.pid ?? 0, 'SIGCONT'))};
	},
};

const throttled: StandingFault = {
	name: 'max-startups',
	fault: 'MaxStartups is used up by others',
	provokedBy: real,
	async prepare(ward, port) {
		await ward.startSshd(port, 'MaxStartups 1:100:1\nLoginGraceTime 600');
		const holder = await waitFor('a connection that waits to log in', 5000, async () => {
			const socket = connect(port, '127.0.0.1').on('error', () => undefined);
			const [said] = (await once(socket, 'data')) as [Buffer];
			return said.toString().startsWith('SSH-') ? socket : null;
		});
		ward.undo(() => holder.destroy());
		return {lift: () => Promise.resolve(void holder.destroy())};
	},
};

const knownKeyCases: readonly StandingFault[] = [
	{
		name: 'key-unknown',
		fault: 'nobody has met the host yet',
		provokedBy: real,
		async prepare(ward, port) {
			await ward.startSshd(port);
			return {sshConfig: [`UserKnownHostsFile ${path.join(ward.folder, 'empty_known_hosts')}`]};
		},
	},
	{
		name: 'key-changed',
		fault: 'the host shows another key than the one on file',
		provokedBy: real,
		async prepare(ward, port) {
			await ward.startSshd(port);
			return {
				sshConfig: [`HostKeyAlias changed`, `UserKnownHostsFile ${path.join(ward.folder, 'changed_known_hosts')}`],
			};
		},
	},
	{
		name: 'key-revoked',
		fault: 'the key on file is marked @revoked',
		provokedBy: real,
		async prepare(ward, port) {
			await ward.startSshd(port);
			return {sshConfig: [`UserKnownHostsFile ${path.join(ward.folder, 'revoked_known_hosts')}`]};
		},
	},
];

export const standingFaults: readonly StandingFault[] = [
	{
		name: 'name-not-found',
		fault: 'the name does not exist',
		provokedBy: 'a name of 64 letters, which no name server is asked for',
		prepare: () => Promise.resolve({sshConfig: [`HostName ${'x'.repeat(64)}.invalid`]}),
	},
	{
		name: 'refused',
		fault: 'nothing listens on the port',
		provokedBy: 'the kernel, for a closed port',
		prepare: (ward, port) => Promise.resolve({lift: async () => void (await ward.startSshd(port))}),
	},
	blackHole,
	frozenSshd,
	throttled,
	withPeer('penalised', 'PerSourcePenalties of OpenSSH 9.8 and later', (socket) => {
		socket.end('Not allowed at this time\r\n');
	}),
	withPeer('not-ssh', 'a web server has the port', (socket) => {
		socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
	}),
	withPeer('silent-kex', 'sshd greets, then says nothing', (socket) => {
		socket.write('SSH-2.0-OpenSSH_9.9\r\n');
	}),
	withSshd(
		'incompatible',
		'sshd allows only post-quantum key exchange',
		'KexAlgorithms sntrup761x25519-sha512@openssh.com',
	),
	...knownKeyCases,
	{
		name: 'wrong-key',
		fault: 'the account does not know our key',
		provokedBy: real,
		async prepare(ward, port) {
			await ward.startSshd(port);
			return {sshConfig: [`IdentityFile ${ward.strangerKey}`]};
		},
	},
	{
		name: 'agent-gone',
		fault: 'the agent’s socket is dead and there is no other key',
		provokedBy: 'a real sshd, and an ssh-agent that was killed',
		async prepare(ward, port) {
			await ward.startSshd(port);
			const nothing = path.join(ward.folder, 'nothing');
			const agent = spawn('ssh-agent', ['-D', '-a', `${nothing}.sock`], {stdio: ['ignore', 'pipe', 'ignore']});
			await once(agent.stdout, 'data');
			agent.kill('SIGKILL');
			await once(agent, 'exit');
			return {sshConfig: [`IdentityFile ${nothing}`, `IdentityAgent ${nothing}.sock`]};
		},
	},
	{
		name: 'no-shell',
		fault: 'ForceCommand ends at once, and no engine is to be had either',
		provokedBy: real,
		async prepare(ward, port) {
			await ward.startSshd(port, 'ForceCommand /bin/false');
			return {engineSocket: path.join(ward.folder, 'nowhere.sock')};
		},
	},
	{
		name: 'engine-only',
		fault: 'a key that is only good for `docker system dial-stdio`',
		provokedBy: 'a real sshd, a scripted engine',
		async prepare(ward, port) {
			const engine = await ward.startEngine('engine-only');
			await ward.startSshd(
				port,
				`ForceCommand docker -H unix://${engine.path} system dial-stdio\nDisableForwarding yes`,
			);
			return {engineSocket: engine.path};
		},
	},
	withSshd('sessions-full', 'sshd opens no session (MaxSessions 0)', 'MaxSessions 0'),
	withEngine('socket-missing', 'no socket where the configuration says', (ward) =>
		Promise.resolve({engineSocket: path.join(ward.folder, 'nowhere.sock')}),
	),
	withEngine('engine-down', 'the engine was killed and left its socket', async (ward) => {
		const socket = path.join(ward.folder, 'dead.sock');
		const listen = `require('net').createServer().listen(process.argv.at(-1), () => console.log('up'))`;
		const child = spawn(process.execPath, ['-e', listen, socket], {stdio: ['ignore', 'pipe', 'ignore']});
		await once(child.stdout, 'data');
		child.kill('SIGKILL');
		await once(child, 'exit');
		await chmod(socket, 0o666);
		ward.undo(() => rm(socket, {force: true}));
		return {engineSocket: socket};
	}),
	withEngine('ping-hung', 'the engine accepts and answers nothing', async (ward) => {
		const engine = await ward.startEngine('ping-hung');
		const answer = engine.current().answers['/_ping'] ?? hang;
		engine.current().answers['/_ping'] = hang;
		return {
			engineSocket: engine.path,
			async lift() {
				engine.current().answers['/_ping'] = answer;
				await engine.stop();
				await engine.start();
			},
		};
	}),
];
