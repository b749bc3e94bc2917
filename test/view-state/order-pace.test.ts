/** How soon the board is put in order after news. */
import {expect, test} from 'vitest';
import {createOrderPace} from '../../source/view-state/order-pace.ts';
import {createFakeClock} from '../fake-clock.ts';

/** A board long in use: the times, since then, at which it was put in order. */
function openPace() {
	const clock = createFakeClock();
	const orders: number[] = [];
	const pace = createOrderPace(clock, () => {
		orders.push(clock.now() - start);
		pace.ordered();
	});
	pace.moved();
	clock.advance(60_000);
	const start = clock.now();
	return {clock, pace, orders};
}

test('a host that turns critical is in its place at once, and a further one after a moment', () => {
	const {clock, pace, orders} = openPace();
	pace.heard(true);
	expect(orders).toEqual([0]);
	clock.advance(100);
	pace.heard(true);
	clock.advance(1000);
	expect(orders).toEqual([0, 300]);
});

test('other news waits for its turn, unless a host turns critical meanwhile', () => {
	const {clock, pace, orders} = openPace();
	pace.heard(false);
	pace.heard(false);
	clock.advance(5000);
	expect(orders).toEqual([0, 1800]);
	pace.heard(false);
	clock.advance(100);
	pace.heard(false);
	clock.advance(400);
	pace.heard(true);
	clock.advance(5000);
	expect(orders).toEqual([0, 1800, 5000, 5500]);
});

test('rows stand still for a second after a key that moved the cursor', () => {
	const {clock, pace, orders} = openPace();
	pace.moved();
	clock.advance(200);
	pace.heard(true);
	clock.advance(5000);
	expect(orders).toEqual([1000]);
});

test('news is shown in the end also to a person who never stops moving', () => {
	const {clock, pace, orders} = openPace();
	pace.heard(false);
	clock.advance(2000);
	pace.moved();
	pace.heard(true);
	for (let step = 0; step < 40; step++) {
		clock.advance(100);
		pace.moved();
	}
	expect(orders).toEqual([0, 3800]);
});

test('while the first readings arrive and nobody moves, the board follows them closely', () => {
	const clock = createFakeClock();
	let orders = 0;
	const pace = createOrderPace(clock, () => {
		orders++;
		pace.ordered();
	});
	for (let step = 0; step < 30; step++) {
		pace.heard(false);
		clock.advance(100);
	}
	expect(orders).toBe(11);
});

test('nothing is scheduled when nothing was heard, nor after the end', () => {
	const {clock, pace} = openPace();
	pace.moved();
	expect(clock.pending()).toBe(0);
	pace.heard(true);
	expect(clock.pending()).toBe(1);
	pace.stop();
	expect(clock.pending()).toBe(0);
});
