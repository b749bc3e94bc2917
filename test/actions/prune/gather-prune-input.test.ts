import {describe, expect, test} from 'vitest';
import {defaultWishes} from '../../../source/actions/prune/default-wishes.ts';
import {gatherPruneInput, type GatherProgress} from '../../../source/actions/prune/gather-prune-input.ts';
import {planPrune} from '../../../source/actions/prune/plan-prune.ts';
import type {PruneInput} from '../../../source/actions/prune/prune-input.ts';
import type {EngineOperator} from '../../../source/model/engine-operator.ts';
import type {CommandOutcome} from '../../../source/model/host-operator.ts';
import type {PruneWishes} from '../../../source/model/prune-plan.ts';
import {ReadingError} from '../../../source/model/reading-error.ts';
import type {EngineInfo} from '../../../source/model/readings.ts';
import {createFakeClock} from '../../fake-clock.ts';
import {createFakeHost, type FakeHost} from './fake-host.ts';
import {container, dayMs, daysAgo, idOf, image, megabyte, now} from './sample-input.ts';

const info: EngineInfo = {
	product: 'docker',
	version: '28.5.1',
	apiVersion: '1.51',
	driver: 'overlay2',
	driverStatus: [],
	rootDir: '/var/lib/docker',
	warnings: [],
	cgroupVersion: '2',
	liveRestore: false,
	swarmState: 'inactive',
	via: '/var/run/docker.sock',
};

type Changes = {
	readonly engine?: Partial<EngineOperator>;
	readonly info?: Partial<EngineInfo>;
	readonly services?: CommandOutcome;
};

async function gather(
	host: FakeHost,
	wishes: Partial<PruneWishes>,
	changes: Changes = {},
): Promise<{readonly input: PruneInput; readonly progress: readonly GatherProgress[]}> {
	const progress: GatherProgress[] = [];
	const engine = host.operator.engine && {...host.operator.engine, ...changes.engine};
	const {services} = changes;
	const run = services === undefined ? host.operator.run : () => Promise.resolve(services);
	const input = await gatherPruneInput({
		operator: {...host.operator, engine, run},
		info: {...info, ...changes.info},
		wishes: {...defaultWishes, ...wishes},
		clock: createFakeClock(now),
		signal: new AbortController().signal,
		onProgress: (event) => progress.push(event),
	});
	return {input, progress};
}

const old = {unusedForMs: 30 * dayMs};
const refuse = (message: string) => () => Promise.reject(new ReadingError('timeout', message));

describe('what is read for a plan', () => {
	test('takes the moments that only single objects tell, so that what was tagged yesterday is young', async () => {
		const host = createFakeHost({images: [image('a:1'), image('b:1'), image('young:1', {builtAt: daysAgo(3)})]});
		const askedOf: (readonly string[])[] = [];
		const readTagTimes: EngineOperator['readTagTimes'] = (ids) => {
			askedOf.push(ids);
			return Promise.resolve(new Map([[idOf('b:1'), daysAgo(1)]]));
		};
		const {input} = await gather(host, old, {engine: {readTagTimes}});
		expect(planPrune(input).items.map(({names}) => names[0])).toEqual(['a:1']);
		expect(askedOf).toEqual([[idOf('a:1'), idOf('b:1')]]);
	});

	test('keeps everything where those moments could not be read, and says so', async () => {
		const host = createFakeHost({images: [image('a:1')], containers: [container('job', 'a:1')]});
		const {input} = await gather(host, {...old, stoppedForMs: dayMs}, {engine: {readFinishTimes: refuse('no answer')}});
		const plan = planPrune(input);
		expect(plan.items).toEqual([]);
		expect(plan.unread).toContainEqual({part: 'containers', reason: 'no answer'});
	});

	test('leaves a part that cannot be read unread, and plans the rest', async () => {
		const host = createFakeHost({images: [image('a:1')], containers: [container('job', 'other:1')]});
		const list = host.operator.engine?.readDiskUsage;
		const readDiskUsage: EngineOperator['readDiskUsage'] = (part, signal) =>
			part === 'images' || list === undefined ? refuse('too slow')() : list(part, signal);
		const {input} = await gather(host, {...old, stoppedForMs: dayMs}, {engine: {readDiskUsage}});
		const plan = planPrune(input);
		expect(plan.items.map(({names}) => names[0])).toEqual(['job']);
		expect(plan.unread).toEqual([{part: 'images', reason: 'too slow'}]);
	});

	test('asks for layers only where images would go, of those that share, and two at a time', async () => {
		let [running, most] = [0, 0];
		const askedOf: string[] = [];
		const readImageLayers: EngineOperator['readImageLayers'] = async (id) => {
			most = Math.max(most, ++running);
			askedOf.push(id);
			await Promise.resolve();
			running--;
			return [{chainId: 'sha256:base', sizeBytes: 90 * megabyte}];
		};
		const shared = {sharedBytes: 90 * megabyte};
		const host = createFakeHost({
			images: [image('a:1', shared), image('b:1', shared), image('c:1', shared), image('own:1')],
		});
		const {input, progress} = await gather(host, old, {engine: {readImageLayers}});
		expect(new Set(askedOf)).toEqual(new Set(['a:1', 'b:1', 'c:1'].map(idOf)));
		expect(most).toBe(2);
		expect(input.layersOf.size).toBe(3);
		expect(progress.at(-1)).toEqual({step: 'layers', done: 3, of: 3});
		await gather(host, {stoppedForMs: dayMs}, {engine: {readImageLayers}});
		expect(askedOf).toHaveLength(3);
	});

	test('rejects when the engine cannot be reached at all', async () => {
		const host = createFakeHost({});
		host.isDown = true;
		await expect(gather(host, old)).rejects.toThrow('the engine cannot be reached');
	});
});

describe('who will want an image again', () => {
	const labels = {'com.docker.compose.project': 'shop'};

	test('is the compose project whose container was made from it, or that built it', async () => {
		const host = createFakeHost({
			images: [image('a:1'), image('built:1', {labels})],
			containers: [container('shop_a', 'a:1', {labels})],
		});
		const {input} = await gather(host, {...old, stoppedForMs: dayMs});
		expect(input.referrers).toEqual([
			{kind: 'compose-project', name: 'shop', reference: 'a:1'},
			{kind: 'compose-project', name: 'shop', reference: idOf('built:1')},
		]);
		expect(planPrune(input).items.flatMap(({cautions}) => cautions)).toContain('the compose project shop refers to it');
	});

	test('is the swarm service of a manager, which keeps it', async () => {
		const host = createFakeHost({images: [image('a:1'), image('b:1')]});
		const services = {kind: 'exited', code: 0, stdout: 'shop_web a:1\n', stderr: '', truncated: false} as const;
		const {input} = await gather(host, old, {info: {swarmState: 'active'}, services});
		const plan = planPrune(input);
		expect(plan.items.map(({names}) => names[0])).toEqual(['b:1']);
		expect(plan.kept[0]).toMatchObject({names: ['a:1'], why: 'wanted by the swarm service shop_web'});
	});

	test('is nobody on a worker, and unread where the list fails', async () => {
		const host = createFakeHost({images: [image('a:1')]});
		const failed = {kind: 'exited', code: 1, stdout: '', truncated: false} as const;
		const ask = async (stderr: string) =>
			(await gather(host, old, {info: {swarmState: 'active'}, services: {...failed, stderr}})).input.unread;
		expect(await ask('Error response from daemon: This node is not a swarm manager. Worker nodes…')).toEqual([]);
		expect(await ask('docker: not found')).toEqual([
			{part: 'swarm services', reason: 'docker service ls did not list them: docker: not found'},
		]);
	});
});
