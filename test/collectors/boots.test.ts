import {readFile} from 'node:fs/promises';
import {describe, expect, test} from 'vitest';
import {createAnswerReader, type ProbeAnswer} from '../../source/collectors/answer-reader.ts';
import {bootsCommand, bootsScript} from '../../source/collectors/boots/boots-script.ts';
import {parseBootList} from '../../source/collectors/boots/parse-boot-list.ts';
import {parseBoots} from '../../source/collectors/boots/parse-boots.ts';
import {parseKdumpFiles, parsePstoreFiles} from '../../source/collectors/boots/parse-crash-files.ts';
import {parseWtmp} from '../../source/collectors/boots/parse-wtmp.ts';
import {readBootEvidence} from '../../source/collectors/boots/read-boot-evidence.ts';
import {systemClock} from '../../source/support/clock.ts';
import {createShellTransport, findShells} from './shell-transport.ts';

const now = Date.UTC(2026, 10, 20, 18, 30);
const textOf = (name: string): Promise<string> => readFile(new URL(`fixtures/boots/${name}`, import.meta.url), 'utf8');

async function recorded(name: string): Promise<ProbeAnswer> {
	const [answer] = createAnswerReader(2e6).push(Buffer.from(await textOf(name)));
	if (answer === undefined) throw new Error(`${name} holds no answer`);
	return answer.sections;
}

test('the boots script can be quoted in every login shell', () => {
	expect(bootsScript).not.toMatch(/['!\n]|\\\\/);
	expect(bootsCommand('root')).toMatch(/^exec sudo -n sh -c '[^']*' sickbay-boots plain$/);
	expect(bootsCommand('plain')).toMatch(/^exec sh -c '[^']*' sickbay-boots plain$/);
});

describe.runIf(process.platform === 'linux')('on this machine', () => {
	test.each(findShells())('login shell %s: a host says what it has of earlier boots', async (_name, program) => {
		const reading = await readBootEvidence(createShellTransport(program), {
			sudo: 'skipped',
			userId: null,
			clock: systemClock,
			signal: new AbortController().signal,
		});
		expect(reading.kind).toBe('ok');
		if (reading.kind !== 'ok') return;
		expect(reading.value.bootId).toMatch(/^[0-9a-f-]{36}$/);
		expect(reading.value.sources.map(({source}) => source)).toEqual(['journal', 'pstore', 'kdump', 'wtmp', 'firmware']);
		expect(reading.value.sources.filter(({state}) => state === 'failed')).toEqual([]);
	});

	test('a host whose shell says nothing of it is not known, instead of having no earlier boots', async () => {
		const transport = createShellTransport();
		const silent = {...transport, exec: () => transport.exec('echo Restricted account. >&2')};
		const options = {sudo: 'yes' as const, userId: 1000, clock: systemClock, signal: new AbortController().signal};
		expect(await readBootEvidence(silent, options)).toMatchObject({
			kind: 'failed',
			reason: {code: 'unsupported', message: expect.stringContaining('Restricted account.') as string},
		});
	});

	test('a host whose journal never answers is given up after its time', async () => {
		const transport = createShellTransport();
		const slow = {...transport, exec: () => transport.exec('exec cat')};
		const options = {sudo: 'no' as const, userId: 1000, clock: systemClock, signal: new AbortController().signal};
		expect(await readBootEvidence(slow, {...options, timeoutMs: 30})).toMatchObject({
			kind: 'failed',
			reason: {code: 'timeout'},
		});
		transport.lose();
	});
});

describe('the journal', () => {
	test('boots come with the last lines of every program and the end of the kernel log', async () => {
		const evidence = parseBoots(await recorded('journald-252.txt'), now);
		expect(evidence.bootId).toBe('33333333-3333-4333-8333-333333333333');
		expect(evidence.journalBoots.map(({index, bootId}) => [index, bootId.slice(0, 4)])).toEqual([
			[-2, '1111'],
			[-1, '2222'],
			[0, '3333'],
		]);
		const [clean, killed] = evidence.journalBoots;
		expect(clean?.lastLines.at(-1)).toMatchObject({identifier: 'systemd-journald', text: 'Journal stopped'});
		expect(killed?.lastLines.at(-1)).toMatchObject({identifier: 'cron', text: 'session opened'});
		expect(killed?.lastAt).toBe(1_795_199_110_040);
		expect(evidence.firmwareLines).toHaveLength(1);
		expect(evidence.sources[0]).toEqual({source: 'journal', state: 'read', detail: '3 boots'});
	});

	test('the table of older systemd tells the same as the JSON of newer', () => {
		const table = [
			'-2 11111111111141118111111111111111 Fri 2026-11-20 18:25:07 UTC—Fri 2026-11-20 18:25:09 UTC',
			'-1 22222222222242228222222222222222 Fri 2026-11-20 18:25:09 UTC—Fri 2026-11-20 18:25:10 UTC',
			' 0 33333333333343338333333333333333 Fri 2026-11-20 18:25:10 UTC—Fri 2026-11-20 18:25:11 UTC',
		].join('\n');
		expect(parseBootList(table).map(({index, firstAt}) => [index, firstAt])).toEqual([
			[-2, Date.UTC(2026, 10, 20, 18, 25, 7)],
			[-1, Date.UTC(2026, 10, 20, 18, 25, 9)],
			[0, Date.UTC(2026, 10, 20, 18, 25, 10)],
		]);
	});

	test('a list cut at its start keeps the boots that are whole', () => {
		const cut = '98604},{"index":-1,"boot_id":"22222222222242228222222222222222","first_entry":1795199109122142}]';
		expect(parseBootList(cut)).toMatchObject([{index: -1, firstAt: 1_795_199_109_122, lastAt: null}]);
	});

	test.each([
		['persistent closed', 'not-permitted'],
		['volatile open', 'absent'],
		['none missing', 'absent'],
		['', 'failed'],
	])('“%s” counts as %s', (words, state) => {
		expect(parseBoots(new Map([['journal', words]]), now).sources[0]?.state).toBe(state);
	});
});

describe('wtmp', () => {
	test('a boot without a shutdown before the next one crashed, whatever end is printed for it', async () => {
		const boots = parseWtmp(await textOf('last-util-linux-2.38.txt'), now);
		expect(boots.map(({ending}) => ending)).toEqual(['running', 'down', 'crash', 'crash', 'down']);
		expect(boots[1]).toEqual({
			startedAt: Date.UTC(2025, 10, 4, 12, 26, 40),
			endedAt: Date.UTC(2025, 10, 5, 12, 26, 40),
			ending: 'down',
			kernelRelease: '6.1.0-50-amd64',
		});
	});

	// Format of wtmpdb(8) 0.13, Debian 13: the end stands in the boot's own entry, shutdowns have none.
	test('wtmpdb’s own ends are believed', () => {
		const text = [
			'reboot   system boot  6.12.48+deb13-amd64 Mon Nov 17 20:23:55 2025 - still running',
			'reboot   system boot  6.12.48+deb13-amd64 Mon Nov 17 19:23:55 2025 - crash',
			'reboot   system boot  6.12.48+deb13-amd64 Sun Nov 16 19:23:55 2025 - Sun Nov 16 20:00:00 2025  (00:36)',
		].join('\n');
		expect(parseWtmp(text, now).map(({ending}) => ending)).toEqual(['running', 'crash', 'down']);
	});

	test('dates without a year are the last ones that have passed', () => {
		const [boot] = parseWtmp('reboot   ~   6.1.0   Fri Dec 25 12:27\n', now);
		expect(boot?.startedAt).toBe(Date.UTC(2025, 11, 25, 12, 27));
	});
});

describe('what a dying kernel wrote', () => {
	const file = (seconds: number, path: string, text: string): string => `\u001C${seconds}\t${path}\n${text}\n`;

	test('parts are read from the highest to the first, which holds the newest text', () => {
		const text =
			file(
				1_763_000_000,
				'/sys/fs/pstore/dmesg-efi-176300000001001',
				'Panic#1 Part1\n<0>[  9.3] Kernel panic - not syncing: x',
			) +
			file(1_763_000_000, '/sys/fs/pstore/dmesg-efi-176300000003001', 'Panic#1 Part3\n<6>[  1.0] first') +
			file(1_763_000_000, '/sys/fs/pstore/dmesg-efi-176300000002001', 'Panic#1 Part2\n<6>[  5.0] second');
		const [dump, ...others] = parsePstoreFiles(text);
		expect(others).toEqual([]);
		expect(dump).toMatchObject({source: 'pstore', reason: 'Panic', writtenAt: 1_763_000_000_000});
		expect(dump?.records.map((record) => record.text)).toEqual(['first', 'second', 'Kernel panic - not syncing: x']);
		expect(dump?.records.at(-1)).toMatchObject({facility: 0, level: 0, monotonicSeconds: 9.3});
	});

	test('systemd-pstore’s text and the parts it was made of are one record, of the time in the name', () => {
		const archive = '/var/lib/systemd/pstore/1763000000/001';
		const text =
			file(1_763_009_999, `${archive}/dmesg.txt`, 'Panic#2 Part2\n<6>[  5.0] second\nPanic#2 Part1\n<0>[  9.3] last') +
			file(1_763_009_999, `${archive}/dmesg-efi-176300000001001`, 'Panic#2 Part1\n<0>[  9.3] last');
		const dumps = parsePstoreFiles(text);
		expect(dumps).toHaveLength(1);
		expect(dumps[0]?.writtenAt).toBe(1_763_000_000_000);
		expect(dumps[0]?.records.map((record) => record.text)).toEqual(['second', 'last']);
	});

	test('two crashes are two records, although each boot counts from one', () => {
		const text =
			file(1_763_000_000, '/sys/fs/pstore/dmesg-erst-1', 'Panic#1 Part1\n<0>[ 1.0] old') +
			file(1_763_500_000, '/sys/fs/pstore/dmesg-erst-2', 'Panic#1 Part1\n<0>[ 1.0] new');
		expect(parsePstoreFiles(text).map(({records}) => records[0]?.text)).toEqual(['new', 'old']);
	});

	test('a crash dump that only root may read is named', () => {
		const found = parseKdumpFiles('\u001Cclosed\t/var/crash/127.0.0.1-2025-11-13/vmcore-dmesg.txt\n');
		expect(found).toEqual({dumps: [], closed: ['/var/crash/127.0.0.1-2025-11-13/vmcore-dmesg.txt']});
	});

	test.each([
		[{pstore: 'open', 'pstore-backend': 'efi_pstore', 'pstore-archive': 'open'}, 'read', 'empty, kept by efi_pstore'],
		[{pstore: 'closed', 'pstore-backend': 'erst', 'pstore-archive': 'open'}, 'not-permitted', 'only root'],
		[{pstore: 'unmounted', 'pstore-backend': '(null)', 'pstore-archive': 'open'}, 'absent', 'no place'],
	])('pstore told apart: %j is %s', (sections, state, words) => {
		const source = parseBoots(new Map(Object.entries(sections)), now).sources[1];
		expect(source?.state).toBe(state);
		expect(source?.detail).toContain(words);
	});
});
