/** Reads a line that is JSON: an entry of the journal, one of `dmesg --json`, or a whole document of these. */
import type {LineDraft} from './line-draft.ts';
import {mapDmesgEntry} from './map-dmesg-entry.ts';
import {mapJournalEntry} from './map-journal-entry.ts';

export type FoundEntry = {readonly draft: LineDraft; readonly bootId: string | null};

/** Null when the line is no such JSON; empty for an entry without a message. */
export function readJsonLine(line: string, now: number): readonly FoundEntry[] | null {
	// `-o json-seq` puts a record separator in front, `-o json-sse` a word.
	const start = line.startsWith('data: ') ? 6 : line.startsWith('\u001E') ? 1 : 0;
	if (line[start] !== '{') return null;
	let value: unknown;
	try {
		value = JSON.parse(line.slice(start));
	} catch {
		return null;
	}
	return isFields(value) ? findEntries(value, now) : null;
}

/** Entries of one object of either kind, or of a document that holds many. */
export function findEntries(fields: Readonly<Record<string, unknown>>, now: number): readonly FoundEntry[] {
	const list = fields['dmesg'];
	if (Array.isArray(list)) {
		return list.filter(isFields).flatMap((each: Readonly<Record<string, unknown>>) => findEntries(each, now));
	}
	const dmesg = mapDmesgEntry(fields, now);
	if (dmesg !== null) return [{draft: dmesg, bootId: null}];
	const entry = mapJournalEntry(fields, now);
	return entry === null ? [] : [entry];
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
