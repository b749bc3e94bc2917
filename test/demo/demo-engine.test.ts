import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {startDemoFleet, type DemoFleet} from '../../source/demo/start-demo-fleet.ts';
import {createFakeClock, type FakeClock} from '../fake-clock.ts';
import {connectTo, linesUntil, type DemoClient} from './demo-client.ts';

let fleet: DemoFleet;
let clock: FakeClock;
let web: DemoClient;

beforeEach(async () => {
	clock = createFakeClock();
	fleet = await startDemoFleet({size: 3, clock, eventsPerSecond: 1});
	web = await connectTo(fleet, 'web-01');
});

afterEach(async () => {
	await web.close();
	await fleet.close();
});

type Listed = {readonly Id: string; readonly Names: string[]; readonly State: string; readonly Status: string};

describe('the engine of a demo host', () => {
	test('introduces itself in headers, as engines since 1.13 do', async () => {
		const {status, headers, body} = await web.get('/_ping');
		expect({status, body}).toEqual({status: 200, body: 'OK'});
		expect(headers).toMatchObject({'api-version': '1.51', server: 'Docker/28.3.2 (linux)', ostype: 'linux'});
	});

	test('answers with and without a version in the path, and refuses versions it does not speak', async () => {
		expect((await web.get('/v1.51/version')).body).toEqual((await web.get('/version')).body);
		expect(await web.get('/v1.52/version')).toMatchObject({
			status: 400,
			body: {message: 'client version 1.52 is too new. Maximum supported API version is 1.51'},
		});
		expect((await web.get('/v1.23/version')).body.message).toContain('Minimum supported API version is 1.24');
		const modern = await connectTo(fleet, 'web-07');
		expect((await modern.get('/v1.43/version')).body.message).toContain('Minimum supported API version is 1.44');
		await modern.close();
	});

	test('lists running containers, and all of them when asked', async () => {
		const all = (await web.get<Listed[]>('/containers/json?all=1')).body;
		const running = (await web.get<Listed[]>('/containers/json')).body;
		expect(all).toHaveLength(11);
		expect(running).toEqual(all.filter(({State}) => State === 'running'));
		expect(running.some(({Status}) => /^Up \d+ (?:minutes|hours|days|weeks) \(healthy\)$/.test(Status))).toBe(true);
		const [one] = all;
		const filters = encodeURIComponent(JSON.stringify({id: {[one!.Id]: true}}));
		expect((await web.get(`/containers/json?all=1&filters=${filters}`)).body).toEqual([one]);
	});

	test('counts in /info what it lists', async () => {
		const all = (await web.get<Listed[]>('/containers/json?all=1')).body;
		const images = (await web.get<unknown[]>('/images/json')).body;
		expect((await web.get('/info')).body).toMatchObject({
			Containers: 11,
			ContainersRunning: all.filter(({State}) => State === 'running').length,
			Images: images.length,
			DockerRootDir: '/var/lib/docker',
			Driver: 'overlay2',
		});
	});

	test('inspects a container by id, short id and name, and says when there is none', async () => {
		const [one] = (await web.get<Listed[]>('/containers/json?all=1')).body;
		const byId = (await web.get(`/v1.51/containers/${one!.Id}/json`)).body;
		expect(byId).toMatchObject({Id: one!.Id, Name: one!.Names[0]});
		expect((await web.get(`/containers/${one!.Id.slice(0, 12)}/json`)).body).toEqual(byId);
		expect((await web.get(`/containers${one!.Names[0]}/json`)).body).toEqual(byId);
		expect(await web.get('/containers/nobody/json')).toMatchObject({
			status: 404,
			body: {message: 'No such container: nobody'},
		});
		expect(await web.get('/swarm')).toMatchObject({status: 404, body: {message: 'page not found'}});
	});

	test('counts shared layers once in its disk usage', async () => {
		const images = (await web.get<{Size: number}[]>('/images/json')).body;
		const sum = images.reduce((total, {Size}) => total + Size, 0);
		const {LayersSize} = (await web.get<{LayersSize: number}>('/system/df')).body;
		expect(LayersSize).toBeGreaterThan(sum / 3);
		expect(LayersSize).toBeLessThan(sum);
	});

	test('streams events as containers live, and tells the list the same', async () => {
		const events = await web.begin('/events');
		const line = linesUntil(events, /"Action":"stop"/);
		for (let minute = 0; minute < 10; minute++) clock.advance(60_000);
		const stopped = JSON.parse((await line).at(-1)!);
		expect(stopped).toMatchObject({Type: 'container', scope: 'local', status: 'stop'});
		expect(stopped.timeNano / 1e9).toBeCloseTo(stopped.time, -1);
		const listed = (await web.get<Listed[]>('/containers/json?all=1')).body;
		expect(listed.map(({Id}) => Id)).toContain(stopped.id);
	});

	test('keeps as many containers running after a day of life as before it', async () => {
		const before = (await web.get<Listed[]>('/containers/json')).body;
		clock.advance(86_400_000);
		const after = (await web.get<Listed[]>('/containers/json')).body;
		expect(Math.abs(after.length - before.length)).toBeLessThanOrEqual(1);
		expect(after).not.toEqual(before);
	});

	test('replays the events since a time, and ends where until says', async () => {
		const startedAt = clock.now() / 1000;
		clock.advance(600_000);
		const response = await web.begin(`/events?since=${startedAt}&until=${clock.now() / 1000}`);
		let text = '';
		for await (const chunk of response) text += String(chunk);
		const replayed = text
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line));
		expect(replayed.length).toBeGreaterThan(3);
		expect(replayed.every(({time}) => time >= startedAt)).toBe(true);
	});

	test('serves several requests on one connection', async () => {
		const answers = await Promise.all(Array.from({length: 30}, () => web.get('/_ping')));
		expect(answers.map(({body}) => body)).toEqual(Array.from({length: 30}, () => 'OK'));
	});
});
