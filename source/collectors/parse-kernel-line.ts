/** Reads one line of the kernel log in any of the forms its programs print it. */
import type {KernelRecord} from '../model/kernel-log.ts';
import type {KernelLogMethod} from '../model/readings.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {parseJournalLine} from './parse-journal-line.ts';

/** The record, or null for a line that is part of none; `bootedAtMs` turns time since boot into wall clock. */
export type ParseKernelLine = (line: string, bootedAtMs: number | null) => KernelRecord | null;

const textLimit = 1000;

/** The parser for what a method prints. */
export function selectKernelLineParser(method: KernelLogMethod): ParseKernelLine {
	switch (method) {
		case 'kmsg':
		case 'sudo-kmsg':
			return parseKmsgLine;
		case 'journalctl':
		case 'sudo-journalctl':
			return parseJournalLine;
		case 'dmesg':
		case 'sudo-dmesg':
			return parseDmesgLine;
	}
}

/**
 * `6,339,5140900,-;message` (Documentation/ABI/testing/dev-kmsg): priority (facility * 8 + level), sequence, microseconds
 * since boot, flags. Lines that begin with a space continue the record with machine-readable fields: null.
 */
export function parseKmsgLine(line: string, bootedAtMs: number | null): KernelRecord | null {
	const match = /^(\d{1,10}),(\d{1,20}),(\d{1,20}),[^;]*;(.*)$/s.exec(line);
	if (!match) return null;
	const priority = Number(match[1]);
	const monotonicSeconds = Number(match[3]) / 1_000_000;
	return {
		sequence: Number(match[2]),
		facility: priority >> 3,
		level: priority & 7,
		at: wallClock(monotonicSeconds, bootedAtMs),
		monotonicSeconds,
		text: sanitiseLine(unescapeBytes(match[4] ?? ''), textLimit),
	};
}

const facilityNames = ['kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news', 'uucp', 'cron', 'authpriv'];
const levelNames = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];

const dmesgPattern = /^(?:<(\d{1,10})>|(\w+) *:(\w+) *: ?)?(?:\[ *(\d{1,12}\.\d{1,9})\] ?)?(?:\[ *[TC]\d+\] ?)?(.*)$/s;

/** `dmesg`, `dmesg -r` (priority in `<>`) and `dmesg -x` (facility and level by name), of util-linux and busybox. */
export function parseDmesgLine(line: string, bootedAtMs: number | null): KernelRecord | null {
	const match = dmesgPattern.exec(line);
	if (!match || line.trim() === '') return null;
	const [, rawPriority, facilityName, levelName, time, text = ''] = match;
	const priority = rawPriority === undefined ? null : Number(rawPriority);
	const facility = priority === null ? indexOf(facilityNames, facilityName) : priority >> 3;
	// `word :word :` may also be the message's own; only known names make it a prefix.
	const isMessage = facilityName !== undefined && facility === null;
	const monotonicSeconds = time === undefined || isMessage ? null : Number(time);
	return {
		sequence: null,
		facility,
		level: priority === null ? indexOf(levelNames, levelName) : priority & 7,
		at: monotonicSeconds === null ? null : wallClock(monotonicSeconds, bootedAtMs),
		monotonicSeconds,
		text: sanitiseLine(unescapeBytes(isMessage ? line : text), textLimit),
	};
}

function indexOf(names: readonly string[], name: string | undefined): number | null {
	const index = name === undefined ? -1 : names.indexOf(name);
	return index === -1 ? null : index;
}

function wallClock(monotonicSeconds: number, bootedAtMs: number | null): number | null {
	return bootedAtMs === null ? null : bootedAtMs + monotonicSeconds * 1000;
}

/** The kernel writes every byte it finds unprintable, and the backslash, as `\xNN`; text is UTF-8 underneath. */
function unescapeBytes(text: string): string {
	return text.replace(/(?:\\x[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('\\x', ''), 'hex').toString('utf8'));
}
