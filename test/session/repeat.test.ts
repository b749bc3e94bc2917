import {describe, expect, test} from 'vitest';
import {repeat} from '../../source/session/repeat.ts';
import {createFakeClock} from '../fake-clock.ts';
import {idle} from './idle.ts';

/** A task that ends when the test says so. */
function repeated(everyMs = 1000) {
	const clock = createFakeClock();
	const stop = new AbortController();
	const finish: (() => void)[] = [];
	let started = 0;
	let running = 0;
	let most = 0;
	const watch = repeat({clock, signal: stop.signal, everyMs}, async () => {
		started++;
		most = Math.max(most, ++running);
		await new Promise<void>((resolve) => finish.push(resolve));
		running--;
	});
	return {
		clock,
		watch,
		stop,
		started: () => started,
		mostAtOnce: () => most,
		async finishOne() {
			finish.shift()?.();
			await idle();
		},
	};
}

describe('a reading taken again and again', () => {
	test('starts at once, and again after a pause that begins when it has ended', async () => {
		const task = repeated();
		expect(task.started()).toBe(1);
		task.clock.advance(60_000);
		expect(task.started()).toBe(1);
		await task.finishOne();
		expect(task.clock.nextInMs()).toBeGreaterThanOrEqual(900);
		expect(task.clock.nextInMs()).toBeLessThanOrEqual(1100);
		task.clock.advance(1100);
		await idle();
		expect(task.started()).toBe(2);
	});

	test('comes at once when a person asks, and its pause is then not kept', async () => {
		const task = repeated();
		await task.finishOne();
		task.watch.refresh();
		await idle();
		expect(task.started()).toBe(2);
		expect(task.clock.pending()).toBe(0);
	});

	test('asked for while under way is taken once more after it, however often it was asked for', async () => {
		const task = repeated();
		task.watch.refresh();
		task.watch.refresh();
		task.watch.refresh();
		await idle();
		expect(task.started()).toBe(1);
		await task.finishOne();
		expect(task.started()).toBe(2);
		await task.finishOne();
		expect(task.started()).toBe(2);
		expect(task.mostAtOnce()).toBe(1);
	});

	test('ends with its host, whether it runs or rests, and leaves no timer', async () => {
		const resting = repeated();
		await resting.finishOne();
		resting.stop.abort();
		const running = repeated();
		running.stop.abort();
		await running.finishOne();
		for (const task of [resting, running]) {
			task.watch.refresh();
			task.clock.advance(10_000);
			await idle();
			expect(task.started()).toBe(1);
			expect(task.clock.pending()).toBe(0);
		}
	});
});
