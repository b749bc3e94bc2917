import {once} from 'node:events';
import {connect} from 'node:net';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {hostileLabels, hostileName} from '../../source/demo/hostile-container.ts';
import {startDemoFleet, type DemoFleet} from '../../source/demo/start-demo-fleet.ts';
import {createFakeClock, type FakeClock} from '../fake-clock.ts';
import {connectTo, linesUntil, type DemoClient} from './demo-client.ts';

const followKernelLog = "exec sh -c 'script' sickbay-kernel-log kmsg sudo-kmsg";

type Listed = {
	readonly Names: string[];
	readonly Labels: Record<string, string>;
	readonly Command: string;
	readonly Image: string;
};

let fleet: DemoFleet;
let clock: FakeClock;
const clients: DemoClient[] = [];

beforeEach(async () => {
	clock = createFakeClock();
	fleet = await startDemoFleet({size: 12, clock});
});

afterEach(async () => {
	await Promise.all(clients.splice(0).map((client) => client.close()));
	await fleet.close();
});

async function client(name: string): Promise<DemoClient> {
	const connected = await connectTo(fleet, name);
	clients.push(connected);
	return connected;
}

async function kernelLines(name: string): Promise<string[]> {
	const {stdout} = await (await client(name)).run(followKernelLog);
	return stdout.trimEnd().split('\n').slice(1);
}

async function diskRow(
	host: DemoClient,
	path: string,
): Promise<{percent: number; mountPoint: string; usedKib: number}> {
	const row = (await host.ask(`filesystems\t${path}`)).get('df')!.trimEnd().split('\n')[1]!.split(/ +/);
	return {percent: Number.parseInt(row[4]!, 10), mountPoint: row[5]!, usedKib: Number(row[2])};
}

describe('hosts that cannot be reached', () => {
	test('a silent sshd accepts the connection and says nothing', async () => {
		const socket = connect(fleet.ports.get('batch-02')!, '127.0.0.1');
		await once(socket, 'connect');
		let heard = '';
		socket.on('data', (chunk) => (heard += String(chunk)));
		socket.write('SSH-2.0-test\r\n');
		// A whole conversation with another host fits in while it stays silent.
		await client('web-01').then((web) => web.ask('hello'));
		expect(heard).toBe('');
		expect(socket.destroyed).toBe(false);
		socket.destroy();
		await expect(connectTo(fleet, 'batch-02', {readyTimeoutMs: 50})).rejects.toThrow('waiting for handshake');
	});

	test('a refused connection is refused at once', async () => {
		await expect(connectTo(fleet, 'cache-01')).rejects.toMatchObject({code: 'ECONNREFUSED'});
	});

	test('a changed host key differs from the one known_hosts remembers', async () => {
		await expect(connectTo(fleet, 'db-02')).rejects.toThrow('verification failed');
	});
});

describe('hosts whose kernel has a story', () => {
	test("a panic arrives five seconds after somebody starts to watch, in the kernel's own name", async () => {
		const channel = await (await client('ci-11')).open(followKernelLog);
		const lines = linesUntil(channel, /Kernel panic/);
		const healthy = await (await client('web-01')).ask('hello');
		expect(healthy.size).toBeGreaterThan(0);
		clock.advance(4900);
		clock.advance(200);
		const seen = await lines;
		expect(seen.at(-1)).toMatch(/^0,\d+,\d+,-;Kernel panic - not syncing: Fatal exception$/);
		const oops = seen.find((line) => line.includes('BUG: unable to handle page fault'))!;
		const [, , panickedAt] = seen.at(-1)!.split(',');
		const [, , startedAt] = oops.split(',');
		expect(Number(panickedAt)).toBeGreaterThan(Number(startedAt));
		expect(seen.some((line) => line.includes('ovl_copy_up_one+0x1a3/0x920 [overlay]'))).toBe(true);
	});

	test('before it is watched that host has no panic in its log', async () => {
		expect((await kernelLines('ci-11')).filter((line) => line.includes('panic -'))).toEqual([]);
	});

	test('a panic in the previous boot shows in what the next boot prints', async () => {
		const lines = await kernelLines('web-07');
		const bert = lines.findIndex((line) => line.endsWith(';BERT: Error records from previous boot:'));
		expect(lines[bert + 1]).toMatch(/^3,\d+,\d+,-;\[Hardware Error\]: event severity: fatal$/);
		expect(lines.some((line) => line.endsWith('EXT4-fs (sda1): recovery complete'))).toBe(true);
		const uptime = (await (await client('web-07')).ask('vitals')).get('uptime')!;
		expect(Number.parseFloat(uptime)).toBeLessThan(900);
	});

	test('a forged panic carries the facility of a user program, and its escapes are escaped as the kernel does', async () => {
		const lines = await kernelLines('web-01');
		const forged = lines.filter((line) => line.includes('Kernel panic - not syncing'));
		expect(forged).toHaveLength(1);
		expect(Number(forged[0]!.split(',')[0]) >> 3).toBe(1);
		expect(lines.join('\n')).toContain(String.raw`\x1b[2J`);
		expect(lines.join('')).not.toContain('\u001B');
	});
});

describe('hosts whose engine or disk has a story', () => {
	test('a hung engine answers ping, version and info, and never the list', async () => {
		const ci = await client('ci-14');
		expect((await ci.get('/_ping')).body).toBe('OK');
		expect((await ci.get('/v1.41/version')).body.Version).toBe('20.10.24');
		expect((await ci.get('/info')).body.Driver).toBe('overlay2');
		let answered = false;
		const asked = ci.begin('/containers/json').then(() => (answered = true));
		for (let turn = 0; turn < 5; turn++) expect((await ci.get('/_ping')).body).toBe('OK');
		expect(answered).toBe(false);
		ci.client.end();
		await expect(asked).rejects.toThrow('socket hang up');
	});

	test("a filling disk holds the engine's root, many images and grows", async () => {
		const ci = await client('ci-03');
		const before = await diskRow(ci, '/var/lib/docker');
		expect(before).toMatchObject({mountPoint: '/var/lib/docker'});
		// df rounds up.
		expect(before.percent).toBe(95);
		expect((await ci.get<unknown[]>('/images/json')).body.length).toBeGreaterThan(150);
		clock.advance(3600_000);
		expect((await diskRow(ci, '/var/lib/docker')).usedKib).toBeGreaterThan(before.usedKib + 400_000);
	});

	test('a registry grows on a root file system nearly nine tenths full', async () => {
		const registry = await client('registry-1');
		const before = await diskRow(registry, '/');
		expect(before.percent).toBe(89);
		const {body} = await registry.get<{Image: string}[]>('/containers/json');
		expect(body.map(({Image}) => Image)).toContain('registry:2');
		clock.advance(600_000);
		expect((await diskRow(registry, '/')).usedKib).toBeGreaterThan(before.usedKib + 600_000);
	});

	test('an engine of 2017 on aufs and kernel 3.16 speaks API 1.24 and says no more than it did then', async () => {
		const legacy = await client('web-legacy');
		const ping = await legacy.get('/_ping');
		expect(ping.headers['api-version']).toBeUndefined();
		expect(ping.headers.server).toBe('Docker/1.12.6 (linux)');
		expect((await legacy.get('/version')).body).toMatchObject({ApiVersion: '1.24', KernelVersion: '3.16.0-4-amd64'});
		const info = (await legacy.get<{DriverStatus: unknown[]}>('/v1.24/info')).body;
		expect(info).toMatchObject({Driver: 'aufs', ServerVersion: '1.12.6'});
		expect(info.DriverStatus[0]).toEqual(['Root Dir', '/var/lib/docker/aufs']);
		expect(info).not.toHaveProperty('Warnings');
		expect((await legacy.get('/v1.41/info')).status).toBe(400);
		expect((await kernelLines('web-legacy'))[0]).toContain('3.16.7-ckt25-2');
	});

	test('a thin pool nearly full says so in the words of the driver', async () => {
		const {body} = await (await client('store-06')).get<{Driver: string; DriverStatus: [string, string][]}>('/info');
		const status = new Map(body.DriverStatus);
		expect(body.Driver).toBe('devicemapper');
		expect(status.get('Data Space Total')).toBe('107.4 GB');
		expect(status.get('Data Space Used')).toBe('103.3 GB');
		expect(status.get('Data Space Available')).toBe('4.081 GB');
		expect(status.get('Thin Pool Minimum Free Space')).toBe('10.74 GB');
	});

	test('a restart loop dies and starts every few seconds, and the list follows', async () => {
		const web = await client('web-12');
		const events = await web.begin('/events?filters=%7B%22event%22%3A%5B%22die%22%2C%22start%22%5D%7D');
		const seen = linesUntil(events, /"status":"die"/);
		const listed = (await web.get<{State: string; Status: string}[]>('/containers/json?all=1')).body;
		expect(listed.filter(({State}) => State === 'restarting').map(({Status}) => Status)).toEqual([
			'Restarting (1) Less than a second ago',
		]);
		clock.advance(5000);
		const [started, died] = (await seen).map((line) => JSON.parse(line));
		expect(died).toMatchObject({
			Type: 'container',
			Action: 'die',
			Actor: {Attributes: {exitCode: '1', name: 'storefront'}},
		});
		expect(started).toMatchObject({Action: 'start', id: died.id});
		expect(died.time - started.time).toBeLessThanOrEqual(1);
	});

	test('a hostile container brings escape sequences, reordering marks and a label of 10,000 characters', async () => {
		const {body} = await (await client('ci-03')).get<Listed[]>('/containers/json?all=1');
		const hostile = body.find(({Names}) => Names[0] === `/${hostileName}`);
		expect(hostile?.Labels).toEqual(hostileLabels);
		expect(hostile?.Labels['com.example.long']).toHaveLength(10_000);
		expect(JSON.stringify([hostile?.Command, hostile?.Image])).toMatch(/\\u001b/);
	});
});
