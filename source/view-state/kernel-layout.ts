/**
 * How the kernel tab shares its lines between incidents and log, and which records the log's window holds: drawing,
 * scrolling and copying must agree on it, and none of them may look at more records than are drawn.
 */
import type {KernelIncident} from '../model/kernel-incident.ts';
import type {KernelRecord} from '../model/kernel-log.ts';
import {hostContentRows} from './screen-layout.ts';
import type {ScreenSize, ViewState} from './view-state.ts';

/** Columns before a line's text: cursor, sign, and a time with its day that may be uncertain. */
const gutterColumns = 19;

/** Line about the boot, line about the log. */
const headRows = 2;

export type KernelLayout = {readonly incidentRows: number; readonly logRows: number};

/** Where nothing is worse than information, one line says so; information gets one line at most. */
export function selectKernelLayout(size: ScreenSize, incidents: readonly KernelIncident[]): KernelLayout {
	const rows = hostContentRows(size);
	const trouble = incidents.filter(isTrouble).length;
	const wanted = Math.max(1, trouble) + (incidents.length > trouble ? 1 : 0);
	const incidentRows = Math.min(wanted, Math.max(1, Math.floor(rows / 3)));
	return {incidentRows, logRows: Math.max(1, rows - headRows - incidentRows)};
}

/** Booting and mounting are worth a mark in the log, but nobody looks for them. */
export function isTrouble({severity}: KernelIncident): boolean {
	return severity !== 'info';
}

/** The oldest record where the anchor's is not kept any more. */
export function bottomIndex(records: readonly KernelRecord[], anchor: KernelRecord | null): number {
	if (anchor === null) return records.length - 1;
	return Math.max(0, indexOfRecord(records, anchor));
}

/** Its place, also after the log was read anew and the same line is another object; -1 where it is not kept. */
export function indexOfRecord(records: readonly KernelRecord[], wanted: KernelRecord): number {
	const place = records.lastIndexOf(wanted);
	return place >= 0 ? place : records.findLastIndex((record) => isSameRecord(record, wanted));
}

export function isSameRecord(a: KernelRecord, b: KernelRecord): boolean {
	return (
		a === b ||
		(a.text === b.text &&
			a.sequence === b.sequence &&
			(a.monotonicSeconds === null ? a.at === b.at : a.monotonicSeconds === b.monotonicSeconds))
	);
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
	return Math.max(20, columns - gutterColumns);
}

/** The text in pieces of at most `columns` columns, cut after a space where one is near, else anywhere. */
export function wrapColumns(text: string, columns: number): readonly string[] {
	if (text.length <= columns && isPlain(text)) return [text];
	// Without measuring each character: none takes more than two columns.
	const characters = isPlain(text) ? text : [...text];
	const width = isPlain(text) ? columns : Math.floor(columns / 2);
	const pieces: string[] = [];
	let from = 0;
	do {
		const space = characters.lastIndexOf(' ', from + width - 1);
		const isNear = from + width < characters.length && space > from + width * 0.6;
		const to = isNear ? space + 1 : from + width;
		const piece = characters.slice(from, to);
		pieces.push(typeof piece === 'string' ? piece : piece.join(''));
		from = to;
	} while (from < characters.length);
	return pieces;
}

function isPlain(text: string): boolean {
	return /^[ -~]*$/.test(text);
}
