/** Many hosts lost at once are one message about this machine, not as many alarms. */
import {describe, expect, it} from 'vitest';
import type {FleetState} from '../../source/fleet/fleet-state.ts';
import {emptyFleet} from '../../source/fleet/reduce-fleet.ts';
import {selectFleetMessage} from '../../source/fleet/select-fleet-message.ts';
import type {BrokenRung, Ladder} from '../../source/model/ladder.ts';
import {createReducer} from './create-reducer.ts';

const reduceFleet = createReducer();

const start = Date.UTC(2026, 10, 20, 14);
const connected: Ladder = {reached: 'info', broken: null};

function lost(at: number, changes: Partial<BrokenRung> = {}): Ladder {
	const broken: BrokenRung = {
		rung: 'tcp',
		code: 'lost',
		summary: 'connection lost: the host stopped answering',
		detail: [],
		advice: 'Wait.',
		since: at,
		retryAt: at + 2000,
		lostAt: at,
		...changes,
	};
	return {reached: 'resolve', broken};
}

/** Hosts `h0`, `h1`… that are all connected, each at an address of its own. */
function fleetOf(count: number): FleetState {
	let state = emptyFleet;
	for (let index = 0; index < count; index++) {
		const hostKey = `h${index}`;
		const host = {
			key: hostKey,
			name: hostKey,
			target: {kind: 'ssh', destination: hostKey} as const,
			sources: [],
			labels: {},
			groups: [],
			sudo: 'never' as const,
			demo: false,
		};
		state = reduceFleet(state, {kind: 'host-added', host, hostKey, at: start});
		state = reduceFleet(state, {kind: 'attempt-started', hostKey, at: start});
		state = reduceFleet(state, {
			kind: 'connected',
			transport: 'ssh2',
			address: `ops@10.0.0.${index}:22`,
			hostKey,
			at: start,
		});
		state = reduceFleet(state, {kind: 'ladder-changed', ladder: connected, hostKey, at: start});
	}
	return state;
}

const change = (state: FleetState, index: number, ladder: Ladder, at = start + 60_000): FleetState =>
	reduceFleet(state, {kind: 'ladder-changed', ladder, hostKey: `h${index}`, at});

function loseFirst(count: number, of: number, everyMs: number, changes: Partial<BrokenRung> = {}): FleetState {
	let state = fleetOf(of);
	for (let index = 0; index < count; index++)
		state = change(state, index, lost(start + 60_000 + index * everyMs, changes));
	return state;
}

const idsOf = (state: FleetState, index: number): readonly string[] =>
	(state.hosts.get(`h${index}`)?.findings ?? []).map(({id}) => id);

describe('when most connections break within seconds', () => {
	it('one message names this machine, and no host is an alarm of its own', () => {
		const state = loseFirst(4, 6, 1500);
		expect(selectFleetMessage(state)).toBe('this machine seems to be offline: 4 hosts lost within 4s');
		for (const index of [0, 1, 2, 3]) expect(idsOf(state, index)).toEqual(['own-network-lost']);
		expect(idsOf(state, 4)).not.toContain('own-network-lost');
	});

	it('the message holds while further attempts fail for other reasons, because nothing answers', () => {
		const state = change(
			loseFirst(4, 4, 100),
			0,
			lost(start + 60_000, {code: 'no-route', summary: 'no route to host'}),
		);
		expect(selectFleetMessage(state)).toContain('4 hosts lost');
		const refused = change(state, 0, lost(start + 60_000, {code: 'connection-refused'}));
		expect(selectFleetMessage(refused)).toContain('3 hosts lost');
		expect(idsOf(refused, 0)).toEqual(['unreachable']);
	});

	it('the message goes when the hosts come back, and those that stay away are told one by one', () => {
		let state = loseFirst(5, 5, 100);
		for (const index of [0, 1, 2]) state = change(state, index, connected, start + 90_000);
		expect(selectFleetMessage(state)).toBeNull();
		expect(idsOf(state, 4)).toEqual(['unreachable']);
	});

	it('sleep is told from a lost network', () => {
		expect(selectFleetMessage(loseFirst(3, 3, 0, {code: 'slept'}))).toBe(
			'this machine slept: 3 hosts being reached again',
		);
	});
});

describe('what is not this machine', () => {
	it.each([
		['two hosts', loseFirst(2, 2, 0)],
		['a few of many', loseFirst(3, 10, 0)],
		['hosts lost one by one over an hour', loseFirst(5, 5, 12 * 60_000)],
		['hosts that were never reached', neverReached(4)],
	])('%s', (_name, state) => {
		expect(selectFleetMessage(state)).toBeNull();
		expect(idsOf(state, 0)).not.toContain('own-network-lost');
	});

	it('a lost jump host is named once, with how many are behind it', () => {
		const state = loseFirst(4, 5, 0, {code: 'lost-with-bastion', bastion: 'gate', bastionBroke: true});
		expect(selectFleetMessage(state)).toBe('jump host gate is not reachable: 4 hosts behind it');
	});
});

function neverReached(count: number): FleetState {
	let state = fleetOf(count);
	for (let index = 0; index < count; index++) {
		const {lostAt: _never, ...broken} = lost(start).broken ?? ({} as BrokenRung);
		state = change(state, index, {reached: null, broken});
	}
	return state;
}
