/** Starts a jump host that can be killed and started again on its port, and counts what it was asked. */
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {createOpenSshKey} from '../../source/demo/openssh-key.ts';
import type {BenchFleet} from './start-fleet.ts';

export type BastionCount = {connection: number; login: number; forward: number};

export type Bastion = {
	/** An SSH configuration that leads to every host of the fleet through the bastion. */
	readonly sshConfigFile: string;
	/** Counted since the start or the last call. */
	takeCount(): BastionCount;
	kill(): Promise<void>;
	start(): Promise<void>;
};

export async function startBastion(fleet: BenchFleet): Promise<Bastion> {
	const key = createOpenSshKey('bastion');
	const keyFile = path.join(fleet.directory, 'bastion_key');
	await writeFile(keyFile, key.privateText, {mode: 0o600});
	let port = 0;
	let count: BastionCount = {connection: 0, login: 0, forward: 0};
	let child: ChildProcess | null = null;

	const start = async (): Promise<void> => {
		const started = spawn(process.execPath, ['test/bench/bastion-process.ts', String(port), keyFile], {
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		child = started;
		await new Promise<void>((resolve, reject) => {
			started.once('exit', () => reject(new Error('the bastion has ended')));
			started.stdout.on('data', (chunk: Buffer) => {
				for (const line of String(chunk).trim().split('\n')) {
					if (line in count) count[line as keyof BastionCount]++;
					if (!line.startsWith('ready ')) continue;
					port = Number(line.slice(6));
					resolve();
				}
			});
		});
	};
	await start();
	const sshConfigFile = path.join(fleet.directory, 'ssh_config_bastion');
	const knownHostsFile = path.join(fleet.directory, 'known_hosts_bastion');
	await writeFile(knownHostsFile, `[127.0.0.1]:${port} ${key.publicLine}\n`);
	const direct = await readFile(fleet.sshConfigFile, 'utf8');
	const identityFile = /IdentityFile (.*)/.exec(direct)?.[1] ?? '';
	const bastion = `Host bastion
  HostName 127.0.0.1
  Port ${port}
  User jump
  IdentityFile ${identityFile}
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile ${knownHostsFile}
  GlobalKnownHostsFile /dev/null
`;
	await writeFile(sshConfigFile, `${direct.replace(/^ {2}Port .*$/gm, '$&\n  ProxyJump bastion')}\n${bastion}`);
	return {
		sshConfigFile,
		takeCount() {
			const taken = count;
			count = {connection: 0, login: 0, forward: 0};
			return taken;
		},
		async kill() {
			if (child === null) return;
			child.removeAllListeners('exit');
			child.kill('SIGKILL');
			await once(child, 'exit');
			child = null;
		},
		start,
	};
}
