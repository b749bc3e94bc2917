/**
 * A few SSH servers whose connections break: `node dropping-process.ts DIRECTORY` stands between the ports of a fleet's
 * `ssh_config` and its clients, lets each connection live for up to a fifth of a second, and cuts it. Writes
 * `ssh_config_dropping`, says `ready`, and says `connection` for each.
 */
import {once} from 'node:events';
import {readFile, writeFile} from 'node:fs/promises';
import {connect, createServer, type AddressInfo} from 'node:net';
import path from 'node:path';

const [directory = '.'] = process.argv.slice(2);
const longestLifeMs = 200;

async function standBefore(port: number): Promise<number> {
	const server = createServer({noDelay: true}, (near) => {
		process.stdout.write('connection\n');
		const far = connect({host: '127.0.0.1', port, noDelay: true});
		const cut = (): void => {
			clearTimeout(timer);
			near.destroy();
			far.destroy();
		};
		const timer = setTimeout(cut, longestLifeMs * (0.3 + 0.7 * Math.random()));
		for (const socket of [near, far]) socket.on('error', cut).on('close', cut);
		near.pipe(far).pipe(near);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

const config = await readFile(path.join(directory, 'ssh_config'), 'utf8');
const ports = [...config.matchAll(/^ {2}Port (\d+)$/gm)].map(([, port]) => Number(port));
const doors = new Map(await Promise.all(ports.map(async (port) => [port, await standBefore(port)] as const)));
const known = /UserKnownHostsFile (.*)/.exec(config)?.[1] ?? '';
const knownHosts = (await readFile(known, 'utf8')).replace(/:(\d+) /g, (_all, port) => `:${doors.get(Number(port))} `);
const knownHostsFile = path.join(directory, 'known_hosts_dropping');
await writeFile(knownHostsFile, knownHosts);
const dropping = config
	.replace(/^ {2}Port (\d+)$/gm, (_all, port) => `  Port ${doors.get(Number(port))}`)
	.replaceAll(`UserKnownHostsFile ${known}`, `UserKnownHostsFile ${knownHostsFile}`);
await writeFile(path.join(directory, 'ssh_config_dropping'), dropping);
process.stdout.write('ready\n');
process.stdin.resume().on('end', () => process.exit(0));
