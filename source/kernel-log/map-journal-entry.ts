/** Maps an entry of the journal (systemd.journal-fields(7)), as JSON and export format give its fields. */
import {stripVTControlCharacters} from 'node:util';
import {sanitiseLine} from '../support/sanitise.ts';
import {createLineDraft, type LineDraft} from './line-draft.ts';
import {identifyUserText} from './identify-user-text.ts';

export type JournalFields = Readonly<Record<string, unknown>>;

export type JournalLine = {readonly draft: LineDraft; readonly bootId: string | null};

/** Null for an entry without a message. The journal's own fields begin with `_` and cannot be forged. */
export function mapJournalEntry(fields: JournalFields, now: number): JournalLine | null {
	const text = readText(fields['MESSAGE']);
	if (text === null) return null;
	const draft = createLineDraft(stripVTControlCharacters(text), now);
	draft.format = 'journal-json';
	const microseconds = readNumber(fields['_SOURCE_MONOTONIC_TIMESTAMP']) ?? readNumber(fields['__MONOTONIC_TIMESTAMP']);
	const realtime = readNumber(fields['__REALTIME_TIMESTAMP']) ?? readNumber(fields['_SOURCE_REALTIME_TIMESTAMP']);
	draft.monotonicSeconds = microseconds === null ? null : microseconds / 1_000_000;
	draft.at = realtime === null ? null : realtime / 1000;
	draft.facility = readNumber(fields['SYSLOG_FACILITY']);
	draft.level = readNumber(fields['PRIORITY']);
	draft.host = readWord(fields['_HOSTNAME']);
	const isKernel = fields['_TRANSPORT'] === undefined || readWord(fields['_TRANSPORT']) === 'kernel';
	if (!isKernel) draft.identifier = nameProgram(fields);
	else if ((draft.facility ?? 0) === 0) draft.identifier = 'kernel';
	else identifyUserText(draft);
	return {draft, bootId: readWord(fields['_BOOT_ID'])};
}

/** A container's words are not its engine's, and a program may call itself `kernel`: only the journal's `_COMM` is sure. */
function nameProgram(fields: JournalFields): string {
	if (fields['CONTAINER_ID'] !== undefined || fields['CONTAINER_NAME'] !== undefined) return 'container';
	const command = readWord(fields['_COMM']);
	const claimed = readWord(fields['SYSLOG_IDENTIFIER']);
	// The kernel cuts names of commands after 15 characters.
	const name = claimed !== null && (command === null || claimed.startsWith(command)) ? claimed : command;
	return name === null || name === 'kernel' ? 'program' : name;
}

/** A message that is not UTF-8 comes as an array of bytes, a field that occurs more than once as an array of values. */
function readText(value: unknown): string | null {
	if (typeof value === 'string') return value;
	if (!Array.isArray(value)) return null;
	const parts: unknown[] = value.slice(0, 10_000);
	if (parts.every((part) => typeof part === 'number')) return Buffer.from(parts).toString('utf8');
	return parts.map((part) => (Array.isArray(part) && part.some(Array.isArray) ? '' : (readText(part) ?? ''))).join(' ');
}

function readWord(value: unknown): string | null {
	const word = Array.isArray(value) ? (value.at(-1) as unknown) : value;
	return typeof word === 'string' ? sanitiseLine(word, 128) : null;
}

function readNumber(value: unknown): number | null {
	const word = readWord(value);
	return word !== null && /^\d{1,20}$/.test(word) ? Number(word) : null;
}
