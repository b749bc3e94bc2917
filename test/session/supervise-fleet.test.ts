import {describe, expect, onTestFinished, test} from 'vitest';
import type {FleetEvent} from '../../source/fleet/fleet-event.ts';
import {emptyFleet} from '../../source/fleet/reduce-fleet.ts';
import type {FleetState} from '../../source/fleet/fleet-state.ts';
import type {Host} from '../../source/model/host.ts';
import {LadderError} from '../../source/model/ladder-error.ts';
import type {Reached, ReachRequest} from '../../source/session/reach-host.ts';
import {superviseFleet} from '../../source/session/supervise-fleet.ts';
import {createFakeClock} from '../fake-clock.ts';
import {sampleHostDeclaration} from '../health/sample-host.ts';
import {idle} from './idle.ts';
import {createScriptedHost, type ScriptedHost} from './scripted-host.ts';
import {createReducer} from '../fleet/create-reducer.ts';

const declare = (name: string, change: Partial<Host> = {}): Host =>
	sampleHostDeclaration({
		key: name,
		name,
		target: {kind: 'ssh', destination: name},
		sources: [{kind: 'command-line', detail: name}],
		groups: [`group-of-${name}`],
		labels: {[name]: 'yes'},
		...change,
	});

/** A fleet whose hosts resolve, each to its identity, when the test says so. */
function supervised(hosts: readonly Host[], identityOf: (name: string) => string) {
	const clock = createFakeClock();
	const machines = new Map<string, ScriptedHost>();
	const resolutions = new Map(hosts.map(({key}) => [key, Promise.withResolvers<void>()]));
	const attempts: string[] = [];
	const reduceFleet = createReducer();
	let state: FleetState = emptyFleet;
	const events: FleetEvent[] = [];
	const reach = async ({host, claim, signal}: ReachRequest): Promise<Reached> => {
		attempts.push(host.key);
		await resolutions.get(host.key)?.promise;
		signal.throwIfAborted();
		const owner = claim(identityOf(host.key));
		if (owner !== null && owner !== host.key) return {kind: 'same-machine', as: owner};
		const machine = createScriptedHost();
		machines.set(host.key, machine);
		return {kind: 'open', transport: machine.transport, address: identityOf(host.key), local: false};
	};
	const supervisor = superviseFleet({
		hosts,
		reach,
		clock,
		dispatch(event) {
			events.push(event);
			state = reduceFleet(state, event);
		},
	});
	onTestFinished(async () => {
		for (const {resolve} of resolutions.values()) resolve();
		await supervisor.close();
	});
	return {
		clock,
		supervisor,
		machines,
		attempts,
		events,
		state: () => state,
		async resolve(...names: readonly string[]) {
			for (const name of names) {
				resolutions.get(name)?.resolve();
				await idle();
			}
		},
	};
}

describe('several names for one machine', () => {
	const orders = [
		['a', 'b', 'c'],
		['a', 'c', 'b'],
		['b', 'a', 'c'],
		['b', 'c', 'a'],
		['c', 'a', 'b'],
		['c', 'b', 'a'],
	];

	test.each(orders)('become the row declared first, resolved in the order %s %s %s', async (...order) => {
		const fleet = supervised([declare('a'), declare('b'), declare('c'), declare('other')], (name) =>
			name === 'other' ? 'ops@10.0.0.2:22' : 'ops@10.0.0.1:22',
		);
		expect([...fleet.state().hosts.keys()]).toEqual(['a', 'b', 'c', 'other']);
		await fleet.resolve('other', ...order);
		expect([...fleet.state().hosts.keys()]).toEqual(['a', 'other']);
		const {host} = fleet.state().hosts.get('a')!;
		expect(host.sources.map(({detail}) => detail).toSorted()).toEqual(['a', 'b', 'c']);
		expect(host.groups.toSorted()).toEqual(['group-of-a', 'group-of-b', 'group-of-c']);
		expect(host.labels).toEqual({a: 'yes', b: 'yes', c: 'yes'});
		expect(fleet.state().hosts.get('a')?.readings.identity.kind).toBe('ok');
		const open = [...fleet.machines].filter(([, machine]) => !machine.isClosed());
		expect(open.map(([name]) => name)).toEqual(['other', 'a']);
	});

	test('and the label of the row that stays wins', async () => {
		const hosts = [declare('a', {labels: {tier: 'first'}}), declare('b', {labels: {tier: 'second', rack: '7'}})];
		const fleet = supervised(hosts, () => 'same');
		await fleet.resolve('b', 'a');
		expect(fleet.state().hosts.get('a')?.host.labels).toEqual({tier: 'first', rack: '7'});
	});

	test('that comes again after a reconnection is still the same row', async () => {
		const fleet = supervised([declare('a'), declare('b')], () => 'same');
		await fleet.resolve('b', 'a');
		fleet.machines.get('a')?.lose('gone');
		await idle();
		fleet.supervisor.refresh(['a']);
		await idle();
		expect([...fleet.state().hosts.keys()]).toEqual(['a']);
		expect(fleet.machines.get('a')?.isClosed()).toBe(false);
		expect(fleet.attempts).toEqual(['a', 'b', 'a']);
	});
});

test('a host that never resolves keeps no other one waiting', async () => {
	const fleet = supervised([declare('stuck'), declare('well')], (name) => name);
	await fleet.resolve('well');
	expect(fleet.state().hosts.get('well')?.readings.identity.kind).toBe('ok');
	expect(fleet.state().hosts.get('stuck')).toMatchObject({attempted: true, lastHeardAt: null});
});

test('only the hosts asked for are read anew, or all', async () => {
	const fleet = supervised([declare('a'), declare('b')], (name) => name);
	await fleet.resolve('a', 'b');
	const vitals = (name: string): number =>
		fleet.machines.get(name)?.asked.filter((request) => request === 'vitals').length ?? 0;
	const [a, b] = [vitals('a'), vitals('b')];
	fleet.supervisor.refresh(['b', 'gone']);
	await idle();
	expect([vitals('a'), vitals('b')]).toEqual([a, b + 1]);
	fleet.supervisor.refresh(null);
	await idle();
	expect([vitals('a'), vitals('b')]).toEqual([a + 1, b + 2]);
});

test('a host that went silent grows old on the board although nothing happens', async () => {
	const fleet = supervised([declare('a'), declare('b')], (name) => name);
	const ticks = (): readonly unknown[] =>
		fleet.events.filter((event) => event.kind === 'clock-ticked').map(({hostKey, at}) => [hostKey, at]);
	fleet.clock.advance(10_000);
	const start = Date.UTC(2026, 10, 20, 14);
	expect(ticks()).toEqual([
		['a', start + 5000],
		['b', start + 5000],
		['a', start + 10_000],
		['b', start + 10_000],
	]);
});

test('closing ends every session, whatever it is about, and leaves no timer', async () => {
	const hosts = ['open', 'stuck', 'refused'].map((name) => declare(name));
	const clock = createFakeClock();
	const machine = createScriptedHost();
	const supervisor = superviseFleet({
		hosts,
		clock,
		dispatch: () => undefined,
		reach({host, signal}) {
			if (host.key === 'open') {
				return Promise.resolve({kind: 'open', transport: machine.transport, address: 'x', local: false});
			}
			if (host.key === 'stuck') {
				return new Promise((_resolve, reject) => {
					signal.addEventListener('abort', () => reject(signal.reason as Error));
				});
			}
			const facts = {rung: 'tcp', code: 'connection-refused', summary: 'refused', advice: 'Look.'} as const;
			return Promise.reject(new LadderError({...facts, retry: 'soon'}));
		},
	});
	await idle();
	await supervisor.close();
	expect(machine.isClosed()).toBe(true);
	clock.advance(1000);
	await idle();
	expect(clock.pending()).toBe(0);
});
