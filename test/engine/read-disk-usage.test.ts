import {describe, expect, test} from 'vitest';
import type {DiskUsagePart} from '../../source/model/disk-usage.ts';
import {valueOf, type Reading} from '../../source/model/reading.ts';
import {fixture, hang, json} from './fake-engine.ts';
import {never, operatedEngine, type OperatedEngine} from './operated-engine.ts';

type Report = {
	readonly Images: {Id: string; SharedSize: number}[];
	readonly Containers: {Id: string; SizeRw?: number}[];
	readonly Volumes: {Name: string}[];
	readonly BuildCache: {ID: string; Parent: string}[];
};

const report = JSON.parse(fixture('df.json')) as Report;
const kit = 'xtsoqw65ywafip2nx99ljv17s';

async function read<Part extends DiskUsagePart>({operator}: OperatedEngine, part: Part) {
	const reading: Reading<unknown> = await operator.readDiskUsage(part, never);
	return valueOf(reading) as readonly {readonly [key: string]: unknown}[];
}

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
	promise.then(
		() => null,
		(error: unknown) => (error as {failure: unknown}).failure,
	);

describe('an engine of API 1.41 (recorded from Docker 20.10)', () => {
	test('says all four parts in one report, asked once for everybody who wants some of it', async () => {
		const operated = await operatedEngine('1.41');
		operated.engine.answers['/system/df'] = json(fixture('df.json'));
		const [images, containers, volumes, cache] = await Promise.all([
			read(operated, 'images'),
			read(operated, 'containers'),
			read(operated, 'volumes'),
			read(operated, 'buildCache'),
		]);
		expect(operated.engine.urls).toEqual(['/v1.41/system/df']);
		expect(images.map(({sharedBytes, tags}) => [sharedBytes, tags])).toContainEqual([2282305, ['fix/app:2']]);
		expect(images.find(({tags}) => (tags as string[]).length === 0)).toMatchObject({sizeBytes: 2332305, digests: []});
		expect(images).toHaveLength(report.Images.length);
		expect(Object.fromEntries(containers.map(({name, writableBytes}) => [name, writableBytes]))).toEqual({
			never: 0,
			done: 30_000,
			runs: 0,
		});
		expect(containers.find(({name}) => name === 'runs')).toMatchObject({state: 'running', finishedAt: null});
		const [named, anonymous] = volumes;
		expect(named).toMatchObject({
			name: 'named',
			bytes: 20_000,
			references: 1,
			isAnonymous: false,
			labels: {team: 'shop'},
		});
		expect(anonymous).toMatchObject({bytes: 0, references: 1, isAnonymous: true});
		expect(new Set(containers.find(({name}) => name === 'runs')?.['volumes'] as string[])).toEqual(
			new Set([named?.['name'], anonymous?.['name']]),
		);
		expect(cache.find(({id}) => id === kit)).toMatchObject({
			bytes: 70_000,
			isShared: true,
			inUse: false,
			parentIds: ['vy5okk8m9nuhla5amqb8ne7a8'],
			lastUsedAt: Date.parse('2026-11-20T19:17:59.210Z'),
		});
	});

	test('that is measuring for somebody else already is a kind refusal, not a failure of the host', async () => {
		const {engine, operator} = await operatedEngine('1.41');
		engine.answers['/system/df'] = json('{"message":"a disk usage operation is already running"}', 500);
		expect(await failureOf(operator.readDiskUsage('volumes', never))).toEqual({
			code: 'refused',
			message: 'the engine is already measuring for somebody else: try again in a minute',
		});
	});
});

describe('other versions of the API', () => {
	test('1.24 has no report: sizes of containers are listed, what it does not say is unknown', async () => {
		const operated = await operatedEngine('1.24');
		const {engine} = operated;
		engine.answers['/images/json'] = json(fixture('api-1.24-images.json'));
		engine.answers['/containers/json'] = json(fixture('api-1.24-containers-sized.json'));
		engine.answers['/volumes'] = json(fixture('api-1.24-volumes.json'));
		expect((await read(operated, 'images')).map(({sharedBytes}) => sharedBytes)).toEqual([
			null,
			null,
			null,
			null,
			null,
		]);
		expect((await read(operated, 'containers')).map(({writableBytes}) => writableBytes)).toEqual([0, 30_000, 0]);
		expect(await read(operated, 'volumes')).toMatchObject([
			{bytes: null, references: null},
			{bytes: null, references: null},
		]);
		expect(await failureOf(operated.operator.readDiskUsage('buildCache', never))).toMatchObject({code: 'unsupported'});
		expect(engine.urls).toEqual(['/v1.24/images/json', '/v1.24/containers/json?all=1&size=1', '/v1.24/volumes']);
	});

	test('is asked for images that others were built on only when a parent is in no list', async () => {
		const {engine, operator} = await operatedEngine('1.47');
		const entry = (id: string, parent: string) => ({
			Id: `sha256:${id}`,
			ParentId: parent && `sha256:${parent}`,
			Size: 5,
		});
		const listed = [entry('app', 'step'), entry('base', '')];
		const all = [...listed, entry('step', 'early'), entry('early', 'base'), entry('other', 'base')];
		engine.answers['/images/json'] = json(JSON.stringify(listed));
		const images = valueOf(await operator.readDiskUsage('images', never)) ?? [];
		engine.answers['/images/json'] = json(JSON.stringify(all));
		const parents = await operator.readParentImages(images, never);
		expect(parents.map(({id}) => id)).toEqual(['sha256:step', 'sha256:early']);
		expect(await operator.readParentImages(images.slice(1), never)).toEqual([]);
		expect(engine.urls).toEqual(['/v1.47/images/json?shared-size=1', '/v1.47/images/json?all=1']);
	});

	test('1.42 is asked for one kind at a time, and names several parents of a cache record', async () => {
		const operated = await operatedEngine('1.42');
		const {engine} = operated;
		engine.answers['/images/json'] = json(JSON.stringify(report.Images));
		engine.answers['/containers/json'] = json(JSON.stringify(report.Containers));
		engine.answers['/system/df'] = (request, response) => {
			const wanted = new URL(request.url ?? '', 'http://d').searchParams.get('type');
			const BuildCache = report.BuildCache.map(({Parent, ...record}) => ({...record, Parents: [Parent, 'second']}));
			json(JSON.stringify(wanted === 'volume' ? {Volumes: report.Volumes} : {BuildCache}))(request, response);
		};
		expect(await read(operated, 'images')).toHaveLength(5);
		expect(await read(operated, 'containers')).toHaveLength(3);
		expect(await read(operated, 'volumes')).toHaveLength(2);
		expect((await read(operated, 'buildCache')).find(({id}) => id === kit)?.['parentIds']).toEqual([
			'vy5okk8m9nuhla5amqb8ne7a8',
			'second',
		]);
		expect(engine.urls).toEqual([
			'/v1.42/images/json?shared-size=1',
			'/v1.42/containers/json?all=1&size=1',
			'/v1.42/system/df?type=volume',
			'/v1.42/system/df?type=build-cache',
		]);
	});

	test.each(['1.52', '1.53', '1.56'])(
		'%s is asked for the long form, whose lists are in objects of their own',
		async (version) => {
			const operated = await operatedEngine(version);
			const {engine} = operated;
			engine.answers['/system/df'] = (request, response) => {
				const query = new URL(request.url ?? '', 'http://d').searchParams;
				const items = query.get('verbose') === '1' ? {Items: report.Volumes} : {};
				const usage =
					query.get('type') === 'volume'
						? {VolumeUsage: {TotalCount: 2, TotalSize: 20_000, ...items}}
						: {BuildCacheUsage: {TotalCount: 0}};
				json(JSON.stringify(usage))(request, response);
			};
			expect(await read(operated, 'volumes')).toMatchObject([{name: 'named', bytes: 20_000}, {isAnonymous: true}]);
			expect(await read(operated, 'buildCache')).toEqual([]);
			expect(engine.urls).toContain(`/v${version}/system/df?type=volume&verbose=1`);
		},
	);

	test('an answer without the list that was asked for is no empty list', async () => {
		const old = await operatedEngine('1.41');
		old.engine.answers['/system/df'] = json('{"LayersSize":0,"Images":null}');
		expect(await read(old, 'images')).toEqual([]);
		expect(await failureOf(old.operator.readDiskUsage('volumes', never))).toMatchObject({code: 'malformed'});
		const short = await operatedEngine('1.53');
		short.engine.answers['/system/df'] = json('{"VolumeUsage":{"TotalCount":3}}');
		expect(await failureOf(short.operator.readDiskUsage('volumes', never))).toMatchObject({code: 'malformed'});
	});

	test('an entry that makes no sense fails the part, because the rest would look complete', async () => {
		const {engine, operator} = await operatedEngine('1.44');
		engine.answers['/images/json'] = json('[{"Id":"sha256:a","Size":5},{"Id":"sha256:b"}]');
		expect(await failureOf(operator.readDiskUsage('images', never))).toEqual({
			code: 'malformed',
			message: 'the engine lists image sha256:b without size',
		});
	});
});

describe('an engine that is slow', () => {
	test('gets one request, however often the same is asked and given up', async () => {
		const operated = await operatedEngine('1.44');
		const {engine, operator} = operated;
		engine.answers['/system/df'] = hang;
		const impatient = new AbortController();
		const first = failureOf(operator.readDiskUsage('volumes', impatient.signal));
		await expect.poll(() => engine.hanging('/system/df')).toBe(1);
		impatient.abort();
		expect(await first).toMatchObject({code: 'lost'});
		const second = failureOf(operator.readDiskUsage('volumes', never));
		const third = failureOf(operator.readDiskUsage('volumes', never));
		expect(engine.asked).toEqual(['/system/df']);
		operated.lose();
		expect(await Promise.all([second, third])).toMatchObject([{code: 'lost'}, {code: 'lost'}]);
	});

	test('makes one report after the other, and what is not wanted any more not at all; inspections do not wait', async () => {
		const operated = await operatedEngine('1.44');
		const {engine, operator} = operated;
		engine.answers['/system/df'] = hang;
		engine.answers['/containers/json'] = json('[]');
		const first = failureOf(operator.readDiskUsage('volumes', never));
		const stop = new AbortController();
		const second = failureOf(operator.readDiskUsage('buildCache', stop.signal));
		await expect.poll(() => engine.hanging('/system/df')).toBe(1);
		expect(await operator.readImageUsers(never)).toEqual(new Map());
		stop.abort();
		expect(await second).toMatchObject({code: 'lost'});
		const third = failureOf(operator.readDiskUsage('containers', never));
		engine.answers['/system/df'] = json('{}');
		operated.lose();
		expect(await Promise.all([first, third])).toMatchObject([{code: 'lost'}, {code: 'lost'}]);
		expect(engine.urls).toEqual(['/v1.44/system/df?type=volume', '/v1.44/containers/json?all=1']);
	});

	test('is given up after its time', async () => {
		const {engine, operator} = await operatedEngine('1.44', {diskUsageMs: 30});
		engine.answers['/system/df'] = hang;
		expect(await failureOf(operator.readDiskUsage('volumes', never))).toMatchObject({code: 'timeout'});
	});

	test('is not asked at all while it hangs', async () => {
		const {engine, operator, hang: setHung} = await operatedEngine('1.44');
		setHung(true);
		expect(await failureOf(operator.readDiskUsage('images', never))).toMatchObject({code: 'timeout'});
		expect(engine.asked).toEqual([]);
	});
});
