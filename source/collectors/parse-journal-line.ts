/** Reads one entry of `journalctl -k -o json` (systemd.journal-fields(7)). */
import type {KernelRecord} from '../model/kernel-log.ts';
import {sanitiseLine} from '../support/sanitise.ts';

/** Null for a line that is no entry of the kernel's. A message that is not text comes as an array of bytes. */
export function parseJournalLine(line: string, bootedAtMs: number | null): KernelRecord | null {
	const entry = parseObject(line);
	if (!entry || (entry['_TRANSPORT'] !== undefined && entry['_TRANSPORT'] !== 'kernel')) return null;
	const text = parseMessage(entry['MESSAGE']);
	if (text === null) return null;
	const microseconds = parseField(entry['_SOURCE_MONOTONIC_TIMESTAMP']) ?? parseField(entry['__MONOTONIC_TIMESTAMP']);
	const realtime = parseField(entry['__REALTIME_TIMESTAMP']);
	const fromBoot = microseconds === null || bootedAtMs === null ? null : bootedAtMs + microseconds / 1000;
	return {
		sequence: null,
		facility: parseField(entry['SYSLOG_FACILITY']),
		level: parseField(entry['PRIORITY']),
		at: fromBoot ?? (realtime === null ? null : realtime / 1000),
		monotonicSeconds: microseconds === null ? null : microseconds / 1_000_000,
		text: sanitiseLine(text, 1000),
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

function parseMessage(message: unknown): string | null {
	if (typeof message === 'string') return message;
	if (!Array.isArray(message)) return null;
	const parts: unknown[] = message.slice(0, 10_000);
	if (parts.every((part) => typeof part === 'number')) return Buffer.from(parts).toString('utf8');
	// A field that occurs more than once comes as an array of its values.
	return parts.map((part) => parseMessage(part) ?? '').join(' ');
}

function parseField(value: unknown): number | null {
	return typeof value === 'string' && /^\d{1,20}$/.test(value) ? Number(value) : null;
}
