/** Many hosts behind one jump host that goes and comes back, over sessions as the program runs them. */
import {expect, onTestFinished, test} from 'vitest';
import {emptyFleet} from '../../source/fleet/reduce-fleet.ts';
import {createReducer} from '../fleet/create-reducer.ts';
import type {FleetState} from '../../source/fleet/fleet-state.ts';
import type {Host} from '../../source/model/host.ts';
import type {BrokenRung} from '../../source/model/ladder.ts';
import {LadderError, type RetryPolicy} from '../../source/model/ladder-error.ts';
import type {Transport} from '../../source/model/transport.ts';
import type {Reached, ReachRequest} from '../../source/session/reach-host.ts';
import {superviseFleet} from '../../source/session/supervise-fleet.ts';
import {createFakeClock} from '../fake-clock.ts';
import {sampleHostDeclaration} from '../health/sample-host.ts';
import {idle} from './idle.ts';
import {createScriptedHost, type ScriptedHost} from './scripted-host.ts';
import {untilGivenUp} from './until-given-up.ts';

const size = 20;

/** How the jump host answers: as a healthy one, or with an error of this policy. */
type BastionState = 'up' | RetryPolicy;

const bastionBroke = (retry: RetryPolicy): LadderError =>
	new LadderError({
		rung: 'tcp',
		code: 'connection-refused',
		summary: 'jump host gate: connection refused on port 22',
		advice: 'Look at gate.',
		retry,
		bastion: 'gate',
		bastionBroke: true,
	});

/** The connection of a host that goes with its jump host. */
function behindGate({transport}: ScriptedHost): Transport {
	const closed = transport.closed.then((end) => (end.kind === 'lost' ? {...end, withBastion: 'gate'} : end));
	return {...transport, bastion: 'gate', closed};
}

/** `onOwn` answers for a host once the jump host has let it through; by default every host is well. */
function startFleet(onOwn: (request: ReachRequest) => Promise<Reached> | null = () => null) {
	const clock = createFakeClock();
	const gate: {state: BastionState} = {state: 'up'};
	const machines = new Map<string, ScriptedHost>();
	const attempts: string[] = [];
	const reduceFleet = createReducer();
	let state: FleetState = emptyFleet;
	const reach = async (request: ReachRequest): Promise<Reached> => {
		const {host, onBastion} = request;
		attempts.push(host.key);
		await Promise.resolve();
		if (gate.state !== 'up') throw bastionBroke(gate.state);
		onBastion('gate');
		const own = onOwn(request);
		if (own !== null) return own;
		const machine = createScriptedHost();
		machines.set(host.key, machine);
		return {kind: 'open', transport: behindGate(machine), address: host.key, local: false};
	};
	const hosts = Array.from({length: size}, (_, index): Host => {
		const key = `web-${index + 1}`;
		return sampleHostDeclaration({key, name: key, target: {kind: 'ssh', destination: key}});
	});
	const dispatch = (event: Parameters<typeof reduceFleet>[1]): void => {
		state = reduceFleet(state, event);
	};
	const supervisor = superviseFleet({hosts, reach, clock, dispatch});
	onTestFinished(() => supervisor.close());
	return {
		clock,
		gate,
		supervisor,
		attempts,
		broken: () => [...state.hosts.values()].map(({ladder}) => ladder.broken),
		lostAtGate: (): readonly (BrokenRung | null)[] =>
			[...state.hosts.values()].map(({ladder}) => ladder.broken).filter((broken) => broken?.bastion === 'gate'),
		async pass(milliseconds: number) {
			const end = clock.now() + milliseconds;
			while (clock.now() < end) {
				clock.advance(Math.min(Math.max(clock.nextInMs() ?? Infinity, 1), end - clock.now()));
				await idle();
			}
		},
		async lose(after: BastionState) {
			await idle();
			gate.state = after;
			for (const machine of machines.values()) machine.lose('gone');
			await idle();
			attempts.length = 0;
		},
	};
}

test('while a jump host is away one host behind it tries, and all return at once with it', async () => {
	const fleet = startFleet();
	await fleet.lose('soon');
	await fleet.pass(30_000);
	// Between a half and five seconds apart, once the first few have failed.
	expect(fleet.attempts.length).toBeGreaterThan(6);
	expect(fleet.attempts.length).toBeLessThan(40);
	expect(new Set(fleet.attempts).size).toBe(1);
	fleet.gate.state = 'up';
	fleet.attempts.length = 0;
	fleet.clock.advance((fleet.broken()[0]?.retryAt ?? Infinity) - fleet.clock.now());
	await idle();
	expect(new Set(fleet.attempts).size).toBe(size);
	expect(fleet.attempts).toHaveLength(size);
	expect(fleet.lostAtGate()).toEqual([]);
});

test('every host behind the jump host says why it is away, and when it is tried next', async () => {
	const fleet = startFleet();
	await fleet.lose('soon');
	const [first] = fleet.broken();
	expect(fleet.broken().map((broken) => broken?.summary)).toEqual(Array(size).fill('lost with jump host gate'));
	expect(fleet.broken().map((broken) => broken?.retryAt)).toEqual(Array(size).fill(first?.retryAt));
	await fleet.pass(1000);
	expect(fleet.attempts.length).toBeGreaterThan(0);
	const refused = 'jump host gate: connection refused on port 22';
	expect(fleet.broken().map((broken) => broken?.summary)).toEqual(Array(size).fill(refused));
	expect(new Set(fleet.broken().map((broken) => broken?.retryAt)).size).toBe(1);
	expect(fleet.broken()[7]?.retryAt).toBeGreaterThan(fleet.clock.now());
});

test('a jump host under strain is asked less often', async () => {
	const fleet = startFleet();
	await fleet.lose('slowly');
	await fleet.pass(60_000);
	expect(fleet.attempts.length).toBeLessThan(15);
});

test('the host that tries may hang itself: the jump host answered, and that wakes the others', async () => {
	const hanging = new Set<string>();
	const fleet = startFleet(({host, signal}) => (hanging.has(host.key) ? untilGivenUp(signal) : null));
	await fleet.lose('soon');
	for (let key = 1; key <= size; key += 2) hanging.add(`web-${key}`);
	fleet.gate.state = 'up';
	await fleet.pass(1000);
	expect(new Set(fleet.attempts).size).toBe(size);
	const stillAway = fleet.broken().map((broken) => broken !== null && broken.bastion === 'gate');
	expect(stillAway).toEqual(Array.from({length: size}, (_, index) => index % 2 === 0));
});

test('a host that a person sends to try for itself leaves the trying to another', async () => {
	const fleet = startFleet();
	await fleet.lose('soon');
	await fleet.pass(1000);
	fleet.supervisor.refresh([fleet.attempts[0] ?? '']);
	await fleet.pass(30_000);
	// Another took over, and whoever comes back to the others waits with them.
	expect(new Set(fleet.attempts).size).toBe(2);
	fleet.gate.state = 'up';
	await fleet.pass(5000);
	expect(fleet.lostAtGate()).toEqual([]);
});

test('a jump host that refuses the key is asked once, not once per host, until a person asks', async () => {
	const fleet = startFleet();
	await fleet.lose('never');
	await fleet.pass(1000);
	expect(fleet.attempts).toHaveLength(1);
	expect(fleet.broken().map((broken) => broken?.retryAt)).toEqual(Array(size).fill(null));
	fleet.clock.advance(3600_000);
	await idle();
	expect(fleet.attempts).toHaveLength(1);
	fleet.gate.state = 'up';
	fleet.supervisor.refresh(['web-7']);
	await idle();
	expect(new Set(fleet.attempts).size).toBe(size);
	expect(fleet.lostAtGate()).toEqual([]);
});

test('a jump host that comes and goes is asked no more often for it', async () => {
	const fleet = startFleet();
	await fleet.lose('soon');
	await fleet.pass(20_000);
	fleet.gate.state = 'up';
	await fleet.pass(5000);
	await fleet.lose('soon');
	const waitMs = (fleet.broken()[0]?.retryAt ?? 0) - fleet.clock.now();
	// A first wait is a second at most.
	expect(waitMs).toBeGreaterThanOrEqual(500);
	expect(waitMs).toBeLessThanOrEqual(5000);
});
