/** The numbers of the header. */
import {expect, test} from 'vitest';
import {selectFleetCounts} from '../../source/fleet/select-fleet-counts.ts';
import {selectHostOrder} from '../../source/fleet/select-host-order.ts';
import {createFixtureFleet} from '../ui/harness/fleet-fixture.ts';
import {createFleet, createHost} from '../ui/harness/host-fixture.ts';

test('hosts are counted by state, and one that is not reached is not counted twice', () => {
	const counts = selectFleetCounts(createFixtureFleet());
	expect(counts).toMatchObject({hosts: 24, critical: 2, warning: 2, ok: 18, unreachable: 1, unknown: 1});
	expect(counts.critical + counts.warning + counts.ok + counts.unreachable + counts.unknown).toBe(counts.hosts);
});

test('the containers of a host that is not reached are not counted as if they ran', () => {
	const counts = selectFleetCounts(createFixtureFleet());
	expect(counts.containers).toBe(3 + 4 + 3 + 3 + 18 * 3);
	expect(counts.containerHosts).toBe(counts.hosts - 2);
	expect(selectFleetCounts(createFleet([createHost('one')])).containerHosts).toBe(1);
});

test('worst first: critical, unreachable, warning, not fully known, healthy', () => {
	const order = selectHostOrder(createFixtureFleet(), 'severity', () => true).map((key) => key.slice(4));
	expect(order.slice(0, 7)).toEqual(['ci-14', 'web-07', 'db-02', 'cache-01', 'build-03', 'new-01', 'web-20']);
});

test('names are ordered as people count', () => {
	const fleet = createFleet(['web-10', 'web-9', 'web-1'].map((name) => createHost(name)));
	expect(selectHostOrder(fleet, 'name', () => true)).toEqual(['ssh:web-1', 'ssh:web-9', 'ssh:web-10']);
});

test('a host whose number is not known comes last, not as zero', () => {
	const order = selectHostOrder(createFixtureFleet(), 'images', () => true).map((key) => key.slice(4));
	expect(order[0]).toBe('web-07');
	expect(order.slice(-3).toSorted()).toEqual(['build-03', 'db-02', 'new-01']);
});
