/** When rows change places, and where the cursor stays meanwhile. */
import {expect, test} from 'vitest';
import type {HostState} from '../../source/fleet/fleet-state.ts';
import {names, sick, underCursor} from './harness/board-hosts.ts';
import {createFleet, fixtureNow} from './harness/host-fixture.ts';
import {openScreen} from './harness/open-screen.ts';

test('the selection stays on its host when the order changes under it', async () => {
	const hosts = names(5);
	const opened = await openScreen({fleet: createFleet(hosts)});
	await opened.press('jj');
	expect(underCursor(opened)).toBe('host-002');
	opened.store.set(createFleet([...hosts.slice(0, 4), sick('host-004')]));
	opened.clock.advance(2000);
	await opened.terminal.waitFor((screen) => /host-004[^\n]*\n[^\n]*host-000/.test(screen));
	expect(underCursor(opened)).toBe('host-002');
});

test('a host that turns critical is on top at once, also for a person who has moved', async () => {
	const hosts = names(50);
	const opened = await openScreen({fleet: createFleet(hosts)});
	await opened.press('j');
	opened.clock.advance(60_000);
	opened.store.set(createFleet([...hosts.slice(0, 49), sick('host-049')]));
	const board = await opened.terminal.waitFor((screen) => screen.includes('✖ host-049'));
	expect(board.split('\n')[2]).toContain('host-049');
	expect(underCursor(opened)).toBe('host-001');
});

test('rows do not jump more than once in two seconds for less than a critical host', async () => {
	const hosts = names(5);
	const warned = (name: string, since: number): HostState =>
		sick(name, {severity: 'warning', severitySince: fixtureNow + since});
	const opened = await openScreen({fleet: createFleet(hosts)});
	await opened.press('j');
	opened.clock.advance(10_000);
	opened.store.set(createFleet([...hosts.slice(0, 4), warned('host-004', 0)]));
	await opened.terminal.waitFor((screen) => screen.split('\n')[2]?.includes('host-004') === true);
	opened.store.set(createFleet([...hosts.slice(0, 3), warned('host-003', 1), warned('host-004', 0)]));
	opened.clock.advance(1000);
	await opened.terminal.waitFor((screen) => screen.includes('▲ 2'));
	expect(opened.terminal.rows()[2]).toContain('host-004');
	opened.clock.advance(1000);
	await opened.terminal.waitFor((screen) => screen.split('\n')[2]?.includes('host-003') === true);
});

test('when the selected host goes, its neighbour is selected', async () => {
	const hosts = names(5);
	const opened = await openScreen({fleet: createFleet(hosts)});
	await opened.press('jj');
	opened.store.set(createFleet(hosts.filter((host) => host.host.name !== 'host-002')));
	await opened.terminal.waitFor((screen) => !screen.includes('host-002'));
	expect(underCursor(opened)).toBe('host-003');
});
