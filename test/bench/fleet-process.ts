/**
 * A fleet of SSH servers in a process of its own: `node fleet-process.ts SIZE DIRECTORY`. Writes an SSH configuration
 * for it into the directory, says `ready` on standard output, and ends when its input does.
 */
import {spawn} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {ServerChannel} from 'ssh2';
import {startDemoFleet} from '../../source/demo/start-demo-fleet.ts';
import {systemClock} from '../../source/support/clock.ts';

const [size = '200', directory = '.'] = process.argv.slice(2);

/** What a simulated shell does not know runs for real, so that other tools can be measured on the same servers. */
function runForReal(commandLine: string, channel: ServerChannel): void {
	const child = spawn('/bin/sh', ['-c', commandLine], {stdio: 'pipe'});
	channel.pipe(child.stdin);
	child.stdin.on('error', () => {});
	child.stdout.pipe(channel, {end: false});
	child.stderr.pipe(channel.stderr, {end: false});
	child.on('close', (code) => {
		channel.exit(code ?? 1);
		channel.end();
	});
}

const fleet = await startDemoFleet({
	size: Number(size),
	clock: systemClock,
	onlyHealthy: true,
	runUnknownCommand: runForReal,
});
const blocks = await Promise.all(
	fleet.hosts.map(async (host) => {
		const target = await fleet.resolve({kind: 'ssh', destination: host.name});
		return `Host ${host.name}
  HostName ${target.hostname}
  Port ${target.port}
  User ${target.user}
  IdentityFile ${target.identityFiles[0]}
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile ${target.userKnownHostsFiles[0]}
  GlobalKnownHostsFile /dev/null
`;
	}),
);
await writeFile(path.join(directory, 'ssh_config'), blocks.join('\n'));
await writeFile(path.join(directory, 'config.yaml'), 'sources: {dockerContexts: false, localEngine: false}\n');
await writeFile(path.join(directory, 'hosts'), fleet.hosts.map((host) => `${host.name}\n`).join(''));
process.stdout.write('ready\n');
process.stdin.resume().on('end', () => void fleet.close().then(() => process.exit(0)));
