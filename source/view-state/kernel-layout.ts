/**
 * How the kernel tab shares its lines between incidents and log, and which records the log's window holds: drawing,
 * scrolling and copying must agree on it, and none of them may look at more records than are drawn.
 */
import type {KernelRecord} from '../model/kernel-log.ts';
import {hostContentRows} from './screen-layout.ts';
import type {ScreenSize, ViewState} from './view-state.ts';

/** Columns before a line's text: cursor, sign, and a time with its day. */
export const kernelGutterColumns = 18;

/** Line about the boot, line about the log. */
const headRows = 2;

export type KernelLayout = {readonly incidentRows: number; readonly logRows: number};

/** Without incidents one line says so. */
export function selectKernelLayout(size: ScreenSize, incidentCount: number): KernelLayout {
	const rows = hostContentRows(size);
	const incidentRows = Math.max(1, Math.min(incidentCount, Math.floor(rows / 3)));
	return {incidentRows, logRows: Math.max(1, rows - headRows - incidentRows)};
}

export function bottomIndex(records: readonly KernelRecord[], anchor: KernelRecord | null): number {
	if (anchor === null) return records.length - 1;
	return Math.max(0, records.lastIndexOf(anchor));
}

/** First and last record of a window of `rows` lines that ends at `bottom`, or as near to it as fills the window. */
export function selectKernelWindow(
	records: readonly KernelRecord[],
	bottom: number,
	rows: number,
	rowsOf: (record: KernelRecord) => number,
): {readonly first: number; readonly last: number} {
	let left = rows;
	let first = bottom + 1;
	while (first > 0 && left > 0) left -= heightAt(--first);
	let last = bottom;
	while (last + 1 < records.length && left > 0) left -= heightAt(++last);
	return {first, last};

	function heightAt(index: number): number {
		const record = records[index];
		return record === undefined ? 0 : rowsOf(record);
	}
}

/** How many lines a record takes: one, those it is continued on, and one that says what was lost before it. */
export function createRowCounter({size, kernel}: ViewState): (record: KernelRecord) => number {
	const width = wrapWidth(size);
	return ({text, lostBefore}) =>
		(kernel.wrap ? wrapColumns(text, width).length : 1) + (lostBefore === undefined ? 0 : 1);
}

export function wrapWidth({columns}: ScreenSize): number {
	return Math.max(20, columns - kernelGutterColumns);
}

/** The text in pieces of at most `columns` columns, cut anywhere: kernel lines are full of addresses. */
export function wrapColumns(text: string, columns: number): readonly string[] {
	if (text.length <= columns && isPlain(text)) return [text];
	// Without measuring each character: none takes more than two columns.
	const characters = isPlain(text) ? text : [...text];
	const width = isPlain(text) ? columns : Math.floor(columns / 2);
	const pieces: string[] = [];
	for (let from = 0; from < characters.length; from += width) {
		const piece = characters.slice(from, from + width);
		pieces.push(typeof piece === 'string' ? piece : piece.join(''));
	}
	return pieces.length === 0 ? [''] : pieces;
}

function isPlain(text: string): boolean {
	return /^[ -~]*$/.test(text);
}
