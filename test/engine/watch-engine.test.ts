import {afterEach, beforeEach, expect, test} from 'vitest';
import {until} from '../collectors/until.ts';
import {fixture, hang, json, startFakeEngine, type FakeEngine} from './fake-engine.ts';
import {watch, type Watching} from './watching.ts';

let engine: FakeEngine;
const open: Watching[] = [];

beforeEach(async () => {
	engine = await startFakeEngine();
});

afterEach(async () => {
	for (const watching of open.splice(0)) await watching.end();
	await engine.close();
});

const start = (...args: Parameters<typeof watch>): Watching => {
	const watching = watch(...args);
	open.push(watching);
	return watching;
};

const containerEvent = (action: string, id: string, attributes: Record<string, string> = {}): object => ({
	Type: 'container',
	Action: action,
	Actor: {ID: id, Attributes: attributes},
	time: 1,
});

const [webId = ''] = /"Id": "(d3ef[^"]*)"/.exec(fixture('containers.json'))?.slice(1) ?? [];

test('a healthy engine is reached rung by rung, described and listed', async () => {
	const host = start({socketPath: `unix://${engine.path}`}, {heartbeatMs: 5000});
	const images = await host.when('images');
	expect(host.events.map((event) => (event.kind === 'rung' ? event.reached : event.kind))).toEqual([
		'engine-socket',
		'ping',
		'list',
		'containers',
		'info',
		'engine',
		'images',
	]);
	const info = await host.when('engine');
	expect(info.reading).toMatchObject({
		value: {product: 'docker', version: '20.10.24+dfsg1', apiVersion: '1.41', driver: 'overlay2', via: engine.path},
	});
	expect(images.reading).toMatchObject({value: {count: 1, bytes: 1_982_277, isUpperBound: false}});
	const containers = await host.whenContainers(() => true);
	expect(containers.map(({name, state}) => [name, state])).toEqual([
		['made', 'exited'],
		['quits', 'exited'],
		['web', 'running'],
	]);
	expect(engine.urls.filter((url) => !url.endsWith('_ping')).every((url) => url.startsWith('/v1.41/'))).toBe(true);
	expect(engine.urls.some((url) => url.includes('size='))).toBe(false);
});

test('a container that dies is shown at once, its death kept, and one list confirms many events', async () => {
	const host = start({socketPath: engine.path}, {relistDelayMs: 40, listMs: 5000, heartbeatMs: 5000});
	await host.when('images');
	const before = engine.asked.filter((path) => path === '/containers/json').length;
	for (let index = 0; index < 20; index++) {
		engine.send(containerEvent('die', webId, {exitCode: '137'}));
		engine.send(containerEvent('start', webId));
	}
	engine.send(containerEvent('die', webId, {exitCode: '137'}));
	const [dead] = (
		await host.whenContainers((list) => list.some(({recentDeaths}) => recentDeaths.length === 20))
	).filter(({name}) => name === 'web');
	expect([dead?.state, dead?.status]).toEqual(['exited', 'Exited (137) Less than a second ago']);
	expect(engine.asked.filter((path) => path === '/containers/json')).toHaveLength(before);
	const release: (() => void)[] = [];
	engine.answers['/containers/json'] = (...to) => release.push(() => json(fixture('containers.json'))(...to));
	await until(() => release.length === 1, 'the list');
	host.forget();
	release[0]?.();
	const after = await host.whenContainers(() => true);
	expect(after.find(({name}) => name === 'web')).toMatchObject({state: 'running', recentDeaths: {length: 20}});
});

test('rename, pause, health and removal are shown as they happen', async () => {
	const host = start({socketPath: engine.path}, {relistDelayMs: 60_000});
	await host.when('images');
	engine.send(containerEvent('rename', webId, {name: 'web-2'}));
	engine.send(containerEvent('health_status: unhealthy', webId));
	engine.send(containerEvent('pause', webId));
	await host.whenContainers((list) =>
		list.some((one) => one.name === 'web-2' && one.state === 'paused' && one.health === 'unhealthy'),
	);
	engine.send(containerEvent('create', 'abc', {name: 'fresh', image: 'bb:1'}));
	await host.whenContainers((list) => list.some((one) => one.name === 'fresh' && one.image === 'bb:1'));
	engine.send(containerEvent('destroy', webId));
	const left = await host.whenContainers((list) => list.length === 3 && !list.some((one) => one.id === webId));
	expect(left.map(({name}) => name)).toEqual(['fresh', 'made', 'quits']);
});

test('the events of a real engine are understood', async () => {
	const host = start({socketPath: engine.path}, {relistDelayMs: 60_000});
	await host.when('images');
	for (const line of fixture('events.ndjson').trim().split('\n')) engine.send(JSON.parse(line) as object);
	const list = await host.whenContainers((all) =>
		all.some((one) => one.name === 'web' && one.recentDeaths.length === 1),
	);
	expect(list.find(({name}) => name === 'made')).toMatchObject({state: 'exited', recentDeaths: {length: 1}});
});

test('an engine whose list hangs is told apart from a dead one, and is not asked a second time', async () => {
	engine.answers['/containers/json'] = hang;
	const host = start({socketPath: engine.path}, {listMs: 80});
	const error = await host.whenBroken('engine-hung');
	expect([error.rung, error.message]).toEqual(['list', 'engine hung: ping answers, list does not']);
	await until(() => engine.asked.filter((path) => path === '/_ping').length > 4, 'some heartbeats');
	expect(engine.hanging('/containers/json')).toBe(1);
	expect(host.events.filter((event) => event.kind === 'broken')).toHaveLength(1);
	expect(host.events.some((event) => event.kind === 'containers')).toBe(false);
});

test('a list that answers late mends the ladder by itself', async () => {
	const late: (() => void)[] = [];
	engine.answers['/containers/json'] = (request, response) => late.push(() => json('[]')(request, response));
	const host = start({socketPath: engine.path}, {listMs: 80});
	await host.whenBroken('engine-hung');
	late[0]?.();
	await host.whenReached('list');
	expect(await host.whenContainers(() => true)).toEqual([]);
});

test('an engine that freezes while its event stream stays open is noticed, never asked twice, and read anew after', async () => {
	const host = start({socketPath: engine.path}, {pingMs: 60});
	await host.when('images');
	const answers: (() => void)[] = [];
	engine.answers['/_ping'] = (_request, response) => answers.push(() => response.end('OK'));
	const error = await host.whenBroken('engine-hung');
	expect([error.rung, error.message]).toEqual(['ping', 'engine hung: socket accepts, ping does not answer']);
	expect(answers).toHaveLength(1);
	host.forget();
	engine.answers['/_ping'] = (_request, response) => response.end('OK');
	answers[0]?.();
	await host.whenReached('list');
	await host.when('engine');
});

test('an engine that is hung from the start says so while the ping stays open', async () => {
	engine.answers['/_ping'] = hang;
	const host = start({socketPath: engine.path}, {pingMs: 60});
	await host.whenBroken('engine-hung');
	expect(host.events[0]).toEqual({kind: 'rung', reached: 'engine-socket'});
	await expect.poll(() => engine.asked).toEqual(['/_ping']);
});

test('a hung containerd breaks the rung of the description and leaves the list standing', async () => {
	engine.answers['/info'] = hang;
	const host = start({socketPath: engine.path}, {infoMs: 80});
	const event = await host.when('engine');
	expect(event.reading).toMatchObject({kind: 'failed', reason: {code: 'timeout'}});
	const broken = await host.whenBroken('containerd-hung');
	expect(broken).toMatchObject({rung: 'info', message: expect.stringContaining('containerd?')});
	expect((await host.when('containers')).reading.kind).toBe('ok');
});

test('an engine that stops and starts again is down in between, then listed anew', async () => {
	const host = start({socketPath: engine.path, sockets: [{path: engine.path, usable: true}]});
	await host.when('images');
	host.forget();
	await engine.close();
	const error = await host.whenBroken('engine-down');
	expect(error.message).toMatch(/engine down/);
	expect(host.events.some(({kind}) => kind === 'containers')).toBe(false);
});

test('an engine that answers an error is quoted', async () => {
	engine.answers['/containers/json'] = json('{"message":"layer db \\u001b[31mlocked"}', 500);
	const error = await start({socketPath: engine.path}).whenBroken('engine-error');
	expect([error.rung, error.detail]).toEqual(['list', ['HTTP 500: layer db locked']]);
});

test('names and labels of any length with escape sequences never leave the reading', async () => {
	const nasty = `\u001B[2J\u202Eevil\n${'x'.repeat(10_000)}`;
	engine.answers['/containers/json'] = json(
		JSON.stringify([
			{Id: 'a', Names: [`/${nasty}`], Image: nasty, Status: nasty, Labels: {[nasty]: nasty}, Command: nasty},
		]),
	);
	engine.answers['/images/json'] = json(
		JSON.stringify([
			{Id: 'i', RepoTags: [nasty], Size: 5},
			{Id: 'j', RepoTags: ['<none>:<none>'], Size: 7},
		]),
	);
	const host = start({socketPath: engine.path});
	const images = await host.when('images');
	const text = JSON.stringify([await host.whenContainers(() => true), images]);
	expect(text).not.toMatch(/\\u001b|\u202E|\\n|x{1000}/i);
	expect(images.reading).toMatchObject({
		value: {bytes: 12, isUpperBound: true, largest: [{name: '<none>'}, {id: 'i'}]},
	});
});

test('when nothing happens an engine is asked at most once per heartbeat', async () => {
	const host = start({socketPath: engine.path}, {heartbeatMs: 100, pingMs: 1000});
	await host.when('images');
	const before = engine.asked.length;
	const since = Date.now();
	await until(() => engine.asked.length >= before + 5, 'five heartbeats');
	expect(Date.now() - since).toBeGreaterThanOrEqual(5 * 100 - 20);
	expect(new Set(engine.asked.slice(before))).toEqual(new Set(['/_ping']));
});

test('when the connection to the host goes, the watch ends and closes what it opened', async () => {
	const host = start({socketPath: engine.path});
	await host.when('images');
	host.transport.lose();
	await host.end();
	await expect.poll(() => engine.connections()).toBe(0);
});
