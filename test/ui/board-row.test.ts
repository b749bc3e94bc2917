/** One row of the board, with what each part of it means, and the columns it has. */
import {expect, test} from 'vitest';
import {selectHostRow} from '../../source/fleet/select-host-row.ts';
import type {Severity} from '../../source/model/finding.ts';
import {measureCells} from '../../source/ui/board/board-cells.ts';
import {selectBoardColumns} from '../../source/ui/board/board-columns.ts';
import {createBoardRow} from '../../source/ui/board/board-row.ts';
import {createFilesystem, createFinding, createFleet, createHost, fixtureNow} from './harness/host-fixture.ts';
import {openScreen} from './harness/open-screen.ts';

const canvas = {now: fixtureNow, columns: 120};

function rowOf(severity: Severity, selected: boolean) {
	const row = selectHostRow(createHost('web-07', {severity, findings: [createFinding({severity})]}));
	const columns = selectBoardColumns(120, measureCells([row], fixtureNow));
	return createBoardRow(row, columns, canvas, {selected, marked: false});
}

test.each([
	['critical', '✖'],
	['warning', '▲'],
	['unknown', '?'],
	['notice', '▪'],
] as const)('under the cursor a %s host keeps the sign of its severity in its own colour', (severity, sign) => {
	const [cursor, glyph, rest] = rowOf(severity, true);
	expect(cursor).toEqual({text: '› ', tone: 'accent'});
	expect(glyph).toEqual({text: sign, tone: severity});
	expect(rest?.tone).toBe('inverse');
	expect(rest?.text).toMatch(/^ web-07 +something is wrong/);
});

test('a row is as wide with the cursor as without', () => {
	const width = (selected: boolean): number =>
		rowOf('critical', selected).reduce((sum, {text}) => sum + text.length, 0);
	expect(width(true)).toBe(width(false));
	expect(width(true)).toBeLessThanOrEqual(120);
});

test.each([
	[80, ['HOST', 'WHY', 'FOR', 'ROOT', 'CTRS', 'SEEN'], '40 %'],
	[120, ['HOST', 'WHY', 'FOR', 'ENGINE', 'ROOT', 'IMAGES', 'KERNEL', 'CTRS', 'SEEN'], '5.15.0-140-generic'],
	[200, ['HOST', 'WHY', 'FOR', 'ENGINE', 'DRIVER', 'ROOT', 'IMAGES', 'KERNEL', 'UP', 'CTRS', 'SEEN'], 'devicemapper'],
])('%i columns show what matters most, uncut', async (columns, titles, value) => {
	const {engine, identity} = createHost('web-legacy-01').readings;
	if (engine.kind !== 'ok' || identity.kind !== 'ok') throw new Error('the fixture has both');
	const kernel = {...identity.value.kernel, release: '5.15.0-140-generic'};
	const readings = {
		engine: {...engine, value: {...engine.value, version: '19.03.15', driver: 'devicemapper'}},
		identity: {...identity, value: {...identity.value, kernel}},
		filesystems: {kind: 'ok', at: fixtureNow, value: [createFilesystem('/', 0.4)]} as const,
	};
	const fleet = createFleet([createHost('web-legacy-01', {readings})]);
	const opened = await openScreen({columns, rows: 30, fleet});
	const [title = '', row = ''] = opened.terminal.rows().slice(1);
	expect(title.split('│')[0]?.trim().split(/\s+/)).toEqual(titles);
	expect(row).toContain(` ${value} `);
	expect(title.indexOf(' FOR') - title.indexOf('WHY')).toBeGreaterThanOrEqual(40);
});
