/** Turns what the boots script printed into evidence, and says of each source whether it could be read. */
import {
	bootTailLimit,
	type BootEvidence,
	type BootEvidenceSource,
	type BootSourceState,
	type JournalBoot,
} from '../../model/boots.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import type {ProbeAnswer} from '../answer-reader.ts';
import {parseBootList} from './parse-boot-list.ts';
import {parseKdumpFiles, parsePstoreFiles} from './parse-crash-files.ts';
import {parseDumpLine} from './parse-dump-line.ts';
import {parseJournalEntry} from './parse-journal-entry.ts';
import {parseWtmp} from './parse-wtmp.ts';

/** `now`, milliseconds since the epoch, stands in for the host's clock where that is not known. */
export function parseBoots(answer: ProbeAnswer, now: number): BootEvidence {
	const text = (section: string): string => (answer.get(section) ?? '').trim();
	const clockAt = numberOf(text('clock'), 1000) ?? now;
	const uptimeMs = numberOf(text('uptime').split(' ')[0] ?? '', 1000);
	const bootId = /^[0-9a-f-]{32,36}$/.exec(text('boot-id'))?.[0] ?? null;
	const journalBoots = parseJournalBoots(answer);
	const pstore = parsePstoreFiles(answer.get('pstore-files') ?? '');
	const kdump = parseKdumpFiles(answer.get('kdump-files') ?? '');
	const wtmpBoots = parseWtmp(text('wtmp-lines'), clockAt);
	return {
		bootId,
		bootedAt: uptimeMs === null ? null : Math.round(clockAt - uptimeMs),
		journalBoots,
		dumps: [...pstore, ...kdump.dumps],
		wtmpBoots,
		sources: [
			describeJournal(text('journal'), journalBoots.length),
			describePstore({
				state: text('pstore'),
				backend: text('pstore-backend'),
				archive: text('pstore-archive'),
				count: pstore.length,
			}),
			describeKdump({
				directory: text('kdump'),
				loaded: text('kdump-loaded') === '1',
				remote: text('kdump-remote') !== '',
				count: kdump.dumps.length,
				closed: kdump.closed[0] ?? null,
			}),
			describeWtmp(text('wtmp'), wtmpBoots.length),
			describeFirmware(text('firmware-access')),
		],
		firmwareLines: parseFirmwareLines(answer.get('firmware') ?? ''),
		panicTimeoutSeconds: /^-?\d{1,9}$/.test(text('panic')) ? Number(text('panic')) : null,
	};
}

function numberOf(text: string, factor: number): number | null {
	return /^\d{1,12}(\.\d{1,9})?$/.test(text) ? Number(text) * factor : null;
}

function parseJournalBoots(answer: ProbeAnswer): readonly JournalBoot[] {
	const entries = (section: string): JournalBoot['kernelTail'] =>
		(answer.get(section) ?? '').split('\n').flatMap((line) => parseJournalEntry(line) ?? []);
	return parseBootList(answer.get('boots') ?? '').map((boot) => ({
		...boot,
		kernelTail: entries(`kernel ${boot.index}`).slice(-bootTailLimit),
		lastLines: entries(`last ${boot.index}`).slice(-40),
	}));
}

/** The ring buffer and the journal may both have a line; where it is in the ring buffer, that one counts. */
function parseFirmwareLines(text: string): BootEvidence['firmwareLines'] {
	const records = text.split('\n').flatMap((line) => parseJournalEntry(line) ?? parseDumpLine(line) ?? []);
	const seen = new Set<string>();
	return records.filter((record) => {
		// Programs that write to the ring buffer name themselves there.
		const words = record.text.replace(/^[\w.-]{1,40}\[\d{1,8}\]: /, '');
		const isNew = !seen.has(words);
		seen.add(words);
		return isNew;
	});
}

function sourceState(source: BootEvidenceSource, state: BootSourceState['state'], detail: string): BootSourceState {
	return {source, state, detail};
}

function describeJournal(words: string, bootCount: number): BootSourceState {
	const [kind, access] = words.split(' ');
	if (words === '') return sourceState('journal', 'failed', 'the host did not say whether it keeps a journal');
	if (kind === 'none') return sourceState('journal', 'absent', 'no journalctl on this host');
	if (access === 'closed')
		return sourceState('journal', 'not-permitted', 'this account may not read the system journal');
	if (access !== 'open') return sourceState('journal', 'absent', 'no system journal is kept');
	if (kind !== 'persistent') return sourceState('journal', 'absent', 'the journal is kept in memory only');
	return sourceState('journal', 'read', bootCount === 1 ? '1 boot' : `${bootCount} boots`);
}

function describePstore(seen: {
	readonly state: string;
	readonly backend: string;
	readonly archive: string;
	readonly count: number;
}): BootSourceState {
	const {state, archive, count} = seen;
	const backend = /^[\w-]{1,40}$/.exec(seen.backend)?.[0] ?? null;
	if (count > 0) return sourceState('pstore', 'read', count === 1 ? '1 record' : `${count} records`);
	if (state === 'closed' || archive === 'closed') {
		return sourceState('pstore', 'not-permitted', 'only root may read what the kernel kept over a crash');
	}
	if (backend === null && (state !== 'open' || seen.backend !== '')) {
		return sourceState('pstore', 'absent', 'no place where the kernel could keep its last words');
	}
	if (state === 'open' || archive === 'open') {
		return sourceState('pstore', 'read', `empty${backend === null ? '' : `, kept by ${backend}`}`);
	}
	return sourceState('pstore', 'absent', state === 'unmounted' ? '/sys/fs/pstore is not mounted' : 'no pstore');
}

function describeKdump(seen: {
	readonly directory: string;
	readonly loaded: boolean;
	readonly remote: boolean;
	readonly count: number;
	readonly closed: string | null;
}): BootSourceState {
	const [, path = '/var/crash', access] = /^(.*) (open|closed|missing)$/.exec(seen.directory) ?? [];
	const place = sanitiseLine(path, 200);
	if (seen.count > 0) return sourceState('kdump', 'read', `${seen.count} in ${place}`);
	if (seen.closed !== null) return sourceState('kdump', 'not-permitted', `only root may read ${seen.closed}`);
	if (access === 'closed') return sourceState('kdump', 'not-permitted', `this account may not look into ${place}`);
	if (seen.remote) return sourceState('kdump', 'absent', 'crash dumps go to another machine');
	if (!seen.loaded) return sourceState('kdump', 'absent', 'no crash kernel is loaded');
	return sourceState('kdump', 'read', `none in ${place}`);
}

function describeWtmp(word: string, bootCount: number): BootSourceState {
	if (bootCount > 0) return sourceState('wtmp', 'read', bootCount === 1 ? '1 boot' : `${bootCount} boots`);
	if (word === 'closed') return sourceState('wtmp', 'not-permitted', 'this account may not read /var/log/wtmp');
	if (word === 'none') return sourceState('wtmp', 'absent', 'no `last` on this host');
	return sourceState('wtmp', 'absent', 'no boot is recorded in wtmp');
}

function describeFirmware(word: string): BootSourceState {
	if (word === 'dmesg' || word === 'journal') return sourceState('firmware', 'read', `by ${word}`);
	if (word === 'closed') return sourceState('firmware', 'not-permitted', 'this account may not read the kernel log');
	return sourceState('firmware', 'failed', 'the host did not say');
}
