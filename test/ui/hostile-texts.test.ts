/** Texts of a host never disturb the screen or a report, whatever they hold. */
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {classifyShellFailure} from '../../source/collectors/classify-shell-failure.ts';
import type {HostEvent} from '../../source/fleet/fleet-event.ts';
import type {FleetState} from '../../source/fleet/fleet-state.ts';
import {createReducer} from '../fleet/create-reducer.ts';
import {ReadingError} from '../../source/model/reading-error.ts';
import {buildReport} from '../../source/report/build-report.ts';
import {formatDoctor} from '../../source/report/format-doctor.ts';
import {formatReportJson} from '../../source/report/format-report-json.ts';
import {formatReportMarkdown} from '../../source/report/format-report-markdown.ts';
import {formatReportText} from '../../source/report/format-report-text.ts';
import {createHost, createFleet, fixtureNow} from './harness/host-fixture.ts';
import {hostileEvents, hostileTexts} from './harness/hostile-host.ts';
import {openScreen, type OpenOptions, type OpenScreen} from './harness/open-screen.ts';

const calmNames = ['calm-1', 'calm-2', 'calm-3'];

function fold(state: FleetState, name: string, events: readonly HostEvent[]): FleetState {
	const declared = createHost(name).host;
	return [{kind: 'host-added', host: declared} as const, ...events]
		.map((event) => ({...event, hostKey: declared.key, at: fixtureNow}))
		.reduce(createReducer(), state);
}

const [before = 'calm-1', ...after] = calmNames;
const calm = (names: readonly string[]): FleetState => createFleet(names.map((name) => createHost(name)));

/** A host that answers with such texts between calm ones, and one that lets nobody in, with such words. */
const noShell = classifyShellFailure(new ReadingError('lost', 'ended'), {
	strayText: hostileTexts.join('\n'),
	stderr: hostileTexts.slice(3).join('\n'),
	exit: {code: 1, signal: null},
});
const brokenRung = {
	rung: noShell.rung,
	code: noShell.code,
	summary: noShell.message,
	detail: noShell.detail,
	advice: noShell.advice,
	since: fixtureNow,
	retryAt: null,
};
const hostileFleet = [
	(state: FleetState) => fold(state, 'evil-1', hostileEvents),
	(state: FleetState) =>
		fold(state, 'evil-2', [{kind: 'ladder-changed', ladder: {reached: 'authentication', broken: brokenRung}}]),
	(state: FleetState): FleetState => ({hosts: new Map([...state.hosts, ...calm(after).hosts])}),
].reduce((state, step) => step(state), calm([before]));

/** Everything that could move, hide or reorder what is drawn. */
const dangerous = /[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029\p{Surrogate}]/u;

const sizes = [
	[80, 24],
	[200, 50],
] as const;

const open = (options: OpenOptions): Promise<OpenScreen> => openScreen({fleet: hostileFleet, ...options});

/** The screen is whole: every row where it belongs, nothing but plain characters in it. */
function expectUndisturbed({terminal}: OpenScreen, footer: RegExp): void {
	const output = terminal.takeOutput();
	for (const row of terminal.rows()) expect(row).not.toMatch(dangerous);
	expect(terminal.rows().at(-1)).toMatch(footer);
	expect(terminal.rows()[0]).toMatch(/14:02:11$/);
	expect(terminal.isOnAlternateScreen()).toBe(true);
	expect(terminal.isCursorHidden()).toBe(true);
	// What the screen itself writes: cursor moves, erasing, modes and colours, never a string command or a C1 control.
	const plain = output.replaceAll(/\u001B\[[\d;?]*[A-Za-z]/g, '').replaceAll(/[\r\n]/g, '');
	expect(plain).not.toMatch(/\p{Cc}/u);
	expect(output).not.toMatch(/\u001B\[3J|\u001B\[\?1049l|\u001B\[\?7h/);
}

test('the hostile host is seen with all it has, so that the other tests test something', () => {
	const host = hostileFleet.hosts.get('ssh:evil-1');
	const {containers, engine, images, identity, filesystems} = host?.readings ?? {};
	for (const reading of [containers, engine, images, identity, filesystems]) expect(reading?.kind).toBe('ok');
	expect(containers?.kind === 'ok' && containers.value.length).toBe(hostileTexts.length * 2);
	expect(host?.kernelRecords.length).toBeGreaterThan(hostileTexts.length * 4);
	expect(host?.findings.map(({id}) => id)).toContain('container-unhealthy');
	expect(host?.incidents.length).toBeGreaterThan(0);
	expect(hostileTexts.every((text) => text.includes('owned'))).toBe(true);
});

describe.each(sizes)('on a screen of %ix%i', (columns, rows) => {
	test.each(['modern', 'old'] as const)('the board keeps every row in its place (%s widths)', async (widths) => {
		const opened = await open({columns, rows, widths});
		expect(opened.terminal.rows()).toHaveLength(rows);
		expectUndisturbed(opened, /^ .*\? help.*$/);
		for (const [name, line] of [
			['evil-1', 2],
			['evil-2', 3],
			['calm-1', 4],
			['calm-2', 5],
			['calm-3', 6],
		] as const) {
			expect(opened.terminal.rows()[line]?.slice(4)).toMatch(new RegExp(`^${name} `));
		}
		for (const row of opened.terminal.rows().slice(4, 7)) {
			expect(row.slice(0, 80)).not.toContain('owned');
			expect(row).toContain('27.3.1');
		}
	});

	test.each(['1 findings', '2 containers', '3 disk', '4 kernel', '5 storage'])(
		'the tab %s shows such texts in its own lines only',
		async (tab) => {
			const opened = await open({columns, rows});
			await opened.press('\r');
			await opened.press(tab[0] ?? '');
			await opened.terminal.waitFor((screen) => screen.includes(`[${tab}`));
			const drawn: string[] = [];
			for (let page = 0; page < 12; page++) {
				expectUndisturbed(opened, /^ 1-5 tabs .* \? help$/);
				expect(opened.terminal.rows()[0]).toMatch(/^ . evil-1 /);
				expect(opened.terminal.rows()[4]).toContain(`[${tab}`);
				expect(opened.terminal.rows()[5]).toBe('─'.repeat(columns));
				drawn.push(...opened.terminal.rows().slice(6, -1));
				await opened.press(tab === '4 kernel' ? '\u001B[5~' : '\u001B[6~');
			}
			expect(drawn.join('\n')).toContain('owned');
		},
	);

	test('moved sideways, lines are cut between characters', async () => {
		const opened = await open({columns, rows});
		await opened.press('\r4');
		for (let step = 0; step < 6; step++) {
			await opened.press('\u001B[C');
			expect(opened.terminal.rows()[0]).toMatch(/^ . evil-1 /);
			expectUndisturbed(opened, /^ 1-5 tabs .* \? help$/);
		}
	});

	test('a host that prints such texts instead of giving a shell shows them as its reason', async () => {
		const opened = await open({columns, rows});
		await opened.press('/host:evil-2\r\r');
		expectUndisturbed(opened, /^ 1-5 tabs .* \? help$/);
		expect(opened.terminal.rows().join('\n')).toContain('no shell');
	});
});

describe('a report', () => {
	const report = buildReport(hostileFleet, {now: fixtureNow, version: '0.1.0', demo: false});

	test.each([80, 200])('as text of %i columns holds plain lines that fit', (columns) => {
		const text = formatReportText(report, {columns});
		expect(text).toContain('owned');
		for (const line of text.split('\n')) {
			expect(line).not.toMatch(dangerous);
			expect(stringWidth(line)).toBeLessThanOrEqual(columns);
		}
	});

	test('as Markdown keeps its table and headings', () => {
		const text = formatReportMarkdown(report);
		for (const line of text.split('\n')) expect(line).not.toMatch(dangerous);
		const tableRows = text.split('\n').filter((line) => line.startsWith('| '));
		expect(tableRows).toHaveLength(2 + 5);
		for (const row of tableRows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(11);
		expect(text.match(/^## /gm)).toHaveLength(2);
	});

	test('as JSON holds no such character in any text', () => {
		const texts: string[] = [];
		JSON.parse(formatReportJson(report), (key, value: unknown) => {
			texts.push(key);
			if (typeof value === 'string') texts.push(value);
			return value;
		});
		expect(texts.join(' ')).toContain('owned');
		for (const text of texts) expect(text).not.toMatch(dangerous);
	});

	test('of the doctor holds plain lines', () => {
		for (const host of hostileFleet.hosts.values()) {
			for (const line of formatDoctor(host, fixtureNow).split('\n')) {
				expect(line).not.toMatch(dangerous);
				expect(stringWidth(line)).toBeLessThanOrEqual(200);
			}
		}
	});
});
