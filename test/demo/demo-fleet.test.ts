import {execFile} from 'node:child_process';
import type {EventEmitter} from 'node:events';
import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import {isDeepStrictEqual, promisify} from 'node:util';
import {afterEach, describe, expect, test} from 'vitest';
import {planExtraHost} from '../../source/demo/extras.ts';
import {startDemoFleet, type DemoFleet, type DemoFleetOptions} from '../../source/demo/start-demo-fleet.ts';
import {LadderError} from '../../source/model/ladder-error.ts';
import {createFakeClock} from '../fake-clock.ts';
import {connectTo} from './demo-client.ts';

let fleet: DemoFleet | null = null;

async function start(options: Partial<DemoFleetOptions> = {}): Promise<DemoFleet> {
	fleet = await startDemoFleet({size: 12, clock: createFakeClock(), ...options});
	return fleet;
}

afterEach(async () => {
	await fleet?.close();
	fleet = null;
});

/** TCP sockets and servers this process holds. */
function openHandles(): string[] {
	return process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP'));
}

describe('the demo fleet', () => {
	test('is a dozen hosts that all say they are a demo', async () => {
		const {hosts} = await start();
		expect(hosts).toHaveLength(12);
		expect(new Set(hosts.map(({key}) => key)).size).toBe(12);
		expect(hosts.every(({demo, sources}) => demo && sources[0]?.kind === 'demo')).toBe(true);
		expect(hosts.map(({name}) => name)).toEqual(expect.arrayContaining(['web-01', 'db-02', 'registry-1']));
	});

	test('lets a client in with the key it wrote, and only with that', async () => {
		const fleet = await start();
		const client = await connectTo(fleet, 'web-01');
		expect((await client.run('uname -a')).stdout).toMatch(/^Linux web-01 6\.1\.0-37-amd64 /);
		await client.close();
		await expect(connectTo(fleet, 'web-01', {strangersKey: true})).rejects.toThrow('authentication methods failed');
	});

	test('keeps its key private and takes it away when it closes', async () => {
		const fleet = await start();
		const {identityFiles} = await fleet.resolve({kind: 'ssh', destination: 'web-01'});
		const directory = path.dirname(identityFiles[0]!);
		expect(statSync(identityFiles[0]!).mode & 0o777).toBe(0o600);
		expect(statSync(directory).mode & 0o777).toBe(0o700);
		await fleet.close();
		expect(existsSync(directory)).toBe(false);
	});

	test('takes the key away even when the program ends without closing it', async () => {
		const program = `
			import {startDemoFleet} from './source/demo/start-demo-fleet.ts';
			import {systemClock} from './source/support/clock.ts';
			const fleet = await startDemoFleet({size: 1, clock: systemClock});
			const {identityFiles} = await fleet.resolve({kind: 'ssh', destination: 'web-01'});
			process.stdout.write(identityFiles[0], () => process.exit(3));`;
		const ended = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
			cwd: path.resolve(import.meta.dirname, '../..'),
		}).catch((error: {code: number; stdout: string}) => error);
		expect(ended).toMatchObject({code: 3, stdout: expect.stringContaining('id_ed25519')});
		expect(existsSync(path.dirname(ended.stdout))).toBe(false);
	});

	test('closes with clients connected and leaves no server, connection or timer', async () => {
		const before = openHandles();
		const clock = createFakeClock();
		const fleet = await start({clock});
		const client = await connectTo(fleet, 'ci-11');
		const events = await client.begin('/events');
		const log = await client.open("exec sh -c 'x' sickbay-kernel-log kmsg sudo-kmsg");
		expect(clock.pending()).toBeGreaterThan(0);
		const emitters: readonly EventEmitter[] = [client.client, log, events];
		const gone = Promise.all(emitters.map((emitter) => new Promise((resolve) => emitter.on('close', resolve))));
		log.resume();
		await fleet.close();
		await gone;
		expect(openHandles()).toEqual(before);
		expect(clock.pending()).toBe(0);
	});

	test('does not know hosts that are not in it', async () => {
		const fleet = await start({size: 1});
		const lookup = fleet.resolve({kind: 'ssh', destination: 'elsewhere'});
		await expect(lookup).rejects.toBeInstanceOf(LadderError);
		await expect(lookup).rejects.toMatchObject({rung: 'resolve', code: 'name-not-found', retry: 'never'});
	});

	test('grows to two hundred hosts, each with its own name, port and key', async () => {
		const fleet = await start({size: 200});
		expect(new Set(fleet.hosts.map(({name}) => name)).size).toBe(200);
		const ports = [...fleet.ports].filter(([name]) => name !== 'cache-01').map(([, port]) => port);
		expect(new Set(ports).size).toBe(199);
		const last = await connectTo(fleet, fleet.hosts.at(-1)!.name);
		expect((await last.ask('hello')).get('hostname')).toBe(`${fleet.hosts.at(-1)!.name}\n`);
		await last.close();
	});

	test('is the same fleet every time', async () => {
		const first = (await start({size: 60})).hosts;
		await fleet?.close();
		expect((await start({size: 60})).hosts).toEqual(first);
	});

	test('has no sick host when only healthy ones are asked for', async () => {
		const fleet = await start({size: 40, onlyHealthy: true, eventsPerSecond: 0});
		for (const {name} of fleet.hosts) {
			const client = await connectTo(fleet, name);
			const {body} = await client.get<{Status: string}[]>('/containers/json?all=1');
			expect(body.length).toBeGreaterThanOrEqual(5);
			expect(body.filter(({Status}) => /unhealthy|Restarting/.test(Status))).toEqual([]);
			await client.close();
		}
	});

	test('has some sick hosts among the many', () => {
		const indexes = Array.from({length: 500}, (_, index) => index + 12);
		const sick = indexes.filter((index) => !isDeepStrictEqual(planExtraHost(index, false), planExtraHost(index, true)));
		expect(sick.length).toBeGreaterThan(20);
		expect(sick.length).toBeLessThan(60);
	});
});
