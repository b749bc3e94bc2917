/**
 * Reads a kernel log line by line, in whatever form, also forms that change from line to line, into records: which
 * program wrote each, when, in which boot of which host. It keeps a little of what came before, bounded.
 */
import type {KernelRecord} from '../model/kernel-log.ts';
import {createExportFieldGatherer} from './gather-export-fields.ts';
import {createJsonFieldGatherer} from './gather-json-fields.ts';
import {parseLogMarker} from './log-marker.ts';
import {findEntries, readJsonLine, type FoundEntry} from './read-json-line.ts';
import {createRecordMaker, lineLimit, type LogEntry} from './record-maker.ts';
import {createTextReader} from './text-reader.ts';

export type KernelLogReader = {
	/** The record of a line; null for a line that is none. Of a line that holds several, the first. */
	read(line: string): KernelRecord | null;
	/** All that a line holds; usually one or none. */
	entries(line: string): readonly LogEntry[];
	/** What is held back at the end of the log. */
	end(): readonly LogEntry[];
	/** Lines that are no text. */
	unreadableLines(): number;
};

export type KernelLogReaderOptions = {
	/** When the host booted, milliseconds since the epoch; null leaves time since boot without wall clock. */
	readonly bootedAtMs?: number | null;
	/** Milliseconds since the epoch: years that are missing are looked for before it. */
	readonly now: number;
};

export function createKernelLogReader({bootedAtMs = null, now}: KernelLogReaderOptions): KernelLogReader {
	const maker = createRecordMaker(bootedAtMs);
	const gatherers = [createJsonFieldGatherer(), createExportFieldGatherer()];
	const text = createTextReader(maker, now);

	const makeAll = (found: readonly FoundEntry[]): readonly LogEntry[] =>
		found.map(({draft, bootId}) => maker.make(draft, bootId));
	const readLine = (raw: string, isSameLine = false): readonly LogEntry[] => {
		// A file system that lost power leaves blocks of zeros in its logs.
		const line = raw.startsWith('\0') ? raw.replace(/^\0+/, '') : raw;
		for (const gatherer of gatherers) {
			const gathered = gatherer.take(line);
			if (gathered !== null) return gathered === 'taken' ? [] : makeAll(findEntries(gathered, now));
		}
		const found = readJsonLine(line, now);
		if (found !== null) return makeAll(found);
		const short = line.length > lineLimit ? line.slice(0, lineLimit) : line;
		if (short.trim() === '' || isKmsgField(short)) return [];
		const marker = parseLogMarker(short);
		if (marker === null) return text.read(short, isSameLine);
		if (marker.kind === 'boot') maker.beginBoot(marker.bootId);
		if (marker.kind === 'lost') maker.lose(marker.count);
		if (marker.kind === 'dump-part') maker.beginDump();
		return [];
	};
	const entries = (line: string): readonly LogEntry[] =>
		line.includes('\r')
			? line.split(/\r+/).flatMap((part, index) => readLine(part, index > 0 && part !== ''))
			: readLine(line);

	return {
		read: (line) => entries(line)[0]?.record ?? null,
		entries,
		end: () => gatherers.flatMap((gatherer) => makeAll(findEntries(gatherer.end() ?? {}, now))),
		unreadableLines: () => text.unreadableLines(),
	};
}

/** ` SUBSYSTEM=block` continues a record of `/dev/kmsg` for machines. */
function isKmsgField(line: string): boolean {
	return /^ [A-Z][A-Z0-9_]{1,30}=/.test(line);
}
