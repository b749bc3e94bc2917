import {describe, expect, test} from 'vitest';
import type {Answer} from './fake-engine.ts';
import {hang, json} from './fake-engine.ts';
import {never, operatedEngine} from './operated-engine.ts';

const id = `sha256:${'ab'.repeat(32)}`;
const imagePath = `/images/sha256%3A${'ab'.repeat(32)}`;
const record = '9osfhalynshp3zmjmmhvixubj';

const refusal = (statusCode: number, message: string): Answer => json(JSON.stringify({message}), statusCode);

/** Counts what is asked of the engine, with method. */
function recorded(answer: Answer, calls: string[]): Answer {
	return (request, response) => {
		calls.push(`${request.method} ${decodeURIComponent(request.url ?? '')} ${request.headers['content-type'] ?? '-'}`);
		answer(request, response);
	};
}

describe('removing one object', () => {
	test('is one exact request, never forced, with parents and volumes left alone', async () => {
		const {engine, operator} = await operatedEngine('1.41');
		const calls: string[] = [];
		const nothing: Answer = (_request, response) => void response.writeHead(204).end();
		engine.answers[imagePath] = recorded(json(`[{"Untagged":"shop/app:1"},{"Deleted":"${id}"}]`), calls);
		engine.answers['/containers/c1'] = recorded(nothing, calls);
		engine.answers['/volumes/data'] = recorded(nothing, calls);
		engine.answers['/build/prune'] = recorded(json(`{"CachesDeleted":["${record}"],"SpaceReclaimed":64}`), calls);
		expect(await operator.removeImage(id, never)).toEqual({
			kind: 'removed',
			freedBytes: null,
			detail: 'untagged shop/app:1, deleted sha256:abababababab',
		});
		expect(await operator.removeContainer('c1', never)).toEqual({kind: 'removed', freedBytes: null, detail: ''});
		expect(await operator.removeVolume('data', never)).toMatchObject({kind: 'removed'});
		expect(await operator.removeBuildCache(record, never)).toEqual({kind: 'removed', freedBytes: 64, detail: ''});
		expect(calls).toEqual([
			`DELETE /v1.41/images/${id}?force=0&noprune=1 -`,
			'DELETE /v1.41/containers/c1?force=0&v=0 -',
			'DELETE /v1.41/volumes/data?force=0 -',
			`POST /v1.41/build/prune?all=1&filters={"id":["${record}"]} -`,
		]);
	});

	test('names with a registry, a port and a folder arrive as they are', async () => {
		const {engine, operator} = await operatedEngine('1.41');
		await operator.removeImage('registry.example.net:5000/shop/app:1.2_3', never);
		expect(engine.urls).toEqual(['/v1.41/images/registry.example.net%3A5000/shop/app%3A1.2_3?force=0&noprune=1']);
	});

	test.each(['', '../containers/c1', 'a/./b', 'a//b', 'x?force=1', 'x#', 'two words', 'x'.repeat(600)])(
		'%j is no name: nothing is sent',
		async (name) => {
			const {engine, operator} = await operatedEngine('1.41');
			expect(await operator.removeImage(name, never)).toMatchObject({kind: 'failed'});
			expect(await operator.removeVolume(name, never)).toMatchObject({kind: 'failed'});
			expect(await operator.removeBuildCache('.*', never)).toMatchObject({kind: 'failed'});
			expect(engine.asked).toEqual([]);
		},
	);
});

describe('what an engine says to a removal', () => {
	const cases: readonly (readonly [string, number, string, object])[] = [
		[
			'used by somebody',
			409,
			'conflict: unable to delete abab (must be forced) - image is being used by stopped container 0b92e734ea60',
			{kind: 'in-use', detail: expect.stringContaining('stopped container 0b92e734ea60')},
		],
		[
			'removed by somebody else just now',
			409,
			'removal of container c1 is already in progress',
			{kind: 'in-use', detail: 'it is being removed already'},
		],
		[
			'pruning for somebody else',
			409,
			'a prune operation is already running',
			{kind: 'in-use', detail: expect.stringContaining('try again')},
		],
		['gone', 404, 'No such image: abab', {kind: 'gone'}],
		[
			'without room to note it',
			500,
			'open /var/lib/docker/x: no space left on device',
			{kind: 'failed', noSpace: true},
		],
		['broken', 500, 'driver failed\u001b[31m', {kind: 'failed', noSpace: false, detail: 'HTTP'}],
		['without that endpoint', 404, 'page not found', {kind: 'failed', noSpace: false}],
	];
	test.each(cases)('%s', async (_name, statusCode, message, outcome) => {
		const {engine, operator} = await operatedEngine('1.41');
		engine.answers[imagePath] = refusal(statusCode, message);
		const removal = await operator.removeImage(id, never);
		expect(removal).toMatchObject(
			'detail' in outcome && outcome.detail === 'HTTP' ? {kind: 'failed', detail: 'driver failed'} : outcome,
		);
		expect(engine.asked).toHaveLength(1);
	});

	test('a prune that took nothing is told from one that did, and from one that does not say', async () => {
		const {engine, operator} = await operatedEngine('1.41');
		engine.answers['/build/prune'] = json('{"CachesDeleted":null,"SpaceReclaimed":0}');
		expect(await operator.removeBuildCache(record, never)).toMatchObject({kind: 'in-use'});
		engine.answers['/build/prune'] = json('{}');
		expect(await operator.removeBuildCache(record, never)).toMatchObject({kind: 'unknown'});
	});
});

describe('an answer that never comes', () => {
	test('of a connection that breaks is unknown, and nothing is sent again', async () => {
		const {engine, operator} = await operatedEngine('1.41');
		engine.answers[imagePath] = (request) => request.socket.destroy();
		expect(await operator.removeImage(id, never)).toMatchObject({kind: 'unknown'});
		expect(engine.asked).toEqual([imagePath]);
	});

	test('within the time there is, is unknown', async () => {
		const {engine, operator} = await operatedEngine('1.41', {removalMs: 30});
		engine.answers['/volumes/data'] = hang;
		expect(await operator.removeVolume('data', never)).toEqual({
			kind: 'unknown',
			detail: expect.stringContaining('no answer within') as string,
		});
		expect(engine.asked).toHaveLength(1);
	});

	test('because it was stopped or the connection went is unknown; what was not sent yet is not', async () => {
		const operated = await operatedEngine('1.41');
		const {engine, operator} = operated;
		engine.answers['/volumes/a'] = hang;
		engine.answers['/volumes/b'] = hang;
		const stop = new AbortController();
		const stopped = operator.removeVolume('a', stop.signal);
		const lost = operator.removeVolume('b', never);
		const waiting = operator.removeVolume('c', stop.signal);
		await expect.poll(() => engine.asked.length).toBe(2);
		stop.abort();
		expect(await stopped).toMatchObject({kind: 'unknown'});
		expect(await waiting).toEqual({kind: 'failed', detail: 'stopped before anything was sent', noSpace: false});
		operated.lose();
		expect(await lost).toMatchObject({kind: 'unknown'});
		expect(engine.asked.toSorted()).toEqual(['/volumes/a', '/volumes/b']);
	});

	test('is not waited for where no connection comes about, or the engine hangs: nothing was sent', async () => {
		const gone = await operatedEngine('1.41');
		await gone.engine.close();
		expect(await gone.operator.removeVolume('data', never)).toMatchObject({
			kind: 'failed',
			detail: expect.stringContaining('nothing was sent') as string,
		});
		const hung = await operatedEngine('1.41');
		hung.hang(true);
		expect(await hung.operator.removeVolume('data', never)).toMatchObject({kind: 'failed'});
		expect(hung.engine.asked).toEqual([]);
	});
});
