/**
 * A fleet of SSH servers that come and go: `node flapping-process.ts SIZE DIRECTORY`. Each host lets a connection live for
 * 20 to 60 s, then breaks in one of several ways, and is well again some seconds later, for ever. Writes an SSH
 * configuration for it, says `ready`, then the name of each break, and ends when its input does.
 */
import {createServer, type Server, type Socket} from 'node:net';
import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as elapse} from 'node:timers/promises';
import {createDemoHost, type DemoHost} from '../../source/demo/demo-host.ts';
import {createDemoKeyring} from '../../source/demo/demo-keyring.ts';
import {startDemoLife} from '../../source/demo/demo-life.ts';
import {planExtraHost} from '../../source/demo/extras.ts';
import type {DemoHostPlan} from '../../source/demo/host-plan.ts';
import {createOpenSshKey} from '../../source/demo/openssh-key.ts';
import {createSshFront} from '../../source/demo/ssh-front.ts';
import {systemClock} from '../../source/support/clock.ts';

const [size = '200', directory = '.'] = process.argv.slice(2);
const shortestLifeMs = 20_000;
const longestLifeMs = 60_000;
const shortestBreakMs = 2000;
const longestBreakMs = 12_000;
const port = 22_731;

/** What becomes of the connections there are, and of those that come while the host is sick. */
const breaks = ['cut', 'reset', 'refused', 'turned-away', 'silent', 'frozen', 'engine-down', 'engine-hung'] as const;
type Break = (typeof breaks)[number];

type Flapping = {readonly host: DemoHost; readonly knownHostsLine: string; readonly address: string};

const keyring = await createDemoKeyring();
const members = await Promise.all(Array.from({length: Number(size)}, (_, index) => startFlapping(index)));
await keyring.writeKnownHosts(members.map(({knownHostsLine}) => knownHostsLine));
// A container starts or stops now and then, as the kernel log of a busy host would make the state grow by itself.
startDemoLife(
	members.map(({host}) => host),
	systemClock,
	members.length / 240,
);
const blocks = members.map(
	({host, address}) => `Host ${host.plan.name}
  HostName ${address}
  Port ${port}
  User demo
  IdentityFile ${keyring.identityFile}
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile ${keyring.knownHostsFile}
  GlobalKnownHostsFile /dev/null
`,
);
await writeFile(path.join(directory, 'ssh_config'), blocks.join('\n'));
await writeFile(path.join(directory, 'hosts'), members.map(({host}) => `${host.plan.name}\n`).join(''));
process.stdout.write('ready\n');
process.stdin.resume().on('end', () => void keyring.close().then(() => process.exit(0)));

/** An address of its own, so that no port of it is ever taken for an outgoing connection while the host refuses. */
async function startFlapping(index: number): Promise<Flapping> {
	const address = `127.31.${Math.floor(index / 250)}.${1 + (index % 250)}`;
	let sickness: Break | null = null;
	const plan: DemoHostPlan = {
		...planExtraHost(index, true),
		get engineFault() {
			if (sickness === 'engine-down') return 'down' as const;
			return sickness === 'engine-hung' ? ('list-hangs' as const) : ('none' as const);
		},
	};
	const host = createDemoHost(plan, systemClock);
	const key = createOpenSshKey(plan.name);
	const front = createSshFront(host, key.privateText, keyring.clientPublicLine);
	const sockets = new Set<Socket>();
	let visited = Promise.withResolvers<void>();
	const server = createServer({noDelay: true}, (socket) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
		if (sickness === 'turned-away') socket.end('Not allowed at this time\r\n');
		else if (sickness === 'silent') socket.resume();
		else {
			front.receive(socket);
			visited.resolve();
		}
	});
	await listen(server, address);
	const flap = async (): Promise<never> => {
		for (;;) {
			await visited.promise;
			await elapse(between(shortestLifeMs, longestLifeMs));
			// Who comes back while the host is still sick (an engine that is down refuses nobody) has come back.
			visited = Promise.withResolvers<void>();
			sickness = breaks[Math.floor(Math.random() * breaks.length)] ?? 'cut';
			process.stdout.write(`${sickness}\n`);
			await breakFor(sickness, sockets, server, address);
			sickness = null;
		}
	};
	void flap();
	return {host, address, knownHostsLine: `[${address}]:${port} ${key.publicLine}`};
}

async function breakFor(sickness: Break, sockets: Set<Socket>, server: Server, address: string): Promise<void> {
	const old = [...sockets];
	if (sickness === 'frozen') {
		// Nothing is read or answered, as on a host that hangs: the client has to find that out.
		for (const socket of old) socket.pause();
		await elapse(longestLifeMs);
	}
	for (const socket of old) {
		if (sickness === 'reset') socket.resetAndDestroy();
		else socket.destroy();
	}
	if (sickness === 'cut' || sickness === 'reset' || sickness === 'frozen') return;
	if (sickness === 'refused') server.close();
	await elapse(between(shortestBreakMs, longestBreakMs));
	for (const socket of sickness === 'silent' ? sockets : []) socket.destroy();
	if (sickness === 'refused') await listen(server, address);
}

async function listen(server: Server, address: string): Promise<void> {
	server.listen(port, address);
	await once(server, 'listening');
}

function between(least: number, most: number): number {
	return least + Math.random() * (most - least);
}
