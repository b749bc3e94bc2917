/** What the fleet's store shows is a picture: what happens later changes the next one, never the one that was taken. */
import {expect, test} from 'vitest';
import {createFleetFold, emptyFleet} from '../../source/fleet/reduce-fleet.ts';
import {createFleetStore} from '../../source/fleet/store.ts';
import {createFakeClock} from '../fake-clock.ts';
import {brokenRung, now, sampleHostDeclaration} from '../health/sample-host.ts';

const hostKeys = ['a', 'b', 'c'];

/** Three connected hosts, each at an address of its own. */
function openStore() {
	const store = createFleetStore(emptyFleet, createFleetFold(), createFakeClock(), 100);
	for (const hostKey of hostKeys) {
		const host = sampleHostDeclaration({key: hostKey, name: hostKey});
		store.dispatch({kind: 'host-added', host, hostKey, at: now});
		store.dispatch({kind: 'connected', transport: 'ssh2', address: `ops@${hostKey}:22`, hostKey, at: now});
		store.dispatch({kind: 'ladder-changed', ladder: {reached: 'info', broken: null}, hostKey, at: now});
	}
	return {
		store,
		lose(hostKey: string) {
			const ladder = {reached: null, broken: brokenRung('tcp', 'lost', {lostAt: now})};
			store.dispatch({kind: 'ladder-changed', ladder, hostKey, at: now});
		},
		recover(hostKey: string) {
			store.dispatch({kind: 'ladder-changed', ladder: {reached: 'info', broken: null}, hostKey, at: now});
		},
	};
}

test('a picture stays as it was taken, and is the same until something changes', () => {
	const {store, lose} = openStore();
	const before = store.getState();
	expect(store.getState()).toBe(before);
	store.dispatch({kind: 'heard', hostKey: 'nobody', at: now});
	expect(store.getState()).toBe(before);
	lose('a');
	expect(before.hosts.get('a')?.ladder.broken).toBeNull();
	expect(store.getState().hosts.get('a')?.ladder.broken?.code).toBe('lost');
});

test('that this machine was cut off is in the picture with its hosts, and goes when they come back', () => {
	const {store, lose, recover} = openStore();
	for (const hostKey of hostKeys) lose(hostKey);
	const cutOff = store.getState();
	expect(cutOff.ownNetworkLoss).toMatchObject({count: 3});
	for (const hostKey of hostKeys) recover(hostKey);
	expect(store.getState().ownNetworkLoss).toBeNull();
	expect(cutOff.ownNetworkLoss).toMatchObject({count: 3});
	expect([...cutOff.hosts.values()].map(({findings}) => findings[0]?.id)).toEqual(
		hostKeys.map(() => 'own-network-lost'),
	);
});
