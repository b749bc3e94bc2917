/** Starts a fleet of SSH servers in a process of its own, with the files that lead clients to it. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {readUsage, untilOutput, type Usage} from './processes.ts';

export type BenchFleet = {
	readonly sshConfigFile: string;
	/** Only the SSH configuration above is a source of hosts. */
	readonly configFile: string;
	/** One name per line. */
	readonly hostsFile: string;
	readonly directory: string;
	readUsage(): Usage;
	close(): Promise<void>;
};

export async function startFleet(size: number): Promise<BenchFleet> {
	const directory = await mkdtemp(path.join(tmpdir(), 'sickbay-bench-'));
	const servers = spawn(process.execPath, ['test/bench/fleet-process.ts', String(size), directory], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	await untilOutput(servers, 'ready');
	return {
		directory,
		sshConfigFile: path.join(directory, 'ssh_config'),
		configFile: path.join(directory, 'config.yaml'),
		hostsFile: path.join(directory, 'hosts'),
		readUsage: () => readUsage(servers.pid ?? 0),
		async close() {
			servers.stdin.end();
			await once(servers, 'close');
			await rm(directory, {recursive: true, force: true});
		},
	};
}
