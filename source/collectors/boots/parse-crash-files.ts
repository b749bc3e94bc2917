/**
 * Puts together what dying kernels wrote: pstore's parts in the order in which they read, and the text of crash dumps.
 * pstore: linux fs/pstore/platform.c, Documentation/admin-guide/pstore-blk.rst; what systemd-pstore(8) makes of it.
 */
import type {CrashDump} from '../../model/boots.ts';
import {fileMark} from '../../model/probe-protocol.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {parseDumpLine} from './parse-dump-line.ts';

/** A file as the script printed it; `writtenAt` in milliseconds since the epoch, null when unknown. */
type CrashFile = {
	readonly path: string;
	readonly writtenAt: number | null;
	readonly isClosed: boolean;
	readonly text: string;
};

const recordLimit = 1500;

function parseFiles(text: string): readonly CrashFile[] {
	return text
		.split(fileMark)
		.slice(1, 200)
		.flatMap((part) => {
			const end = part.indexOf('\n');
			const [time = '', path] = part.slice(0, end === -1 ? undefined : end).split('\t');
			if (path === undefined) return [];
			const seconds = /^\d{9,11}$/.test(time) ? Number(time) : null;
			return [
				{
					path: sanitiseLine(path, 300),
					writtenAt: seconds === null ? null : seconds * 1000,
					isClosed: time === 'closed',
					text: end === -1 ? '' : part.slice(end + 1),
				},
			];
		});
}

type Part = CrashFile & {readonly reason: string; readonly dump: number; readonly number: number};

/** Newest first. Files without pstore's header are left out: console and user messages, compressed ones. */
export function parsePstoreFiles(text: string): readonly CrashDump[] {
	const dumps: Part[][] = [];
	for (const part of parseFiles(text).flatMap(splitParts)) {
		const same = dumps.find((parts) => parts.some((other) => isSameDump(other, part)));
		if (same === undefined) dumps.push([part]);
		else same.push(part);
	}
	return dumps.map(joinParts).sort((a, b) => (b.writtenAt ?? 0) - (a.writtenAt ?? 0));
}

/** `Panic#2 Part3` before each part; a file may hold one part or, in `dmesg.txt`, all. */
function splitParts(file: CrashFile): readonly Part[] {
	const parts: Part[] = [];
	let lines: string[] = [];
	const close = (): void => {
		const last = parts.pop();
		if (last !== undefined) parts.push({...last, text: lines.join('\n')});
		lines = [];
	};
	for (const line of file.text.split('\n')) {
		const header = /^([A-Z][a-z]{2,20})#(\d{1,6}) Part(\d{1,6})\s*$/.exec(line);
		if (header) {
			close();
			const [, reason = '', dump, number] = header;
			parts.push({
				...file,
				writtenAt: timeOfName(file.path) ?? file.writtenAt,
				reason,
				dump: Number(dump),
				number: Number(number),
				text: '',
			});
		} else lines.push(line);
	}
	close();
	return parts;
}

/**
 * The counter starts anew at each boot, so the times must be close as well, or the words the same: systemd-pstore copies
 * a record long after it was written.
 */
function isSameDump(a: Part, b: Part): boolean {
	if (a.reason !== b.reason || a.dump !== b.dump) return false;
	const isClose = Math.abs((a.writtenAt ?? 0) - (b.writtenAt ?? 0)) <= 120_000;
	return isClose || (a.number === b.number && a.text.trimEnd().slice(-500) === b.text.trimEnd().slice(-500));
}

/**
 * Part 1 holds the newest text, because the kernel writes the end of its log first. systemd-pstore keeps the parts beside
 * the text it made of them: each counts once, and the oldest file tells when it was written.
 */
function joinParts(parts: readonly Part[]): CrashDump {
	const ordered = [...new Map(parts.map((part) => [part.number, part])).values()].sort((a, b) => b.number - a.number);
	const last = ordered.at(-1);
	const times = parts.flatMap(({writtenAt}) => writtenAt ?? []);
	return {
		source: 'pstore',
		path: last?.path ?? '',
		reason: last?.reason ?? null,
		writtenAt: times.length === 0 ? null : Math.min(...times),
		records: recordsOf(ordered.map(({text}) => text).join('\n')),
	};
}

/**
 * efi-pstore's ids are the time in seconds, two digits of part and three of count; ERST's hold the seconds in their upper
 * half (linux drivers/firmware/efi/efi-pstore.c, drivers/acpi/apei/erst.c), and systemd-pstore names directories after
 * them. A file's own time may be that of a copy.
 */
function timeOfName(path: string): number | null {
	const efi = /\/dmesg-efi(?:_pstore)?-(\d{10})\d{5}$/.exec(path)?.[1] ?? /\/pstore\/(\d{10})\//.exec(path)?.[1];
	const erst = /\/(?:dmesg-erst-)?(\d{17,20})(?:\/|$)/.exec(path)?.[1];
	const seconds = efi === undefined ? (erst === undefined ? null : Number(BigInt(erst) >> 32n)) : Number(efi);
	return seconds !== null && seconds > 1e9 && seconds < 1e10 ? seconds * 1000 : null;
}

/** Newest first; `closed` names files that exist and may not be read. */
export function parseKdumpFiles(text: string): {
	readonly dumps: readonly CrashDump[];
	readonly closed: readonly string[];
} {
	const files = parseFiles(text);
	const dumps = files
		.filter(({isClosed}) => !isClosed)
		.map(({path, writtenAt, text: body}) => ({
			source: 'kdump' as const,
			path,
			reason: null,
			writtenAt,
			records: recordsOf(body),
		}));
	return {
		dumps: dumps.sort((a, b) => (b.writtenAt ?? 0) - (a.writtenAt ?? 0)),
		closed: files.filter(({isClosed}) => isClosed).map(({path}) => path),
	};
}

function recordsOf(text: string): CrashDump['records'] {
	return text
		.split('\n')
		.slice(-recordLimit)
		.flatMap((line) => parseDumpLine(line) ?? []);
}
