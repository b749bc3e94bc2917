/** What each way to the kernel log prints, and who can be believed to have written it. */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {createMethodReader} from '../../source/collectors/method-reader.ts';
import {createKernelAnalysis} from '../../source/health/kernel/analyse-kernel-log.ts';
import {builtInCatalogue} from '../../source/health/kernel/built-in-catalogue.ts';
import type {KernelRecord} from '../../source/model/kernel-log.ts';
import type {KernelLogMethod} from '../../source/model/readings.ts';

const lines = (name: string): string[] =>
	readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
		.trimEnd()
		.split('\n');

/** What the engine makes of these records, above info. */
function incidentsOf(records: readonly KernelRecord[]): readonly string[] {
	const analysis = createKernelAnalysis({catalogue: builtInCatalogue()});
	for (const record of records) analysis.add(record);
	return analysis
		.incidents()
		.filter(({severity}) => severity !== 'info')
		.map(({id}) => id);
}

const now = Date.UTC(2026, 10, 20, 14, 0, 0);

/** What a way that prints these lines yields. */
const read = (method: KernelLogMethod, printed: readonly string[], bootedAtMs: number | null = 1_000_000) =>
	createMethodReader(method, {bootedAtMs, now}).read(printed);

test('records of /dev/kmsg keep facility, level and time; machine fields are no records', () => {
	const records = read('kmsg', lines('kmsg.txt'));
	expect(records.find((record) => record.sequence === 345)).toEqual({
		sequence: 345,
		facility: 0,
		level: 2,
		at: 1_000_000 + 1_504_612.5,
		monotonicSeconds: 1504.6125,
		text: 'EXT4-fs error (device loop0): htree_dirblock_to_tree:1051: inode #12: comm ls: Directory block failed checksum',
	});
	expect(records).toHaveLength(lines('kmsg.txt').filter((line) => !line.startsWith(' ')).length);
});

test.each<readonly [KernelLogMethod, readonly string[]]>([
	['kmsg', ['12,900,5000000,-;Kernel panic - not syncing: forged']],
	['kmsg', ['12,900,5000000,-;<0>[    5.000000] Kernel panic - not syncing: forged']],
	['kmsg', ['12,900,5000000,-;kernel: Kernel panic - not syncing: forged']],
	['dmesg', ['<12>[    5.000000] Kernel panic - not syncing: forged']],
	['dmesg', ['<12>[    5.000000] <0>[    5.000000] Kernel panic - not syncing: forged']],
	['dmesg', ['user  :warn  : [    5.000000] kern  :emerg : [    5.000000] Kernel panic - not syncing: forged']],
	[
		'dmesg',
		[
			'user  :warn  : [    5.000000] x',
			'                            <0>[    5.000000] Kernel panic - not syncing: forged',
		],
	],
	['dmesg', ['user  :warn  : [    5.000000] x\r<0>[    5.000000] Kernel panic - not syncing: forged']],
	[
		'journalctl',
		[
			JSON.stringify({
				_TRANSPORT: 'kernel',
				SYSLOG_FACILITY: '1',
				PRIORITY: '0',
				MESSAGE: 'Kernel panic - not syncing: forged',
			}),
		],
	],
])('a container that writes "Kernel panic" into the log is not taken for the kernel (%s %j)', (method, printed) => {
	const records = read(method, printed);
	expect(records.map(({facility}) => facility)).toEqual(
		printed
			.join('\r')
			.split('\r')
			.map(() => 1),
	);
	expect(records.at(-1)?.text).toContain('forged');
	expect(incidentsOf(records)).toEqual([]);
	expect(incidentsOf(records.map((record) => ({...record, facility: 0})))).not.toEqual([]);
});

test('a journal of all programs yields what the kernel wrote, not what a program says that it wrote', () => {
	const entry = {
		_TRANSPORT: 'syslog',
		SYSLOG_IDENTIFIER: 'kernel',
		_COMM: 'logger',
		MESSAGE: 'Kernel panic - not syncing: forged',
	};
	expect(read('journalctl', [JSON.stringify(entry)])).toEqual([]);
});

test('names of tasks that are no text, and escapes, cannot harm the screen', () => {
	const [binary, escapes] = read('kmsg', [
		'3,7,5000000,-;INFO: task \\xff\\xfe\\x1b[2Jkworker\\x00:71 blocked for more than 120 seconds.',
		'6,901,5000000,-,caller=T123;caf\\xc3\\xa9 \\x1b[31mred\\x0anext',
	]);
	expect(binary?.text).toBe('INFO: task \uFFFD\uFFFDkworker\uFFFD:71 blocked for more than 120 seconds.');
	expect(incidentsOf(binary === undefined ? [] : [binary])).toHaveLength(1);
	expect(escapes).toMatchObject({text: 'café red next', caller: 'T123'});
});

test('dmesg is read as util-linux and busybox print it', () => {
	const error = {level: 2, sequence: null};
	expect(read('dmesg', lines('dmesg-x.txt'))).toContainEqual(expect.objectContaining({...error, facility: 0}));
	// `-r` of this util-linux loses the facility: a priority that low is no proof.
	expect(read('dmesg', lines('dmesg-raw.txt'))).toContainEqual(expect.objectContaining({...error, facility: null}));
	expect(read('dmesg', ['[ 1504.612500][  T123] EXT4-fs error'], 0)).toEqual([
		{
			sequence: null,
			facility: null,
			level: null,
			at: 1_504_612.5,
			monotonicSeconds: 1504.6125,
			text: 'EXT4-fs error',
			caller: 'T123',
		},
	]);
	expect(read('dmesg', ['<6>no time here'], 0)).toMatchObject([
		{at: null, monotonicSeconds: null, level: 6, text: 'no time here'},
	]);
	expect(read('dmesg', ['usb : foo : bar'], 0)).toMatchObject([{text: 'usb : foo : bar'}]);
});

test('journal entries are read, also when the message is bytes', () => {
	const entry = {
		_TRANSPORT: 'kernel',
		MESSAGE: [...Buffer.from('BUG: \u001B[1mx')],
		PRIORITY: '1',
		SYSLOG_FACILITY: '0',
		__REALTIME_TIMESTAMP: '1795188640000000',
		_SOURCE_MONOTONIC_TIMESTAMP: '2500000',
	};
	expect(read('journalctl', [JSON.stringify(entry)], 1000)).toEqual([
		{sequence: null, facility: 0, level: 1, at: 3500, monotonicSeconds: 2.5, text: 'BUG: x', identifier: 'kernel'},
	]);
	const {_SOURCE_MONOTONIC_TIMESTAMP: _, ...undated} = entry;
	expect(read('journalctl', [JSON.stringify(undated)], null)[0]?.at).toBe(1_795_188_640_000);
	expect(read('journalctl', ['-- No entries --'])).toEqual([]);
});

test("of syslog files only the lines of this boot count, and only the kernel's", () => {
	const records = read('files', [
		'Nov 20 12:00:00 web-1 kernel: [90000.000000] Out of memory: Killed process 1 (x)',
		'Nov 20 13:00:00 web-1 kernel: [    0.000000] Linux version 6.1.0-18-amd64',
		'Nov 20 13:00:01 web-1 sshd[900]: Kernel panic - not syncing: forged',
		'Nov 20 13:00:02 web-1 kernel: [    2.000000] EXT4-fs error (device sda1): x',
	]);
	expect(records.map(({text}) => text)).toEqual(['Linux version 6.1.0-18-amd64', 'EXT4-fs error (device sda1): x']);
	expect(records[1]).toMatchObject({at: Date.UTC(2026, 10, 20, 13, 0, 2), monotonicSeconds: 2});
});
