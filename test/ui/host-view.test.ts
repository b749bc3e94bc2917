/** What a person sees of one host. */
import {expect, test} from 'vitest';
import type {HostState} from '../../source/fleet/fleet-state.ts';
import {createContainer, createFinding, createFleet, createHost, fixtureNow} from './harness/host-fixture.ts';
import {openScreen, type OpenScreen} from './harness/open-screen.ts';

function withLog(count: number, from = 0): HostState {
	return createHost('logger', {kernelRecords: records(count, from)});
}

function lineUnderCursor({terminal}: OpenScreen): string | undefined {
	return terminal.rows().find((row) => row.startsWith('›'));
}

const allRecords = Array.from({length: 3000}, (_, index) => ({
	sequence: index,
	facility: 0,
	level: 6,
	at: fixtureNow - 3_000_000 + index * 1000,
	monotonicSeconds: index,
	text: index % 100 === 0 ? `usb 1-1: device number ${index}` : `line ${index}`,
}));

/** The very same objects for the same numbers, as the fleet's state keeps them. */
function records(count: number, from: number): HostState['kernelRecords'] {
	return allRecords.slice(from, from + count);
}

test('Tab and numbers walk through the tabs', async () => {
	const opened = await openScreen();
	await opened.press('\r');
	for (const tab of ['2 containers', '3 disk', '4 kernel', '5 storage', '1 findings']) {
		await opened.press('\t');
		expect(opened.terminal.rows()[4]).toContain(`[${tab}`);
	}
	await opened.press('\u001B[Z');
	expect(opened.terminal.rows()[4]).toContain('[5 storage');
	await opened.press('3');
	expect(opened.terminal.rows()[4]).toContain('[3 disk');
});

test('findings say what, since when, the evidence, what it means and what to do', async () => {
	const opened = await openScreen({columns: 120, rows: 40});
	await opened.press('\r');
	const screen = opened.terminal.rows().join('\n');
	expect(screen).toContain('since 2026-03-01 13:58 (4m)');
	expect(screen).toContain('│ GET /containers/json no answer in 15 s');
	expect(screen).toContain('→ Capture its stacks');
	expect(screen).toContain('✖ list: engine hung: ping answers, list does not  for 4m, still asking');
});

test('long findings scroll to their last line and not beyond', async () => {
	const findings = Array.from({length: 12}, (_, index) =>
		createFinding({id: `f${index}`, summary: `trouble ${index}`}),
	);
	const opened = await openScreen({fleet: createFleet([createHost('one', {findings, severity: 'warning'})])});
	await opened.press('\r');
	await opened.press('G');
	expect(opened.terminal.rows().join('\n')).toContain('trouble 11');
	await opened.press('jjjjjjkg');
	expect(opened.terminal.rows()[6]).toContain('trouble 0');
});

test('the containers of a hung engine are shown as of the past', async () => {
	const opened = await openScreen();
	await opened.press('\r2');
	expect(opened.terminal.rows()[6]).toMatch(/▲ as of 2s ago: engine hung/);
});

test('a container that dies is seen at once', async () => {
	const list = (state: 'running' | 'exited'): HostState['readings']['containers'] => ({
		kind: 'ok',
		at: fixtureNow,
		value: [createContainer('job', {state, status: state})],
	});
	const opened = await openScreen({fleet: createFleet([createHost('one', {readings: {containers: list('running')}})])});
	await opened.press('\r2');
	expect(opened.terminal.rows().join('\n')).toContain('● job');
	opened.store.set(createFleet([createHost('one', {readings: {containers: list('exited')}})]));
	await opened.terminal.waitFor((screen) => screen.includes('– job'));
});

test('the kernel log follows its newest line until it is held, and then stands still', async () => {
	const opened = await openScreen({fleet: createFleet([withLog(200)])});
	await opened.press('\r4');
	expect(opened.terminal.rows().at(-2)).toContain('line 199');
	opened.store.set(createFleet([withLog(201)]));
	await opened.terminal.waitFor((screen) => screen.includes('device number 200'));
	await opened.press('kk');
	expect(opened.terminal.rows()[8]).toContain('── held still');
	expect(opened.terminal.rows().at(-2)).toContain('line 198');
	opened.store.set(createFleet([withLog(200, 40)]));
	await opened.terminal.waitFor((screen) => screen.includes('159 of 200'));
	expect(opened.terminal.rows().at(-2)).toContain('line 198');
	await opened.press('G');
	expect(opened.terminal.rows()[8]).toContain('── following');
	expect(opened.terminal.rows().at(-2)).toContain('line 239');
});

test('a search finds the newest match, n older ones, N newer ones', async () => {
	const opened = await openScreen({fleet: createFleet([withLog(450)])});
	await opened.press('\r4/');
	await opened.press('usb\r');
	expect(lineUnderCursor(opened)).toContain('device number 400');
	await opened.press('nn');
	expect(lineUnderCursor(opened)).toContain('device number 200');
	await opened.press('N');
	expect(lineUnderCursor(opened)).toContain('device number 300');
	expect(opened.terminal.rows().at(-2)).toContain('line 309');
	await opened.press('/');
	await opened.press('\u0015nothing such\r');
	expect(opened.terminal.rows().at(-1)).toContain('no line contains "nothing such"');
});

test('Esc ends a search first, and only then leaves the host', async () => {
	const opened = await openScreen({fleet: createFleet([withLog(450)])});
	await opened.press('\r4/');
	await opened.press('usb\r');
	expect(opened.terminal.rows()[8]).toContain('search "usb"');
	await opened.press('\u001B');
	await opened.terminal.waitFor((screen) => !screen.includes('search "usb"'));
	expect(opened.terminal.rows()[4]).toContain('[4 kernel');
	await opened.press('\u001B');
	await opened.terminal.waitFor((screen) => screen.includes('HOST'));
});

test('a line of the log that matches a signature is marked with its name', async () => {
	const opened = await openScreen({columns: 120, rows: 40});
	await opened.press('/host:web-07\r\r4');
	expect(opened.terminal.rows().find((row) => row.includes('kernel BUG at'))).toMatch(/^[ │]✖ .*← /);
});

test('a kernel log that must not be read says so and is not empty', async () => {
	const kernelLog = {
		kind: 'failed',
		at: fixtureNow,
		reason: {code: 'not-permitted', message: 'dmesg: Operation not permitted'},
	} as const;
	const opened = await openScreen({fleet: createFleet([createHost('one', {readings: {kernelLog}})])});
	await opened.press('\r4');
	expect(opened.terminal.rows()[6]).toContain('Operation not permitted');
});

test('a host that is not reached shows what it was, with its age, and never as live', async () => {
	const opened = await openScreen({columns: 120, rows: 30});
	await opened.press('/db-02\r\r3');
	const screen = opened.terminal.rows().join('\n');
	expect(screen).toContain('✖ host-key: SSH: host key changed  for 6m, needs a person');
	expect(screen).toContain('heard 6m ago');
	expect(screen).not.toContain('up 12d');
	expect(opened.terminal.rows()[6]).toContain('▲ as of');
});

test('the first line names address and labels before how the connection is made', async () => {
	const opened = await openScreen({columns: 120});
	await opened.press('/host:web-07\r\r');
	expect(opened.terminal.rows()[0]).toContain('ops@10.0.0.6:22 · web rack=b2 · ssh2 curve25519');
});

test('a host never reached awaits no load, and its findings do not repeat the ladder above them', async () => {
	const known = createHost('db-02');
	const lost = createHost('db-02', {
		ladder: {
			reached: 'banner',
			broken: {
				rung: 'host-key',
				code: 'host-key-changed',
				summary: 'SSH: host key changed',
				detail: [],
				advice: '',
				since: fixtureNow,
				retryAt: null,
			},
		},
		lastHeardAt: null,
		severity: 'unknown',
		readings: {identity: {kind: 'pending'}, vitals: {kind: 'pending'}},
		findings: [createFinding({summary: 'SSH: host key changed', evidence: ['broken rung: host-key', 'now: SHA256:b']})],
	});
	const host = {...lost, host: {...known.host, sources: [{kind: 'demo', detail: ''} as const]}};
	const opened = await openScreen({fleet: createFleet([host])});
	await opened.press('\r');
	const screen = opened.terminal.rows().join('\n');
	expect(screen).toContain('never heard · load –');
	expect(screen).toContain('from the demo fleet');
	expect(screen).toContain('│ now: SHA256:b');
	expect(screen).not.toContain('broken rung');
});

test('long lines can be moved sideways', async () => {
	const opened = await openScreen();
	await opened.press('/host:web-07\r\r2');
	await opened.press('\u001B[C\u001B[C');
	expect(opened.terminal.rows().join('\n')).not.toContain('web-07-cache');
	await opened.press('\u001B[D\u001B[D');
	expect(opened.terminal.rows().join('\n')).toContain('web-07-cache');
});

test('a host that is merged into another while it is open leads back to the board', async () => {
	const opened = await openScreen({fleet: createFleet([createHost('one'), createHost('two')])});
	await opened.press('\r');
	opened.store.set(createFleet([createHost('two')]));
	const board = await opened.terminal.waitFor((screen) => screen.includes('HOST'));
	expect(board).toContain('● two');
	expect(board).not.toContain('one');
});
