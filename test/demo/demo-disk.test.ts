import {describe, expect, onTestFinished, test} from 'vitest';
import type {DemoHostPlan} from '../../source/demo/host-plan.ts';
import {startDemoFleet} from '../../source/demo/start-demo-fleet.ts';
import type {FleetEvent} from '../../source/fleet/fleet-event.ts';
import {createFleetFold} from '../../source/fleet/reduce-fleet.ts';
import type {FleetDraft, HostState} from '../../source/fleet/fleet-state.ts';
import type {HostDiskUsage} from '../../source/model/disk-usage.ts';
import type {EngineOperator} from '../../source/model/engine-operator.ts';
import type {HostOperator} from '../../source/model/host-operator.ts';
import type {HostKey} from '../../source/model/host.ts';
import {valueOf, type Reading} from '../../source/model/reading.ts';
import {createReachHost} from '../../source/session/reach-host.ts';
import {superviseFleet, type FleetSupervisor} from '../../source/session/supervise-fleet.ts';
import {createSshConnector} from '../../source/ssh/ssh-connector.ts';
import {systemClock} from '../../source/support/clock.ts';
import {connectTo} from './demo-client.ts';

const never = new AbortController().signal;

type Watched = {
	readonly supervisor: FleetSupervisor;
	readonly events: readonly FleetEvent[];
	readonly fleet: Awaited<ReturnType<typeof startDemoFleet>>;
	state(name: HostKey): HostState;
	/** Once the host's engine can be asked. */
	operate(name: HostKey): Promise<{readonly operator: HostOperator; readonly engine: EngineOperator}>;
};

async function watchDemo(
	names: readonly HostKey[],
	changes: Readonly<Record<string, Partial<DemoHostPlan>>> = {},
): Promise<Watched> {
	const fleet = await startDemoFleet({size: 12, clock: systemClock, eventsPerSecond: 0, changes});
	onTestFinished(fleet.close);
	const draft: FleetDraft = {hosts: new Map()};
	const events: FleetEvent[] = [];
	const fold = createFleetFold();
	const connector = createSshConnector({resolve: fleet.resolve, clock: systemClock, env: {}});
	const supervisor = superviseFleet({
		hosts: fleet.hosts.filter(({key}) => names.includes(key)),
		reach: createReachHost(connector),
		clock: systemClock,
		dispatch(event) {
			fold(draft, event);
			events.push(event);
		},
	});
	onTestFinished(() => supervisor.close());
	return {
		supervisor,
		events,
		fleet,
		state(name) {
			const host = draft.hosts.get(name);
			if (host === undefined) throw new Error(`no host ${name}`);
			return host;
		},
		async operate(name) {
			await expect.poll(() => draft.hosts.get(name)?.readings.engine.kind, {timeout: 15_000}).toBe('ok');
			const operator = supervisor.operate(name);
			const engine = operator?.engine;
			if (!operator || !engine) throw new Error(`${name} cannot be operated`);
			return {operator, engine};
		},
	};
}

type Listed = 'images' | 'volumes' | 'buildCache';

function sure<T>(value: T | null | undefined): T {
	if (value === null || value === undefined) throw new Error('something is missing');
	return value;
}

function given<Part extends Listed>(
	host: HostState,
	part: Part,
): HostDiskUsage[Part] extends Reading<infer Value> ? Value : never {
	const reading: Reading<unknown> = host.diskUsage[part];
	return sure(valueOf(reading)) as never;
}

const parts = ['images', 'containers', 'volumes', 'buildCache', 'logFiles'] as const;

describe('the disk of demo hosts, over their real connections', () => {
	test.each(['ci-03', 'web-07', 'web-legacy', 'store-06'])('%s tells all its engine knows', async (name) => {
		const {supervisor, operate, state} = await watchDemo([name]);
		const {engine} = await operate(name);
		await supervisor.readDiskUsage(name, parts);
		// What it is compared with comes by itself, at its own time.
		await expect.poll(() => state(name).readings.images.kind, {timeout: 15_000}).toBe('ok');
		const {diskUsage, readings} = state(name);
		const images = valueOf(diskUsage.images) ?? [];
		const listed = valueOf(readings.containers) ?? [];
		expect(images).toHaveLength(valueOf(readings.images)?.count ?? -1);
		expect(valueOf(diskUsage.containers)?.map(({id}) => id)).toEqual(listed.map(({id}) => id));
		expect(diskUsage.volumes.kind).toBe('ok');
		expect(valueOf(diskUsage.logFiles)).toHaveLength(listed.length);
		const isOld = name === 'web-legacy';
		expect(diskUsage.buildCache).toMatchObject(isOld ? {kind: 'failed', reason: {code: 'unsupported'}} : {kind: 'ok'});
		expect(images.every(({sharedBytes}) => (sharedBytes === null) === isOld)).toBe(true);
		const [image] = images;
		const layers = await engine.readImageLayers(image?.id ?? '', never);
		expect(layers.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0)).toBe(image?.sizeBytes);
	});

	test('layers by chain add up to what the engine counts once', async () => {
		const {operate, fleet} = await watchDemo(['ci-03']);
		const {engine} = await operate('ci-03');
		const images = valueOf(await engine.readDiskUsage('images', never)) ?? [];
		const all = await Promise.all(images.map(({id}) => engine.readImageLayers(id, never)));
		const byChain = new Map(all.flat().map(({chainId, sizeBytes}) => [chainId, sizeBytes]));
		const client = await connectTo(fleet, 'ci-03');
		onTestFinished(client.close);
		const {LayersSize} = (await client.get<{LayersSize: number}>('/v1.41/system/df')).body;
		const sum = [...byChain.values()].reduce((total, bytes) => total + bytes, 0);
		// Lower layers of a repository are made once on each base, as their diff ids are.
		expect(sum).toBe(LayersSize);
	});

	test('what is used is kept, in the words of an engine', async () => {
		const {operate} = await watchDemo(['ci-03']);
		const {engine} = await operate('ci-03');
		const [usedId = ''] = [...(await engine.readImageUsers(never)).keys()];
		expect(await engine.removeImage(usedId, never)).toMatchObject({kind: 'in-use'});
		const containers = valueOf(await engine.readDiskUsage('containers', never));
		const running = containers?.find((container) => container.state === 'running');
		expect(await engine.removeContainer(running?.id ?? '', never)).toMatchObject({kind: 'in-use'});
	});

	test('what is removed is gone, and its bytes with it', async () => {
		const {operate, supervisor, state} = await watchDemo(['ci-03']);
		const {engine, operator} = await operate('ci-03');
		const asked = ['images', 'volumes', 'buildCache'] as const;
		await supervisor.readDiskUsage('ci-03', asked);
		const [images, volumes, records] = [
			given(state('ci-03'), 'images'),
			given(state('ci-03'), 'volumes'),
			given(state('ci-03'), 'buildCache'),
		];
		const users = await engine.readImageUsers(never);
		const parents = new Set(records.flatMap(({parentIds}) => parentIds));
		const image = sure(images.find(({id, tags}) => !users.has(id) && tags.length === 0));
		const volume = sure(volumes.find(({references}) => references === 0));
		const record = sure(records.find(({id, inUse}) => !inUse && !parents.has(id)));
		const before = sure(await operator.readFilesystem('/var/lib/docker', never));

		expect(await engine.removeImage(image.id, never)).toMatchObject({kind: 'removed'});
		expect(await engine.removeImage(image.id, never)).toEqual({kind: 'gone'});
		expect(await engine.removeVolume(volume.name, never)).toMatchObject({kind: 'removed'});
		const cut = await engine.removeBuildCache(record.id, never);
		expect(cut).toEqual({kind: 'removed', freedBytes: record.bytes, detail: ''});

		await supervisor.readDiskUsage('ci-03', asked);
		const left = asked.map((part) => given(state('ci-03'), part).length);
		expect(left).toEqual([images.length - 1, volumes.length - 1, records.length - 1]);
		const after = sure(await operator.readFilesystem('/var/lib/docker', never));
		const wanted = image.sizeBytes - sure(image.sharedBytes) + sure(volume.bytes) + record.bytes;
		// The host goes on writing meanwhile.
		expect(before.usedBytes - after.usedBytes).toBeGreaterThan(wanted - 20e6);
	});

	test('a stopped container goes, and the watched list says so at once', async () => {
		const {operate, state} = await watchDemo(['web-01']);
		const {engine} = await operate('web-01');
		const stopped = valueOf(state('web-01').readings.containers)?.find((container) => container.state === 'exited');
		const times = await engine.readFinishTimes([stopped?.id ?? ''], never);
		expect(times.get(stopped?.id ?? '')).toBeLessThan(Date.now());
		expect(await engine.removeContainer(stopped?.id ?? '', never)).toMatchObject({kind: 'removed'});
		await expect
			.poll(() => valueOf(state('web-01').readings.containers)?.some(({id}) => id === stopped?.id))
			.toBe(false);
	});

	test('the registry is found and measured, and the rest of the root by directory', async () => {
		const {operate, supervisor, state} = await watchDemo(['registry-1']);
		await operate('registry-1');
		await supervisor.readDiskUsage('registry-1', ['registries', 'rootDirectories', 'volumes']);
		const {registries, rootDirectories, volumes} = state('registry-1').diskUsage;
		const [registry] = valueOf(registries) ?? [];
		const volume = valueOf(volumes)?.find(({name}) => name === 'registry-data');
		expect(registry).toMatchObject({name: 'registry', path: '/var/lib/docker/volumes/registry-data/_data'});
		expect(Math.abs((registry?.bytes ?? 0) - (volume?.bytes ?? -1e9))).toBeLessThan(1024);
		expect(valueOf(rootDirectories)?.directories.map(({name}) => name)).toContain('volumes');
	});

	test('5,000 images come in one answer, and a report that is on its way is not asked for twice', async () => {
		const {operate, supervisor, state, events} = await watchDemo(['web-01'], {
			'web-01': {spareImageCount: 5000, diskUsageMs: 300},
		});
		await operate('web-01');
		expect(state('web-01').diskUsage.images.kind).toBe('pending');
		await Promise.all(Array.from({length: 5}, () => supervisor.readDiskUsage('web-01', ['images', 'volumes'])));
		const told = events.filter(({kind}) => kind === 'disk-usage');
		expect(told).toHaveLength(2);
		expect(valueOf(state('web-01').diskUsage.images)?.length).toBeGreaterThan(5000);
	});

	test('a host that goes while it is asked says that it went; one that was never reached, too', async () => {
		const {operate, supervisor, state, fleet} = await watchDemo(['web-01', 'cache-01'], {
			'web-01': {diskUsageMs: 3_600_000},
		});
		await operate('web-01');
		const asked = supervisor.readDiskUsage('web-01', ['volumes']);
		await fleet.close();
		await asked;
		expect(state('web-01').diskUsage.volumes).toMatchObject({kind: 'failed', reason: {code: 'lost'}});
		expect(supervisor.operate('cache-01')).toBeNull();
		await supervisor.readDiskUsage('cache-01', ['images']);
		expect(state('cache-01').diskUsage.images).toMatchObject({
			kind: 'failed',
			reason: {code: 'lost', message: 'the host is not connected'},
		});
	});
});
