import {createHash} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {mapImageLayers} from '../../source/engine/read-image-layers.ts';
import {fixture, json} from './fake-engine.ts';
import {never, operatedEngine} from './operated-engine.ts';

const parse = (name: string): unknown => JSON.parse(fixture(name));

/** The folders of `image/overlay2/layerdb/sha256` on the recorded host: one per layer, named by its chain. */
const layerFolders = [
	'3067c2a286c14aa20e94a4676bedae9789bd6bace502cccc080c70e6abffdc2d',
	'4a73645c1fc87836b3cb1f2cd12fe364c6a15ef886034b9b2415247da425e27c',
	'3799c9f98c4d31a7f7e8e5c638e07311e8c8cc27df8023732938bc28828ef080',
	'2b15255147ecc1182fe8ba866cb86569cb8735a90a81d9f68cd1a87026326f24',
	'67357e6ee9a1970a00ecaf91fa93a5bef0633b040c95afa480528308081e6e24',
	'5b9c6847418d31dabddb3c73540e3095d5a83c5ad6537fdb8e123327c92e285f',
	'bd0669d595bd86772a5a8bdeffa89daf7b29adfc2ba9f8d3138a2dcd1760f40d',
].map((name) => `sha256:${name}`);

const diff = (name: string): string => `sha256:${createHash('sha256').update(name).digest('hex')}`;
const emptyTar = `sha256:${createHash('sha256').update(Buffer.alloc(1024)).digest('hex')}`;
const sizesOf = (diffs: readonly string[], steps: readonly (readonly [number, string])[]): readonly number[] =>
	mapImageLayers({RootFS: {Layers: diffs}}, steps.map(([Size, CreatedBy]) => ({Size, CreatedBy})).toReversed()).map(
		({sizeBytes}) => sizeBytes,
	);

describe('the layers of an image', () => {
	test('are named as the engine names them on disk, and sized from the steps that made them', () => {
		const app = mapImageLayers(parse('image-app.json'), parse('image-app-history.json'));
		const kit = mapImageLayers(parse('image-kit.json'), parse('image-kit-history.json'));
		expect(app.map(({sizeBytes}) => sizeBytes)).toEqual([1_982_305, 200_000, 0, 100_000, 50_000]);
		expect(kit.map(({sizeBytes}) => sizeBytes)).toEqual([1_982_305, 70_000]);
		expect(new Set([...app, ...kit].map(({chainId}) => chainId)).size).toBe(6);
		for (const {chainId} of [...app, ...kit]) expect(layerFolders).toContain(chainId);
		expect(kit[0]).toEqual(app[0]);
	});

	test('a step that only writes metadata makes no layer, whichever builder wrote it down', () => {
		const diffs = [diff('base'), diff('workdir'), diff('copy')];
		expect(
			sizesOf(diffs, [
				[10, '/bin/sh -c #(nop) ADD file:0a in / '],
				[0, '/bin/sh -c #(nop)  CMD ["bash"]'],
				[0, 'ENV PATH=/usr/bin'],
				[0, 'WORKDIR /app'],
				[30, 'COPY . . # buildkit'],
				[0, 'ENTRYPOINT ["/app"]'],
			]),
		).toEqual([10, 0, 30]);
	});

	test('a layer known to be empty has no size to look for', () => {
		const steps = [
			[10, 'ADD'],
			[0, 'RUN true'],
			[0, 'WORKDIR /'],
			[30, 'COPY . .'],
		] as const;
		expect(sizesOf([diff('base'), emptyTar, diff('copy')], steps)).toEqual([10, 0, 30]);
	});

	test('sizes that fit the layers in two ways are unknown, never guessed', () => {
		const steps = [
			[10, 'ADD'],
			[0, 'RUN true'],
			[0, 'WORKDIR /app'],
			[30, 'COPY . .'],
		] as const;
		expect(() => sizesOf([diff('base'), diff('one'), diff('copy')], steps)).toThrow(
			'which size belongs to which layer',
		);
		expect(() =>
			sizesOf(
				[diff('base')],
				[
					[10, 'ADD'],
					[20, 'RUN'],
				],
			),
		).toThrow('which size belongs to which layer');
	});

	test('are asked for once per image', async () => {
		const {engine, operator} = await operatedEngine('1.41');
		engine.answers['/images/sha256%3Aab/json'] = json(fixture('image-app.json'));
		engine.answers['/images/sha256%3Aab/history'] = json(fixture('image-app-history.json'));
		await operator.readImageLayers('sha256:ab', never);
		expect(await operator.readImageLayers('sha256:ab', never)).toHaveLength(5);
		expect(engine.asked).toHaveLength(2);
	});
});

describe('moments', () => {
	test('tag and finish times come from inspection, two at a time; what is gone is left out', async () => {
		const {engine, operator} = await operatedEngine('1.41');
		engine.answers['/images/app/json'] = json(fixture('image-app.json'));
		engine.answers['/images/pulled/json'] = json('{"Metadata":{"LastTagTime":"0001-01-01T00:00:00Z"}}');
		expect(await operator.readTagTimes(['app', 'pulled', 'gone'], never)).toEqual(
			new Map([
				['app', Date.parse('2026-11-20T19:17:58.710Z')],
				['pulled', null],
			]),
		);
		engine.answers['/containers/done/json'] = json(fixture('container-done.json'));
		engine.answers['/containers/again/json'] = json('{"State":{"Running":true,"FinishedAt":"2026-01-01T00:00:00Z"}}');
		const times = await operator.readFinishTimes(['done', 'again', 'done'], never);
		expect(times.get('again')).toBeNull();
		expect(times.get('done')).toBeGreaterThan(Date.parse('2026-11-20T19:17:00Z'));
		expect(engine.asked.filter((path) => path === '/containers/done/json')).toHaveLength(1);
	});

	test('of hundreds of containers never ask more than two things at once', async () => {
		const {engine, operator} = await operatedEngine('1.41');
		const waiting: (() => void)[] = [];
		let most = 0;
		const ids = Array.from({length: 40}, (_, index) => `c${index}`);
		for (const id of ids) {
			engine.answers[`/containers/${id}/json`] = (request, response) => {
				most = Math.max(
					most,
					waiting.push(() => json('{"State":{}}')(request, response)),
				);
				if (waiting.length >= 2) for (const answer of waiting.splice(0)) answer();
			};
		}
		expect((await operator.readFinishTimes(ids, never)).size).toBe(40);
		expect(most).toBe(2);
	});
});
