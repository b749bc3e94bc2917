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

test('an engine where nothing happens is asked about once in 10 s, and never the same thing twice at a time', async () => {
	await settle();
	const before = engine.asked.length;
	await pass(60 * minute);
	const asked = engine.asked.slice(before);
	// Pings alone are 360; each reading from time to time puts the next ping off, and is a request more.
	expect(asked.length).toBeGreaterThan(300);
	expect(asked.length / 360).toBeLessThanOrEqual(1.25);
	expect(asked.filter((path) => path === '/_ping').length).toBeLessThanOrEqual(360);
	expect(asked.filter((path) => path === '/events')).toEqual([]);
	expect(askedTwiceAtATime()).toEqual([]);
});

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
