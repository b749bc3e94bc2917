/** Which lines of a kernel log are drawn, and how long ones are continued. */
import {expect, test} from 'vitest';
import {selectKernelLayout, selectKernelWindow, wrapColumns} from '../../source/view-state/kernel-layout.ts';
import {displayWidth} from '../../source/ui/fit-text.ts';
import {createIncident, createRecords} from '../ui/harness/kernel-fixture.ts';

test.each([
	'short',
	'',
	' indented trace line [module]',
	'a'.repeat(200),
	'CPU: 3 PID: 2213 Comm: dockerd Tainted: G        W         6.1.0-50-amd64 #1  Debian 6.1.128-1',
	'日本語のカーネルログ'.repeat(12),
	`${'x '.repeat(40)}🚀${'y'.repeat(90)}`,
])('a continued line loses nothing and fits: %s', (text) => {
	for (const columns of [20, 33, 61]) {
		const pieces = wrapColumns(text, columns);
		expect(pieces.join('')).toBe(text);
		for (const piece of pieces) expect(displayWidth(piece)).toBeLessThanOrEqual(columns);
	}
});

test('a line is continued at a word where one begins near the edge', () => {
	expect(wrapColumns('EXT4-fs error (device sda9): ext4_find_entry', 30)).toEqual([
		'EXT4-fs error (device sda9): ',
		'ext4_find_entry',
	]);
});

test('the window ends at its bottom, and is filled downwards at the top of the log', () => {
	const records = createRecords(Array.from({length: 100}, (_, index) => `line ${index}`));
	expect(selectKernelWindow(records, 50, 10, () => 1)).toEqual({first: 41, last: 50});
	expect(selectKernelWindow(records, 50, 10, () => 3)).toEqual({first: 47, last: 50});
	expect(selectKernelWindow(records, 3, 10, () => 1)).toEqual({first: 0, last: 9});
	expect(selectKernelWindow([], -1, 10, () => 1)).toEqual({first: 0, last: -1});
});

test('incidents take a third of the tab at most, and information one line', () => {
	const incidents = Array.from({length: 20}, (_, index) => createIncident({id: `i${index}`}));
	const size = {columns: 80, rows: 24};
	expect(selectKernelLayout(size, incidents)).toEqual({incidentRows: 5, logRows: 10});
	expect(selectKernelLayout(size, [])).toEqual({incidentRows: 1, logRows: 14});
	const notes = incidents.map((incident) => ({...incident, severity: 'info'}) as const);
	expect(selectKernelLayout(size, notes)).toEqual({incidentRows: 2, logRows: 13});
	expect(selectKernelLayout(size, [...incidents.slice(0, 2), ...notes])).toEqual({incidentRows: 3, logRows: 12});
});
