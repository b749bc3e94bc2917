/** What an engine is asked, counted by the engine, under the delays of the built program and a clock the test moves. */
import {setImmediate as turn} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {engineTimings} from '../../source/engine/engine-timings.ts';
import {until} from '../collectors/until.ts';
import {createFakeClock} from '../fake-clock.ts';
import {hang, startFakeEngine, type FakeEngine} from './fake-engine.ts';
import {createSocketTransport} from './socket-transport.ts';
import {watch, type Watching} from './watching.ts';

const clock = createFakeClock();
const minute = 60_000;
const endpoints = ['/_ping', '/version', '/info', '/containers/json', '/images/json', '/events'];

let engine: FakeEngine;
let host: Watching;

beforeEach(async () => {
	engine = await startFakeEngine();
	host = watch({socketPath: engine.path}, engineTimings, createSocketTransport(), clock);
});

afterEach(async () => {
	await host.end();
	await engine.close();
});

/** Moves time on by seconds; what falls due is asked, and answered, before the next one. */
async function pass(milliseconds: number, isAnswered = () => engine.pending() === 0): Promise<void> {
	for (let passed = 0; passed < milliseconds; passed += 1000) {
		clock.advance(1000);
		// The request that has just fallen due reaches the engine, and its answer the client, through real sockets.
		for (let round = 0; round < 6; round++) await turn();
		await until(isAnswered, 'the answers');
		for (let round = 0; round < 6; round++) await turn();
	}
}

/** Time goes on until everything has been read once. */
async function settle(): Promise<void> {
	await host.when('rung', ({reached}) => reached === 'ping');
	while (!host.events.some(({kind}) => kind === 'images')) await pass(1000);
}

const askedTwiceAtATime = (): readonly string[] => endpoints.filter((path) => engine.busiest(path) > 1);
const count = (path: string): number => engine.asked.filter((asked) => asked === path).length;

test('an engine where nothing happens is asked once in 10 s at most, and never the same thing twice at a time', async () => {
	await settle();
	const before = engine.asked.length;
	await pass(60 * minute);
	const asked = engine.asked.slice(before);
	expect(asked.length / 360).toBeLessThanOrEqual(1);
	expect(asked.length).toBeGreaterThan(350);
	// What is read from time to time is still read as often as it should.
	const times = (path: string): number => asked.filter((each) => each === path).length;
	expect(times('/containers/json')).toBeGreaterThanOrEqual(60 / 2 - 3);
	expect(times('/info')).toBeGreaterThanOrEqual(60 / 2);
	expect(times('/images/json')).toBeGreaterThanOrEqual(5);
	expect([times('/version'), times('/events')]).toEqual([0, 0]);
	expect(askedTwiceAtATime()).toEqual([]);
});

test('an engine whose events never stop is read from time to time all the same', async () => {
	await settle();
	const before = engine.asked.length;
	for (let passed = 0; passed < 10 * minute; passed += 2000) {
		engine.send({Type: 'image', Action: 'tag', Actor: {ID: 'a', Attributes: {}}, time: 1});
		await pass(2000);
	}
	const asked = engine.asked.slice(before);
	const times = (path: string): number => asked.filter((each) => each === path).length;
	expect(times('/_ping')).toBe(0);
	expect(times('/info')).toBeGreaterThanOrEqual(5);
	expect(times('/containers/json')).toBeGreaterThanOrEqual(4);
});

describe('an engine that answers pings and hangs at what goes in their place', () => {
	test.each([
		['/info', 'containerd-hung', 2 * minute],
		['/containers/json', 'engine-hung', 2.5 * minute],
	] as const)('is found out at %s', async (path, code, withinMs) => {
		await settle();
		engine.answers[path] = hang;
		const since = clock.now();
		await pass(withinMs, () => true);
		expect(host.events.some((event) => event.kind === 'broken' && event.error.code === code)).toBe(true);
		expect(clock.now() - since).toBe(withinMs);
		expect(askedTwiceAtATime()).toEqual([]);
	});
});

test('an engine that freezes just before anything is asked of it is found out within 14 s', async () => {
	await settle();
	const firstAsked = new Set<string>();
	// Time enough for a ping, a list or a description to be what is asked next.
	for (let seconds = 60; seconds < 100; seconds++) {
		await pass(seconds * 1000);
		const release = freeze();
		host.forget();
		const before = engine.asked.length;
		await pass(14_000, () => true);
		expect(host.events.find((event) => event.kind === 'broken')).toMatchObject({error: {code: 'engine-hung'}});
		firstAsked.add(engine.asked[before] ?? 'nothing');
		release();
		await host.whenReached('list');
	}
	expect([...firstAsked]).toEqual(expect.arrayContaining(['/_ping', '/info']));
});

/** Withholds every answer; gives them all when the function it returns is called. */
function freeze(): () => void {
	const answers = {...engine.answers};
	const release: (() => void)[] = [];
	for (const path of endpoints) {
		engine.answers[path] = (request, response) => release.push(() => answers[path]?.(request, response));
	}
	return () => {
		Object.assign(engine.answers, answers);
		for (const answer of release) answer();
	};
}

describe('an engine that hangs', () => {
	test('as a whole keeps the one request of each kind that it has, and gets no other', async () => {
		await settle();
		for (const path of endpoints) engine.answers[path] = hang;
		await pass(20_000, () => true);
		await host.whenBroken('engine-hung');
		const before = engine.asked.length;
		await pass(4 * minute, () => true);
		// A list that was due when the engine froze may still come; whatever is pending is not asked again.
		expect(engine.asked.slice(before).filter((path) => path !== '/containers/json')).toEqual([]);
		expect(askedTwiceAtATime()).toEqual([]);
	});

	test('for an hour is asked anew only when a request has been given up after five minutes', async () => {
		await settle();
		for (const path of endpoints) engine.answers[path] = hang;
		const before = engine.asked.length;
		await pass(60 * minute, () => true);
		expect(engine.asked.length - before).toBeLessThanOrEqual(3 * 12);
		expect(askedTwiceAtATime()).toEqual([]);
	});

	test.each(['/containers/json', '/info', '/version', '/images/json'])(
		'only at %s has one such request pending, and is still pinged',
		async (path) => {
			engine.answers[path] = hang;
			await host.when('rung', ({reached}) => reached === 'ping');
			await pass(4 * minute, () => true);
			expect([count(path), engine.hanging(path), engine.busiest(path)]).toEqual([1, 1, 1]);
			expect(count('/_ping')).toBeGreaterThan(10);
			expect(askedTwiceAtATime()).toEqual([]);
		},
	);

	test('and is refreshed by a person again and again keeps its one request of each kind', async () => {
		await settle();
		for (const path of endpoints) engine.answers[path] = hang;
		for (let press = 0; press < 20; press++) {
			host.refresh();
			await pass(1000, () => true);
		}
		expect(askedTwiceAtATime()).toEqual([]);
	});
});
