/** What a person at the board's keyboard sees, on a real screen buffer. */
import {expect, test} from 'vitest';
import type {HostState} from '../../source/fleet/fleet-state.ts';
import {createContainer, createFleet, createHost, fixtureNow} from './harness/host-fixture.ts';
import {names, sick, underCursor} from './harness/board-hosts.ts';
import {openScreen} from './harness/open-screen.ts';

test('two keys that arrive in one piece move two rows', async () => {
	const opened = await openScreen({fleet: createFleet(names(10))});
	expect(underCursor(opened)).toBe('host-000');
	await opened.press('jj');
	expect(underCursor(opened)).toBe('host-002');
	await opened.press('\u001B[B\u001B[B\u001B[B');
	expect(underCursor(opened)).toBe('host-005');
	await opened.press('k');
	expect(underCursor(opened)).toBe('host-004');
});

test('the cursor can go to the end and back, page by page', async () => {
	const opened = await openScreen({fleet: createFleet(names(100))});
	await opened.press('G');
	expect(underCursor(opened)).toBe('host-099');
	await opened.press('g');
	expect(underCursor(opened)).toBe('host-000');
	await opened.press('\u001B[6~');
	expect(underCursor(opened)).toBe('host-020');
	await opened.press('\u0004');
	expect(underCursor(opened)).toBe('host-030');
	await opened.press('\u0015\u001B[5~');
	expect(underCursor(opened)).toBe('host-000');
});

test('a filter shows what matches while it is typed, and Esc brings all hosts back', async () => {
	const opened = await openScreen();
	await opened.press('/');
	await opened.press('tag:web');
	expect(opened.terminal.rows().join('\n')).not.toContain('ci-14');
	await opened.press(' sev:crit\r');
	expect(opened.terminal.rows().filter((row) => row.includes('web-'))).toHaveLength(1);
	expect(opened.terminal.rows().at(-1)).toContain('filter tag:web sev:crit');
	expect(opened.terminal.rows()[1]).toContain('1 of 24 hosts');
	await opened.press('\u001B');
	await opened.terminal.waitFor((screen) => screen.includes('ci-14'));
});

test('a filter that is no pattern says so, and what was shown before stays', async () => {
	const opened = await openScreen();
	await opened.press('/~web-[');
	expect(opened.terminal.rows().at(-1)).toMatch(/▲ not a pattern: unterminated character class$/);
	expect(opened.terminal.rows()[1]).toContain('19 of 24 hosts');
	await opened.press('2]0\r');
	expect(
		opened.terminal
			.rows()
			.slice(0, -1)
			.filter((row) => row.includes('web-')),
	).toHaveLength(1);
});

test('giving up a filter brings the one before back', async () => {
	const opened = await openScreen();
	await opened.press('/host:web-07\r/');
	await opened.press('\u0015zzz');
	expect(opened.terminal.rows().join('\n')).toContain('No host matches "zzz"');
	await opened.press('\u001B');
	await opened.terminal.waitFor((screen) => screen.includes('filter host:web-07'));
	expect(opened.terminal.rows().join('\n')).toContain('✖ web-07');
});

test('only sick hosts are shown after !, and all after a second one', async () => {
	const opened = await openScreen();
	await opened.press('!');
	expect(opened.terminal.rows().join('\n')).not.toContain('web-20');
	expect(opened.terminal.rows().at(-1)).toContain('only sick');
	await opened.press('!');
	expect(opened.terminal.rows().join('\n')).toContain('web-20');
});

test('marks are counted, those that a filter hides too, and U takes them away', async () => {
	const opened = await openScreen();
	await opened.press('  ');
	expect(opened.terminal.rows().at(-1)).toContain('2 marked');
	expect(opened.terminal.rows()[2]).toMatch(/^ ◆✖ ci-14/);
	await opened.press('/web-07\r');
	expect(opened.terminal.rows().at(-1)).toContain('2 marked, 1 hidden');
	await opened.press('U');
	expect(opened.terminal.rows().at(-1)).not.toContain('marked');
});

test('refresh asks the marked hosts, else the one under the cursor; F5 is the same key', async () => {
	const opened = await openScreen();
	await opened.press('\u0012');
	await opened.press(' j \u001B[15~');
	expect(opened.refreshes).toEqual([['ssh:ci-14'], ['ssh:ci-14', 'ssh:db-02']]);
	expect(opened.terminal.rows().at(-1)).toContain('asking 2 marked hosts anew');
	opened.clock.advance(2500);
	await opened.terminal.waitFor((screen) => screen.includes('Enter open'));
	await opened.press('\u0012\r');
	expect(opened.terminal.rows().at(-1)).toMatch(/^ 1-5 tabs .*\^r refresh/);
});

test('a frozen picture stands still and says so, and catches up when thawed', async () => {
	const opened = await openScreen({fleet: createFleet(names(3))});
	await opened.press('Z');
	opened.store.set(createFleet([...names(2), sick('host-002')]));
	opened.clock.advance(65_000);
	await opened.terminal.waitFor((screen) => screen.includes('FROZEN 1m'));
	expect(opened.terminal.rows().at(-1)).toMatch(/^ Z thaws /);
	expect(opened.terminal.rows().join('\n')).not.toContain('panic');
	expect(opened.terminal.rows().join('\n')).toContain('✖ 0');
	await opened.press('Z');
	await opened.terminal.waitFor((screen) => screen.includes('panic') && !screen.includes('FROZEN'));
});

test('the order can be chosen, and the board says which it is', async () => {
	const opened = await openScreen({columns: 120, rows: 40});
	await opened.press('o');
	expect(opened.terminal.rows().join('\n')).toContain('Order hosts by');
	await opened.press('jj\r');
	expect(opened.terminal.rows()[1]).toContain('by engine root');
	expect(opened.terminal.rows()[2]).toContain('web-07');
});

test('an unreachable host shows no value that could pass for live', async () => {
	const opened = await openScreen({columns: 160, rows: 30});
	const row =
		opened.terminal
			.rows()
			.find((row) => row.includes('db-02'))
			?.split('│')[0] ?? '';
	expect(row).not.toMatch(/27\.3|overlay2|%|GB|\d\/\d/);
	expect(row).toContain('6m');
});

test('a host not read yet, one that failed to be read and an old value look different', async () => {
	const opened = await openScreen({columns: 159, rows: 30});
	const row = (name: string): string => opened.terminal.rows().find((row) => row.includes(name)) ?? '';
	expect(row('new-01').match(/…/g)?.length).toBeGreaterThan(3);
	expect(row('build-03')).toMatch(/ err /);
	expect(row('cache-01')).toContain('91 % 4m');
	expect(row('ci-14')).toContain('~overlay2');
});

test('ages grow while nothing happens', async () => {
	const opened = await openScreen();
	opened.clock.advance(5000);
	expect(await opened.terminal.waitFor((screen) => / 6s$/m.test(screen))).toMatch(/web-20 .* 6s$/m);
});

test('names in wide scripts, emoji and of 10,000 characters leave every column where it is', async () => {
	const hostile = ['数据库服务器一号机房', '🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳', '👩🏽‍🚒🇩🇪 e\u0301tat', 'x'.repeat(10_000), 'नमस्ते दुनिया'];
	const hosts = hostile.map((name) => createHost(name, {readings: {containers: containersNamed(hostile)}}));
	const opened = await openScreen({columns: 120, rows: 30, fleet: createFleet(hosts)});
	const rows = opened.terminal.rows();
	expect(rows).toHaveLength(30);
	expect(rows[0]).toContain('sickbay');
	expect(rows.slice(2, 7).every((row) => /5\/5\s+1s$/.test(row))).toBe(true);
	expect(rows.at(-1)).toContain('Enter open');
	await opened.press('\r2');
	const host = opened.terminal.rows();
	expect(host.slice(7, 12).filter((row) => row.includes('running'))).toHaveLength(5);
	expect(host.at(-1)).toContain('1-5 tabs');
});

test('a terminal that gives emoji other widths than expected still shows each host on its own row', async () => {
	const hosts = ['🐳🐳🐳', '🧊🧊🧊🧊', '🪐', 'plain'].map((name) => createHost(name));
	const opened = await openScreen({fleet: createFleet(hosts), widths: 'old'});
	await opened.press('jjjkkZZ');
	const rows = opened.terminal.rows();
	expect(rows[0]).toContain('sickbay');
	expect(rows.slice(2, 6).every((row) => /^[› ] ●.* ok /.test(row))).toBe(true);
	expect(rows.at(-1)).toContain('Enter open');
});

test('while one row changes, the screen is never cleared and little is written', async () => {
	const hosts = names(60);
	const opened = await openScreen({columns: 120, rows: 40, fleet: createFleet(hosts)});
	opened.terminal.takeOutput();
	opened.store.set(
		createFleet([hosts[0]!, createHost('host-001', {lastHeardAt: fixtureNow - 9000}), ...hosts.slice(2)]),
	);
	await opened.terminal.waitFor((screen) => /host-001.* 9s/.test(screen));
	const output = opened.terminal.takeOutput();
	expect(output).not.toMatch(/\u001B\[[23]J/);
	expect(output.length).toBeLessThan(1000);
});

test('a terminal that is too small says so, and the board is back when it grows', async () => {
	const opened = await openScreen();
	opened.terminal.resize(50, 12);
	await opened.terminal.waitFor((screen) => screen.includes('50x12, needs 60x15'));
	opened.terminal.resize(100, 30);
	await opened.terminal.waitFor((screen) => screen.includes('web-07') && screen.includes('? help'));
	expect(opened.terminal.rows()).toHaveLength(30);
	expect(opened.terminal.rows().at(-1)).toContain('? help');
});

test('an empty fleet says that there are no hosts, and no key breaks it', async () => {
	const opened = await openScreen({fleet: createFleet([])});
	await opened.press('jkgG \r!U');
	await opened.press('o\r/a\r\u0012');
	expect(opened.terminal.rows().join('\n')).toContain('No hosts yet');
});

test('containers of a host are counted in words a person can check', async () => {
	const opened = await openScreen({
		fleet: createFleet([createHost('one', {readings: {containers: containersNamed(['a', 'b'])}})]),
	});
	expect(opened.terminal.rows()[0]).toContain('2 containers');
	const partly = await openScreen({columns: 140});
	expect(partly.terminal.rows()[0]).toContain('67 containers on 22 of 24 hosts');
	const narrow = await openScreen();
	expect(narrow.terminal.rows()[0]).toContain('≥ 67 containers');
});

function containersNamed(names: readonly string[]): HostState['readings']['containers'] {
	return {kind: 'ok', at: fixtureNow, value: names.map((name) => createContainer(name))};
}
