/** Plans and runs of a session as the desk keeps them. */
import {expect, test} from 'vitest';
import {createFakeClock} from '../../fake-clock.ts';
import {createPlainInput, createScriptedDesk} from '../../ui/harness/prune-fixture.ts';
import {ReadingError} from '../../../source/model/reading-error.ts';

const seven = 'ssh:web-07';
const eight = 'ssh:web-08';

function open() {
	const clock = createFakeClock();
	const scripted = createScriptedDesk(clock);
	const stateOf = (runId: number, hostKey = seven) =>
		scripted.desk
			.getState()
			.find(({id}) => id === runId)
			?.hosts.find((host) => host.hostKey === hostKey)?.state;
	return {clock, stateOf, ...scripted};
}

test('the same hosts lead back to their plan for ten minutes, then they are read anew', () => {
	const {desk, clock, asked} = open();
	const first = desk.open([seven, eight]);
	clock.advance(599_999);
	expect(desk.open([eight, seven])).toBe(first);
	expect(desk.open([seven])).not.toBe(first);
	clock.advance(1);
	expect(desk.open([seven, eight])).not.toBe(first);
	expect(asked).toEqual([seven, eight, seven, seven, eight]);
});

test('what is read after a plan was given up changes nothing', async () => {
	const {desk, answer, stateOf} = open();
	const id = desk.open([seven]);
	desk.stop(id);
	await answer(seven, createPlainInput());
	await Promise.resolve();
	expect(stateOf(id)).toEqual({kind: 'reading', progress: null});
	desk.run(id);
	expect(desk.getState()[0]?.stage).toBe('given-up');
});

test('a host that is still read when the others are confirmed has no part in the run', async () => {
	const {desk, answer, runs, stateOf} = open();
	const id = desk.open([seven, eight]);
	await answer(seven, createPlainInput());
	await Promise.resolve();
	desk.run(id);
	expect(runs.map(({plan}) => plan.hostKey)).toEqual([seven]);
	await answer(eight, createPlainInput('web-08'));
	await Promise.resolve();
	expect(stateOf(id, eight)?.kind).toBe('reading');
	expect(desk.getState()[0]?.hosts.map(({isLeftOut}) => isLeftOut)).toEqual([false, true]);
});

test('a plan that is run is not changed and not run again', async () => {
	const {desk, answer, runs, stateOf} = open();
	const id = desk.open([seven]);
	await answer(seven, createPlainInput());
	await Promise.resolve();
	desk.run(id);
	const before = stateOf(id);
	desk.toggle(id, seven, runs[0]?.plan.items[0]?.key ?? '');
	desk.toggleHost(id, seven);
	desk.run(id);
	expect(runs).toHaveLength(1);
	expect(stateOf(id)).toBe(before);
});

test('a host that cannot be read says why; only what nobody foresaw is a bug', async () => {
	const {desk, fail, bugs, stateOf} = open();
	const id = desk.open([seven, eight]);
	await fail(seven, new ReadingError('lost', 'the host is not connected'));
	await Promise.resolve();
	expect(stateOf(id)).toEqual({kind: 'failed', reason: 'the host is not connected'});
	expect(bugs).toEqual([]);
	const bug = new TypeError('no such thing');
	await fail(eight, bug);
	await Promise.resolve();
	expect(bugs).toEqual([bug]);
});

test('progress of many objects is told at a steady pace, a key at once', async () => {
	const {desk, answer, runs, clock} = open();
	const id = desk.open([seven]);
	await answer(seven, createPlainInput());
	await Promise.resolve();
	desk.run(id);
	clock.advance(1000);
	let told = 0;
	desk.subscribe(() => told++);
	const [run] = runs;
	for (const item of run?.plan.items ?? []) run?.tell({kind: 'item-started', item});
	expect(told).toBe(0);
	clock.advance(100);
	expect(told).toBe(1);
	desk.stop(id);
	expect(told).toBe(2);
});

test('plans that nobody confirms are given up when many newer ones come', () => {
	const {desk} = open();
	for (let index = 0; index < 12; index++) desk.open([`ssh:host-${index}`]);
	const stages = desk.getState().map(({stage}) => stage);
	expect(stages.filter((stage) => stage === 'planning')).toHaveLength(10);
	expect(stages.slice(0, 2)).toEqual(['given-up', 'given-up']);
});
