import {execFileSync} from 'node:child_process';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createOpenSshKey} from '../../source/demo/openssh-key.ts';
import {startDemoFleet, type DemoFleet} from '../../source/demo/start-demo-fleet.ts';
import {probeSections} from '../../source/model/probe-protocol.ts';
import ssh2 from 'ssh2';
import {createFakeClock, type FakeClock} from '../fake-clock.ts';
import {connectTo, linesUntil, type DemoClient} from './demo-client.ts';

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

/** Counters of what a host in order does not have. */
const troubles = ['oops-count', 'warn-count', 'ext4-errors', 'memory-errors', 'degraded', 'blocked'];

describe('the shell of a demo host', () => {
	test('answers every request of the probe with all its sections, in order', async () => {
		const web = await client('web-01');
		for (const [request, sections] of Object.entries(probeSections)) {
			const answer = await web.ask(request === 'filesystems' ? 'filesystems\t/\t/var/lib/docker' : request);
			expect([...answer.keys()]).toEqual(sections);
			const empty = [...answer].filter(([, text]) => text === '').map(([section]) => section);
			expect(empty.filter((section) => !troubles.includes(section))).toEqual([]);
		}
	});

	test('answers requests one after another until its input ends, then exits 0', async () => {
		const web = await client('web-01');
		const channel = await web.open("exec sh -c 'script' sickbay-probe");
		channel.write('vitals\n');
		expect((await linesUntil(channel.iterator({destroyOnReturn: false}), /^\u001Evitals$/)).length).toBeGreaterThan(10);
		channel.write('nonsense\n');
		expect(await linesUntil(channel.iterator({destroyOnReturn: false}), /\u001E/)).toEqual(['\u001Enonsense']);
		const exit = new Promise((resolve) => channel.once('exit', resolve));
		channel.end();
		expect(await exit).toBe(0);
	});

	test('says what /proc says', async () => {
		const web = await client('web-01');
		const hello = await web.ask('hello');
		expect(hello.get('boot-id')).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\n$/);
		expect(hello.get('clock')).toBe(`${clock.now() / 1000}\n`);
		expect(hello.get('os-release')).toContain('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n');
		expect(hello.get('engine-sockets')).toBe('/var/run/docker.sock\trw\n');
		const before = Number.parseFloat(hello.get('uptime')!);
		clock.advance(5000);
		const vitals = await web.ask('vitals');
		expect(Number.parseFloat(vitals.get('uptime')!)).toBeCloseTo(before + 5, 2);
		expect(vitals.get('meminfo')).toMatch(/^MemTotal: +33554432 kB\nMemFree: +\d+ kB\nMemAvailable: +\d+ kB\n/);
		expect(vitals.get('loadavg')).toMatch(/^\d+\.\d\d \d+\.\d\d \d+\.\d\d \d+\/\d+ \d+\n$/);
		expect(vitals.get('pressure-io')).toMatch(/^some avg10=\d+\.\d\d avg60=\S+ avg300=\S+ total=\d+\nfull avg10=/);
	});

	test('lays df out as this machine does', async () => {
		const web = await client('web-01');
		const answer = await web.ask('filesystems\t/\t/var/lib/docker');
		const rows = answer.get('df')!.trimEnd().split('\n');
		expect(rows).toHaveLength(3);
		expect(rows[1]).toMatch(/^\/dev\/sda1 +\d+ +\d+ +\d+ +\d+% \/$/);
		expect(rows[2]).toBe(rows[1]);
		for (const [section, flag] of [
			['df', '-Pk'],
			['df-inodes', '-Pi'],
		] as const) {
			const local = execFileSync('df', [flag, '--', '/'], {encoding: 'utf8', env: {...process.env, LC_ALL: 'C'}});
			const words = (text: string): string => text.split('\n')[0]!.replaceAll(/ +/g, ' ');
			expect(words(answer.get(section)!)).toBe(words(local));
		}
	});

	test("prints one df row per path, in order, also for paths on the engine's own disk", async () => {
		const answer = await (await client('ci-03')).ask('filesystems\t/\t/var/lib/docker\t/var/lib/containerd');
		const mountPoints = (text: string): (string | undefined)[] =>
			text
				.trimEnd()
				.split('\n')
				.slice(1)
				.map((row) => row.split(' ').at(-1));
		expect(mountPoints(answer.get('df')!)).toEqual(['/', '/var/lib/docker', '/']);
		expect(mountPoints(answer.get('df-inodes')!)).toEqual(['/', '/var/lib/docker', '/']);
	});

	test('says whether sudo works, unless it is not to be tried', async () => {
		const web = await client('web-01');
		expect((await web.ask('hello\tauto')).get('sudo')).toBe('yes\n');
		expect((await web.ask('hello\tnever')).get('sudo')).toBe('skipped\n');
	});

	test('leaves the pressure files out where the kernel is too old for them', async () => {
		const vitals = await (await client('web-legacy')).ask('vitals');
		expect(vitals.get('pressure-cpu')).toBe('');
		expect(vitals.get('meminfo')).toContain('MemAvailable:');
	});

	test('knows no other commands', async () => {
		expect(await (await client('web-01')).run('docker system dial-stdio')).toEqual({
			code: 127,
			stdout: '',
			stderr: 'sh: 1: docker: not found\n',
		});
	});

	test('takes no connection but one to the engine', async () => {
		const {client: web} = await client('web-01');
		const opened = new Promise((resolve, reject) => {
			web.openssh_forwardOutStreamLocal('/etc/shadow', (error) => (error ? reject(error) : resolve(null)));
		});
		await expect(opened).rejects.toThrow('Channel open failure');
	});
});

describe('the kernel log of a demo host', () => {
	test('is read with the first method the account may use', async () => {
		const web = await client('web-01');
		const channel = await web.open("exec sh -c 'script' sickbay-kernel-log kmsg sudo-kmsg dmesg");
		const [method, first] = await linesUntil(channel, /Linux version/);
		expect(method).toBe('method sudo-kmsg');
		expect(first).toMatch(/^5,0,0,-;Linux version 6\.1\.0-37-amd64 /);
	});

	test('is refused where no method is allowed', async () => {
		const result = await (await client('web-01')).run("exec sh -c 'script' sickbay-kernel-log dmesg journalctl");
		expect(result).toMatchObject({code: 1, stdout: 'refused\n'});
	});

	test('ends with the input of its reader', async () => {
		const result = await (await client('web-01')).run("exec sh -c 'script' sickbay-kernel-log sudo-kmsg");
		expect(result.code).toBe(0);
	});

	test('tells of containers as they come and go', async () => {
		const web = await client('web-01');
		const channel = await web.open("exec sh -c 'script' sickbay-kernel-log sudo-kmsg");
		const lines = linesUntil(channel, /docker0: port \d+\(veth[\da-f]{7}\) entered (?:disabled|blocking) state/);
		clock.advance(3600_000);
		expect((await lines).at(-1)).toMatch(/^6,\d+,\d+,-;docker0/);
	});

	test('numbers its records without gaps, in the order of their time', async () => {
		const web = await client('store-06');
		clock.advance(600_000);
		const {stdout} = await web.run("exec sh -c 'script' sickbay-kernel-log kmsg");
		const records = stdout
			.trimEnd()
			.split('\n')
			.slice(1)
			.map((line) => line.split(';')[0]!.split(',').map(Number));
		expect(records.map(([, sequence]) => sequence)).toEqual(records.map((_, index) => index));
		const times = records.map(([, , microseconds]) => microseconds!);
		expect(times).toEqual([...times].sort((a, b) => a - b));
	});
});

test('keys the fleet makes are always readable, by ssh2 and in length', () => {
	for (let index = 0; index < 400; index++) {
		const {privateText, publicLine} = createOpenSshKey('test');
		const key = ssh2.utils.parseKey(privateText);
		if (key instanceof Error) throw key;
		expect(`ssh-ed25519 ${key.getPublicSSH().toString('base64')}`).toBe(publicLine);
		const message = Buffer.from('signed');
		expect(key.verify(message, key.sign(message) as Buffer)).toBe(true);
	}
});
