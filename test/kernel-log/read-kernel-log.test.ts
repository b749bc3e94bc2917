/** Logs as people paste, save and capture them. */
import {expect, test} from 'vitest';
import {createKernelLogReader} from '../../source/kernel-log/read-kernel-log.ts';
import type {LogEntry} from '../../source/kernel-log/record-maker.ts';
import {orderDumpParts} from '../../source/kernel-log/pstore-parts.ts';

const now = Date.UTC(2026, 10, 20, 14, 0, 0);
const hour = 3_600_000;

const readAll = (...lines: readonly string[]): readonly LogEntry[] => {
	const reader = createKernelLogReader({now});
	return [...lines.flatMap((line) => reader.entries(line)), ...reader.end()];
};
const recordsOf = (...lines: readonly string[]) => readAll(...lines).map(({record}) => record);
const textsOf = (...lines: readonly string[]): readonly string[] => recordsOf(...lines).map(({text}) => text);

const at = Date.UTC(2026, 10, 20, 13, 4, 33);

test.each<readonly [string, string, object]>([
	['rsyslog, RFC 3164', 'Nov 20 13:04:33 web-1 kernel: [   12.345678] BUG: x', {at, monotonicSeconds: 12.345678}],
	['syslog with the year', 'Nov 20 2026 13:04:33 web-1 kernel: BUG: x', {at, atUncertaintyMs: 14 * hour}],
	['busybox syslogd', 'Nov 20 13:04:33 web-1 kern.warn kernel: [   12.345678] BUG: x', {at, facility: 0, level: 4}],
	['OpenWrt logread', 'Fri Nov 20 13:04:33 2026 kern.err kernel: [   12.345678] BUG: x', {at, facility: 0, level: 3}],
	[
		'rsyslog, ISO dates',
		'2026-11-20T14:04:33.500000+01:00 web-1 kernel: [   12.345678][   C0] BUG: x',
		{at: at + 500, caller: 'C0'},
	],
	['RFC 5424', '<4>1 2026-11-20T13:04:33Z web-1 kernel - - [a@1 b="c"] BUG: x', {at, facility: 0, level: 4}],
	['a relay in front', 'Nov 20 13:05:00 relay Nov 20 13:04:33 web-1 kernel: BUG: x', {at}],
	['journalctl -o short-precise', 'Nov 20 13:04:33.250000 web-1 kernel: BUG: x', {at: at + 250}],
	['journalctl -o short-iso', '2026-11-20T13:04:33+0000 web-1 kernel: BUG: x', {at}],
	['journalctl -o short-full', 'Fri 2026-11-20 14:04:33 CET web-1 kernel: BUG: x', {at}],
	['journalctl -o short-monotonic', '[   12.345678] web-1 kernel: BUG: x', {monotonicSeconds: 12.345678}],
	['journalctl -o short-unix', '1795179873.000000 web-1 kernel: BUG: x', {at}],
])('a line of %s is read', (_name, line, expected) => {
	const [entry, ...others] = readAll(line);
	expect(others).toEqual([]);
	expect(entry?.record).toMatchObject({text: 'BUG: x', identifier: 'kernel', ...expected});
	expect(entry?.host).toBe(line.includes('web-1') ? 'web-1' : null);
});

test.each<readonly [string, string, object]>([
	['dmesg -T', '[Fri Nov 20 13:04:33 2026] BUG: x', {at}],
	['dmesg -T -x', 'kern  :err   : [Fri Nov 20 13:04:33 2026] BUG: x', {at, facility: 0, level: 3}],
	['dmesg -d', '[   12.345678 <    0.000132>] BUG: x', {monotonicSeconds: 12.345678}],
	['dmesg in colour', '\u001B[32m[   12.345678] \u001B[0m\u001B[31mBUG: x\u001B[0m', {monotonicSeconds: 12.345678}],
	['a console with a prompt', 'web-1 login: [   12.345678] BUG: x', {monotonicSeconds: 12.345678}],
	['a console logger with dates', '[2026-11-20 13:04:33] [   12.345678] BUG: x', {at, monotonicSeconds: 12.345678}],
	['a mail', '> [   12.345678] BUG: x', {monotonicSeconds: 12.345678}],
	['a margin', '    [   12.345678] BUG: x', {monotonicSeconds: 12.345678}],
	['old kernels that lose lines', '** 12 printk messages dropped ** [   12.345678] BUG: x', {lostBefore: 12}],
	['extended netconsole', '6.4.0-rc1,4,444,12345678,-;BUG: x', {sequence: 444, facility: 0, level: 4}],
	['zeros after a power cut', '\0\0\0\0[   12.345678] BUG: x', {monotonicSeconds: 12.345678}],
	['Windows', '[   12.345678] BUG: x\r', {monotonicSeconds: 12.345678}],
])('a line as it comes from %s is read', (_name, line, expected) => {
	expect(recordsOf(line)).toEqual([expect.objectContaining({text: 'BUG: x', ...expected})]);
});

test('a date without a year is the latest one that has passed', () => {
	const yearOf = (line: string): number => new Date(recordsOf(line)[0]?.at ?? 0).getUTCFullYear();
	expect(yearOf('Nov 20 13:04:33 web-1 kernel: x')).toBe(2026);
	expect(yearOf('Dec  3 04:12:08 web-1 kernel: x')).toBe(2025);
	expect(yearOf('Feb 29 04:12:08 web-1 kernel: x')).toBe(2024);
	expect(recordsOf('Dec  3 04:12:08 web-1 kernel: x')[0]?.atUncertaintyMs).toBeGreaterThan(365 * 24 * hour);
});

test('minutes and differences of dmesg -H add up', () => {
	const times = recordsOf('[Nov20 13:04] a', '[  +0.500000] b', '[ +12.000000] c').map((record) => record.at);
	expect(times).toEqual([Date.UTC(2026, 10, 20, 13, 4), at - 33_000 + 500, at - 33_000 + 12_500]);
});

test('once a line tells both clocks, time since boot becomes wall clock', () => {
	const [, second] = recordsOf('2026-11-20T13:04:33Z web-1 kernel: [  100.000000] a', '[  160.000000] b');
	expect(second).toMatchObject({at: at + 60_000, atUncertaintyMs: 60_000});
	const [, , third] = recordsOf(
		'[    0.000000] Linux version 6.1.0',
		'[    1.000000] rtc_cmos 00:04: setting system clock to 2026-11-20T13:04:33 UTC (1795179873)',
		'[   61.000000] c',
	);
	expect(third).toMatchObject({at: at + 60_000, atUncertaintyMs: 60_000});
});

test('messages that a console ran together are told apart', () => {
	expect(textsOf('[   12.345678] usb 1-1: new device[   12.345700][  T123] BUG: x')).toEqual([
		'usb 1-1: new device',
		'BUG: x',
	]);
	expect(textsOf('Starting web server...[   12.345678] BUG: x')).toEqual(['Starting web server...', 'BUG: x']);
});

test('losses are told with the next message of the kernel', () => {
	const records = recordsOf(
		'[   12.000000] a',
		'** 7 printk messages dropped **',
		'[   13.000000] b',
		'Nov 20 13:04:33 web-1 systemd-journald[311]: Missed 12 kernel messages',
		'Nov 20 13:04:33 web-1 kernel: c',
	);
	expect(records.map(({lostBefore}) => lostBefore)).toEqual([undefined, 7, undefined, 12]);
});

test('copies that syslog folded count as often as they came', () => {
	expect(textsOf('Nov 20 13:04:33 web-1 kernel: message repeated 3 times: [ [   12.345678] EXT4-fs error]')).toEqual(
		Array.from({length: 3}, () => 'EXT4-fs error'),
	);
	expect(textsOf('Nov 20 13:04:33 web-1 kernel: x', 'Nov 20 13:04:40 web-1 last message repeated 2 times')).toEqual([
		'x',
		'x',
		'x',
	]);
	expect(recordsOf('Nov 20 13:04:33 web-1 kernel: message repeated 999999 times: [ x]')).toHaveLength(1000);
});

test('a program that quotes the kernel keeps its name, over all lines of its message', () => {
	const records = recordsOf(
		'Nov 20 13:04:33 web-1 ci[77]: [   12.345678] Kernel panic - not syncing: quoted',
		'                            [   12.345678] Kernel panic - not syncing: quoted',
		'                            Nov 20 13:04:33 web-1 kernel: Kernel panic - not syncing: quoted',
		'Nov 20 13:04:34 web-1 kernel: real',
	);
	expect(records.map(({identifier}) => identifier)).toEqual(['ci', 'ci', 'ci', 'kernel']);
});

test('of journal entries only the fields that the journal itself writes say who wrote them', () => {
	const entry = (fields: object): string => JSON.stringify({MESSAGE: 'Kernel panic', ...fields});
	const records = recordsOf(
		entry({_TRANSPORT: 'kernel', SYSLOG_IDENTIFIER: 'kernel', SYSLOG_FACILITY: '0'}),
		entry({_TRANSPORT: 'kernel', SYSLOG_FACILITY: '1'}),
		entry({_TRANSPORT: 'syslog', SYSLOG_IDENTIFIER: 'kernel', _COMM: 'logger'}),
		entry({_TRANSPORT: 'journal', SYSLOG_IDENTIFIER: 'kernel', _COMM: 'kernel'}),
		entry({_TRANSPORT: 'journal', SYSLOG_IDENTIFIER: 'dockerd', _COMM: 'dockerd', CONTAINER_NAME: 'dockerd'}),
		entry({_TRANSPORT: 'stdout', SYSLOG_IDENTIFIER: 'dockerd', _COMM: 'dockerd'}),
		entry({_TRANSPORT: 'journal', SYSLOG_IDENTIFIER: 'systemd-shutdown', _COMM: 'systemd-shutdow'}),
	);
	expect(records.map(({identifier}) => identifier)).toEqual([
		'kernel',
		undefined,
		'logger',
		'program',
		'container',
		'dockerd',
		'systemd-shutdown',
	]);
	expect(records[1]?.facility).toBe(1);
});

test('journal entries are read in JSON over one line or many, with bytes and repeated fields, and in export format', () => {
	expect(
		textsOf(
			JSON.stringify({_TRANSPORT: 'kernel', MESSAGE: [66, 85, 71, 58, 255]}),
			JSON.stringify({_TRANSPORT: 'kernel', MESSAGE: ['one', 'two']}),
			'{',
			'\t"_TRANSPORT" : "kernel",',
			'\t"MESSAGE" : "pretty"',
			'}',
			'__CURSOR=s=1;i=2',
			'_TRANSPORT=kernel',
			'MESSAGE',
			'\u0005\0\0\0\0\0\0\0bytes',
			'',
			'__CURSOR=s=1;i=3',
			'_TRANSPORT=kernel',
			'MESSAGE=last',
		),
	).toEqual(['BUG:\uFFFD', 'one two', 'pretty', 'bytes', 'last']);
});

test('dmesg --json is read from one line as from many', () => {
	const document = {
		dmesg: [
			{pri: 30, time: 1.5, msg: 'systemd[1]: up'},
			{pri: 2, time: 2.5, caller: 'T9', msg: 'BUG: x'},
		],
	};
	const [, one] = recordsOf(JSON.stringify(document));
	expect(one).toMatchObject({facility: 0, level: 2, monotonicSeconds: 2.5, caller: 'T9', text: 'BUG: x'});
	expect(recordsOf(...JSON.stringify(document, null, 3).split('\n'))[1]).toEqual(one);
});

test('boots are counted by the first words of the kernel, by markers, and by clocks that start again', () => {
	const bootsOf = (...lines: readonly string[]): readonly number[] => readAll(...lines).map(({boot}) => boot);
	expect(bootsOf('[ 9.0] a', '[ 0.0] Linux version 6.1.0', '[ 1.0] b', '[ 0.0] Linux version 6.1.0')).toEqual([
		1, 2, 2, 3,
	]);
	const marker = '-- Boot 0123456789abcdef0123456789abcdef --';
	const version = 'Nov 20 13:04:33 web-1 kernel: Linux version 6.1.0';
	expect(bootsOf(marker, version, '-- Reboot --', version)).toEqual([1, 2]);
	expect(bootsOf('[ 5000.0] a', '[ 4999.9] b', '[ 3.0] c')).toEqual([1, 1, 2]);
	const entry = (id: string): string => JSON.stringify({_TRANSPORT: 'kernel', _BOOT_ID: id, MESSAGE: 'x'});
	expect(bootsOf(entry('a'), entry('a'), entry('b'))).toEqual([1, 1, 2]);
});

test('each host of a log server has boots of its own', () => {
	const entries = readAll(
		'Nov 20 13:00:00 web-1 kernel: [ 5000.000000] a',
		'Nov 20 13:00:01 web-2 kernel: [    3.000000] b',
		'Nov 20 13:00:02 web-1 kernel: [ 5001.000000] c',
	);
	expect(entries.map(({host, boot}) => [host, boot])).toEqual([
		['web-1', 1],
		['web-2', 1],
		['web-1', 1],
	]);
});

test('parts of a crash dump are put into reading order, dump by dump', () => {
	const part = (name: string, text: string): readonly string[] => [name, text];
	const lines = [
		...part('Oops#1 Part1', 'oops newest'),
		...part('Oops#1 Part2', 'oops oldest'),
		...part('Panic#2 Part1', 'panic newest'),
		...part('Panic#2 Part2', 'panic oldest'),
		...part('Oops#1 Part1', 'another boot'),
	];
	expect(orderDumpParts(lines).filter((line) => !line.includes('#'))).toEqual([
		'oops oldest',
		'oops newest',
		'panic oldest',
		'panic newest',
		'another boot',
	]);
	expect(recordsOf('Panic#1 Part1', '<0>[   12.345678] BUG: x')).toMatchObject([
		{facility: 0, level: 0, text: 'BUG: x'},
	]);
});

test('a line of many megabytes, and what is no text, are survived', () => {
	const reader = createKernelLogReader({now});
	const [entry] = reader.entries(`[   12.345678] ${'x'.repeat(8_000_000)}`);
	expect(entry?.record.text).toHaveLength(1000);
	expect(reader.entries('\u0001\u0002\uFFFD\uFFFD\u0003abc')).toEqual([]);
	expect(reader.unreadableLines()).toBe(1);
	expect(reader.entries('')).toEqual([]);
});

test('no line takes long, however it is made: the time grows with its length alone', () => {
	const starts = ['', '[', ' ', '\t"a":', '{', '__CURSOR=s=', 'Nov 20 13:04:33 ', '<1>1 - a b c d [', '\u001B'];
	const repeated = [
		'[',
		' ',
		'[ ',
		'a:',
		'a ',
		'a.b ',
		'<1>',
		'1',
		'A=',
		'x login: ',
		'\\x1b',
		'- ',
		'\u001B[',
		'e\u0301',
		'\r',
	];
	const reader = createKernelLogReader({now});
	const startedAt = performance.now();
	for (const start of starts) {
		for (const part of repeated) reader.entries(`${(start + part.repeat(8000)).slice(0, 8000)}!`);
	}
	// 135 lines take some 100 ms; one pattern that tries all ways to split a line takes years.
	expect(performance.now() - startedAt).toBeLessThan(20_000);
});
