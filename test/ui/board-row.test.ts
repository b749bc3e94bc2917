/** One row of the board as data, with what each part of it means. */
import {expect, test} from 'vitest';
import {selectHostRow} from '../../source/fleet/select-host-row.ts';
import type {Severity} from '../../source/model/finding.ts';
import {measureCells} from '../../source/ui/board/board-cells.ts';
import {selectBoardColumns} from '../../source/ui/board/board-columns.ts';
import {createBoardRow} from '../../source/ui/board/board-row.ts';
import {createFinding, createHost, fixtureNow} from './harness/host-fixture.ts';

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
