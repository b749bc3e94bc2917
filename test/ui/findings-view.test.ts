/** What a person sees and does in the findings of all hosts. */
import {expect, test} from 'vitest';
import type {FleetState} from '../../source/fleet/fleet-state.ts';
import {createFinding, createFleet, createHost, fixtureNow} from './harness/host-fixture.ts';
import {openScreen, type OpenOptions, type OpenScreen} from './harness/open-screen.ts';

function createSickFleet(): FleetState {
	const ext4 = (index: number) =>
		createFinding({
			id: 'ext4-error',
			severity: 'critical',
			category: 'disk',
			subject: `sda${(index % 3) + 1}`,
			summary: `EXT4 error on sda${(index % 3) + 1}`,
			since: fixtureNow - index * 60_000,
		});
	const full = (percent: number) =>
		createFinding({
			id: 'filesystem-filling',
			subject: '/var/lib/docker',
			summary: `engine root /var/lib/docker ${percent} % full`,
		});
	const forgotten = createFinding({id: 'clock-skew', severity: 'notice', category: 'clock', summary: 'clock 3s ahead'});
	return createFleet([
		...Array.from({length: 17}, (_, index) =>
			createHost(`web-${String(index + 1).padStart(2, '0')}`, {severity: 'critical', findings: [ext4(index + 1)]}),
		),
		createHost('db-02', {severity: 'warning', findings: [full(94)]}),
		createHost('cache-1', {severity: 'warning', findings: [full(91), forgotten]}),
		createHost('lone', {
			severity: 'critical',
			findings: [createFinding({id: 'engine-down', severity: 'critical', category: 'engine', summary: 'engine down'})],
		}),
		createHost('calm'),
	]);
}

async function openFindings(options: OpenOptions = {}): Promise<OpenScreen> {
	const opened = await openScreen({fleet: createSickFleet(), ...options});
	await opened.press('2');
	return opened;
}

const textOf = ({terminal}: OpenScreen): string => terminal.rows().join('\n');

function rowWith({terminal}: OpenScreen, words: string): string {
	return terminal.rows().find((row) => row.includes(words)) ?? '';
}

test.each([
	[80, 24],
	[120, 40],
	[60, 15],
])('the findings of all hosts at %ix%i', async (columns, rows) => {
	const opened = await openFindings({columns, rows});
	await expect(`${textOf(opened)}\n`).toMatchFileSnapshot(`__screens__/all-findings-${columns}x${rows}.txt`);
	await opened.press('\r');
	await expect(`${textOf(opened)}\n`).toMatchFileSnapshot(`__screens__/finding-hosts-${columns}x${rows}.txt`);
});

test('one trouble of many hosts is one line, with their names as a range', async () => {
	const opened = await openFindings();
	expect(rowWith(opened, 'EXT4')).toMatch(/^› ✖ EXT4 error \(3 devices\) +web-\[01-17\] +17 +17m$/);
	expect(rowWith(opened, 'engine root')).toContain('▲ engine root /var/lib/docker 91–94 % full');
	expect(rowWith(opened, 'engine root')).toMatch(/cache-1 db-02 +2/);
});

test('Enter lists the hosts of a finding, and from there opens one; Esc leads back step by step', async () => {
	const opened = await openFindings();
	await opened.press('\r');
	expect(rowWith(opened, '17 hosts')).toContain('✖ EXT4 error (3 devices)');
	await opened.press('jj');
	expect(rowWith(opened, 'web-03 ')).toMatch(/^› ✖ web-03 +EXT4 error on sda1/);
	await opened.press('\r');
	expect(opened.terminal.rows()[0]).toContain('✖ web-03');
	await opened.press('q');
	expect(rowWith(opened, 'web-03 ')).toMatch(/^›/);
	await opened.press('q');
	expect(rowWith(opened, 'EXT4')).toMatch(/^› ✖ EXT4 error/);
	await opened.press('q');
	expect(textOf(opened)).toContain('WHY');
});

test('Enter opens the host at once where only one has the finding', async () => {
	const opened = await openFindings();
	await opened.press('j\r');
	expect(opened.terminal.rows()[0]).toContain('✖ lone');
	await opened.press('q');
	expect(rowWith(opened, 'engine down')).toMatch(/^›/);
});

test('the filter and ! of the board count here too, and are said', async () => {
	const opened = await openFindings();
	expect(textOf(opened)).toContain('clock 3s ahead');
	await opened.press('!');
	await opened.terminal.waitFor((screen) => !screen.includes('clock 3s ahead'));
	expect(opened.terminal.rows().at(-1)).toContain('only sick');
	await opened.press('/');
	await opened.press('host:web-0\r');
	expect(rowWith(opened, 'EXT4')).toContain('web-[01-09]');
	expect(textOf(opened)).not.toContain('engine down');
	await opened.press('/');
	await opened.press('\u0015host:nobody\r');
	expect(textOf(opened)).toContain('No finding matches "host:nobody".');
});

test('a filter chooses findings, not all that the matching hosts have', async () => {
	const opened = await openFindings();
	await opened.press('/');
	await opened.press('cache-1 clock\r');
	expect(rowWith(opened, 'clock 3s ahead')).not.toBe('');
	expect(textOf(opened)).not.toContain('engine root');
	await opened.press('/');
	await opened.press('\u0015sev:warning\r');
	expect(rowWith(opened, 'engine root')).not.toBe('');
	expect(textOf(opened)).not.toContain('EXT4');
});

test('a finding that is gone while its hosts are listed says so', async () => {
	const opened = await openFindings();
	await opened.press('\r');
	opened.store.set(createFleet([createHost('calm')]));
	await opened.terminal.waitFor((screen) => screen.includes('has this finding any more'));
	await opened.press('q');
	expect(textOf(opened)).toContain('No findings, as far as the hosts are known.');
});

test('the cursor stays on its finding when a worse one comes', async () => {
	const opened = await openFindings();
	await opened.press('jj');
	expect(rowWith(opened, 'engine root')).toMatch(/^›/);
	const more = createFinding({id: 'kernel-panic', severity: 'critical', category: 'kernel', summary: 'kernel panic'});
	const {hosts} = createSickFleet();
	opened.store.set({hosts: new Map([...hosts, ['ssh:new', createHost('new', {findings: [more]})]])});
	await opened.terminal.waitFor((screen) => screen.includes('kernel panic'));
	expect(rowWith(opened, 'engine root')).toMatch(/^›/);
});

test('refresh asks the hosts of the finding under the cursor', async () => {
	const opened = await openFindings();
	await opened.press('\u0012');
	expect(opened.refreshes[0]).toHaveLength(17);
	expect(opened.terminal.rows().at(-1)).toContain('asking 17 hosts anew');
});

test('Tab changes between hosts and findings', async () => {
	const opened = await openScreen({fleet: createSickFleet()});
	await opened.press('\t');
	expect(opened.terminal.rows()[1]).toContain('FINDING');
	await opened.press('\t');
	expect(opened.terminal.rows()[1]).toContain('WHY');
});
