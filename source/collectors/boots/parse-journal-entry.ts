/** Reads one entry of `journalctl -o json` of any program, see systemd.journal-fields(7). */
import type {KernelRecord} from '../../model/kernel-log.ts';
import {sanitiseLine} from '../../support/sanitise.ts';

/** Null for a line that is no entry, or one without a message. */
export function parseJournalEntry(line: string): KernelRecord | null {
	const entry = parseObject(line);
	const text = entry === null ? null : parseMessage(entry['MESSAGE']);
	if (entry === null || text === null) return null;
	const monotonic = numberOf(entry['_SOURCE_MONOTONIC_TIMESTAMP']) ?? numberOf(entry['__MONOTONIC_TIMESTAMP']);
	const realtime = numberOf(entry['__REALTIME_TIMESTAMP']);
	const identifier = entry['SYSLOG_IDENTIFIER'];
	return {
		sequence: null,
		facility: numberOf(entry['SYSLOG_FACILITY']),
		level: numberOf(entry['PRIORITY']),
		at: realtime === null ? null : realtime / 1000,
		monotonicSeconds: monotonic === null ? null : monotonic / 1e6,
		text: sanitiseLine(text, 1000),
		...(typeof identifier === 'string' ? {identifier: sanitiseLine(identifier, 60)} : {}),
	};
}

function parseObject(line: string): Readonly<Record<string, unknown>> | null {
	if (!line.startsWith('{')) return null;
	try {
		return JSON.parse(line) as Record<string, unknown>;
	} catch {
		return null;
	}
}

/** Text that is not UTF-8 comes as an array of bytes. */
function parseMessage(message: unknown): string | null {
	if (typeof message === 'string') return message;
	if (!Array.isArray(message)) return null;
	const bytes: readonly unknown[] = message.slice(0, 4000);
	return bytes.every((byte) => typeof byte === 'number') ? Buffer.from(bytes).toString('utf8') : null;
}

function numberOf(value: unknown): number | null {
	return typeof value === 'string' && /^\d{1,20}$/.test(value) ? Number(value) : null;
}
