import {execFileSync} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {followKernelLog, type KernelLogEvent} from '../../source/collectors/kernel-log.ts';
import {kernelLogCommand, kernelLogScript} from '../../source/collectors/kernel-log-script.ts';
import type {KernelLogTimings} from '../../source/collectors/kernel-log-timings.ts';
import {parseJournalLine} from '../../source/collectors/parse-journal-line.ts';
import {parseDmesgLine, parseKmsgLine} from '../../source/collectors/parse-kernel-line.ts';
import {createRecordBatcher} from '../../source/collectors/record-batcher.ts';
import type {KernelRecord} from '../../source/model/kernel-log.ts';
import type {Transport} from '../../source/model/transport.ts';
import {systemClock} from '../../source/support/clock.ts';
import {createShellTransport, findShells, processesMarked} from './shell-transport.ts';
import {until} from './until.ts';

const lines = (name: string): string[] =>
	readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
		.trimEnd()
		.split('\n');

const timings: Partial<KernelLogTimings> = {batchMs: 10, pollMs: 30, reopen: {firstMs: 10, capMs: 50}};

/** Follows the log of a host on which, whatever is asked, this script runs. */
function follow(script: string, transport: Transport = createShellTransport()) {
	const events: KernelLogEvent[] = [];
	const stop = new AbortController();
	const host = {...transport, exec: () => transport.exec(script)};
	const done = followKernelLog({
		transport: host,
		sudo: 'auto',
		userId: 1000,
		bootedAtMs: 1_000_000,
		clock: systemClock,
		signal: stop.signal,
		emit: (event) => events.push(event),
		timings,
	});
	const records = (): KernelRecord[] => events.flatMap((event) => (event.kind === 'records' ? event.records : []));
	return {
		events,
		records,
		async end() {
			stop.abort();
			await done;
		},
	};
}

test('the program can be quoted in every login shell', () => {
	expect(kernelLogScript).not.toMatch(/['!\n]|\\\\/);
});

test('records of /dev/kmsg keep facility, level and time; machine fields are no records', () => {
	const records = lines('kmsg.txt').map((line) => parseKmsgLine(line, 1_000_000));
	expect(records.find((record) => record?.sequence === 345)).toEqual({
		sequence: 345,
		facility: 0,
		level: 2,
		at: 1_000_000 + 1_504_612.5,
		monotonicSeconds: 1504.6125,
		text: 'EXT4-fs error (device loop0): htree_dirblock_to_tree:1051: inode #12: comm ls: Directory block failed checksum',
	});
	expect(parseKmsgLine(' SUBSYSTEM=acpi', null)).toBeNull();
	expect(records.filter((record) => record === null)).toHaveLength(
		lines('kmsg.txt').filter((line) => line.startsWith(' ')).length,
	);
});

test('a program that writes "Kernel panic" into the log is told apart by its facility', () => {
	expect(parseKmsgLine('12,900,5000000,-;Kernel panic - not syncing: forged', null)).toMatchObject({
		facility: 1,
		level: 4,
	});
	expect(parseKmsgLine('6,901,5000000,-,caller=T123;caf\\xc3\\xa9 \\x1b[31mred\\x0anext', null)?.text).toBe(
		'café red next',
	);
});

test('dmesg is read as util-linux and busybox print it', () => {
	const error = {facility: 0, level: 2, sequence: null};
	expect(lines('dmesg-x.txt').map((line) => parseDmesgLine(line, null))).toContainEqual(expect.objectContaining(error));
	expect(lines('dmesg-raw.txt').map((line) => parseDmesgLine(line, null))).toContainEqual(
		expect.objectContaining(error),
	);
	expect(parseDmesgLine('[ 1504.612500][  T123] EXT4-fs error', 0)).toEqual({
		sequence: null,
		facility: null,
		level: null,
		at: 1_504_612.5,
		monotonicSeconds: 1504.6125,
		text: 'EXT4-fs error',
	});
	expect(parseDmesgLine('<6>no time here', 0)).toMatchObject({
		at: null,
		monotonicSeconds: null,
		level: 6,
		text: 'no time here',
	});
	expect(parseDmesgLine('usb : foo : bar', 0)?.text).toBe('usb : foo : bar');
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
	expect(parseJournalLine(JSON.stringify(entry), 1000)).toEqual({
		sequence: null,
		facility: 0,
		level: 1,
		at: 3500,
		monotonicSeconds: 2.5,
		text: 'BUG: x',
	});
	expect(parseJournalLine(JSON.stringify({...entry, _SOURCE_MONOTONIC_TIMESTAMP: undefined}), null)?.at).toBe(
		1_795_188_640_000,
	);
	expect(parseJournalLine(JSON.stringify({...entry, _TRANSPORT: 'syslog'}), null)).toBeNull();
	expect(parseJournalLine('-- No entries --', null)).toBeNull();
});

test('only the newest records of a long backlog are passed on, later ones all', async () => {
	const batches: number[] = [];
	const record = (sequence: number): KernelRecord => ({
		sequence,
		facility: 0,
		level: 6,
		at: null,
		monotonicSeconds: 1,
		text: 'x',
	});
	const batcher = createRecordBatcher({
		clock: systemClock,
		batchMs: 5,
		backlogMs: 1000,
		backlogRecords: 100,
		emit: (records) => batches.push(records.length),
	});
	batcher.add(Array.from({length: 5000}, (_, index) => record(index)));
	await until(() => batches.length === 1, 'the backlog');
	batcher.add(Array.from({length: 150}, (_, index) => record(index)));
	await until(() => batches.length === 2, 'a live batch');
	expect(batches).toEqual([100, 150]);
});

test('a host that allows no way is its own failure, with what would grant one', async () => {
	const log = follow('echo refused');
	await until(() => log.events.length === 1, 'the refusal');
	const [event] = log.events;
	expect(event).toMatchObject({kind: 'access', reading: {kind: 'failed', reason: {code: 'not-permitted'}}});
	expect(JSON.stringify(event)).toMatch(/tried \/dev\/kmsg, sudo -n cat \/dev\/kmsg, .*dmesg_restrict=0/);
	await log.end();
});

test('a log that breaks off is opened again, and no record comes twice', async () => {
	const script =
		'echo "motd"; echo "method kmsg"; i=0; while [ $i -lt 3 ]; do echo "6,$i,100,-;line $i"; i=$((i+1)); done; echo "6,$$$i,9,-;only in this run"';
	const log = follow(script);
	await until(() => log.records().length >= 6, 'three runs');
	await log.end();
	expect(log.events.slice(0, 2)).toMatchObject([
		{kind: 'access', reading: {value: {method: 'kmsg', live: true}}},
		{kind: 'restarted'},
	]);
	expect(log.events.filter((event) => event.kind === 'restarted')).toHaveLength(1);
	expect(log.records().filter((record) => record.text === 'line 1')).toHaveLength(1);
});

test('a log that can only be printed is asked again, and each line comes once', async () => {
	const script =
		'echo "method dmesg"; n=2; while read -r count; do i=0; while [ $i -lt $n ]; do echo "<4>[ 1.00000$i] line $i"; i=$((i+1)); done; n=$((n+1)); printf "\\036dump\\n"; done';
	const log = follow(script);
	await until(() => log.records().length >= 6, 'several readings');
	await log.end();
	const texts = log.records().map((record) => record.text);
	expect(texts).toEqual(texts.map((_, index) => `line ${index}`));
	expect(log.events[0]).toMatchObject({reading: {value: {method: 'dmesg', live: false}}});
});

test('a line of a megabyte is cut, and the next one is read', async () => {
	const script =
		'echo "method kmsg"; printf "6,1,1,-;"; head -c 1000000 /dev/zero | tr "\\0" x; echo; echo "6,2,2,-;after"; while read -r x; do :; done';
	const log = follow(script);
	await until(() => log.records().length === 2, 'both lines');
	await log.end();
	expect(log.records().map((record) => record.text.length)).toEqual([1000, 5]);
});

function commandOf(pid: number): string | null {
	try {
		return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
	} catch {
		// It has ended meanwhile.
		return null;
	}
}

/** A log like /dev/kmsg, whose reader waits for the next line; and the command that follows it instead of the real one. */
function createKmsg() {
	const directory = mkdtempSync(path.join(tmpdir(), 'sickbay-kmsg-'));
	const file = path.join(directory, 'kmsg');
	execFileSync('mkfifo', [file]);
	// Opened for both, it has always a writer and never ends.
	const descriptor = openSync(file, constants.O_RDWR);
	onTestFinished(() => {
		closeSync(descriptor);
		rmSync(directory, {recursive: true});
	});
	return {
		print: (line: string) => writeSync(descriptor, `${line}\n`),
		command: kernelLogCommand(['kmsg', 'dmesg']).replaceAll('/dev/kmsg', file),
	};
}

describe.runIf(process.platform === 'linux')('the program that follows a log (needs Linux for /proc)', () => {
	test.each(findShells())(
		'login shell %s: the log is followed, and nothing is left on the host',
		async (_name, program) => {
			const mark = `SICKBAY_TEST=${randomUUID()}`;
			const transport = createShellTransport(program, {...process.env, SICKBAY_TEST: mark.slice(13)});
			const kmsg = createKmsg();
			const log = follow(kmsg.command, transport);
			kmsg.print('6,1,1000,-;first');
			await until(() => log.records().length === 1, 'the first line');
			kmsg.print('6,2,2000,-;second');
			await until(() => log.records().length === 2, 'a line written while it is followed');
			expect(log.events[0]).toMatchObject({reading: {value: {method: 'kmsg', live: true}}});
			expect(processesMarked(mark).length).toBeGreaterThan(1);
			transport.lose();
			await until(() => processesMarked(mark).length === 0, 'no process left');
			await log.end();
		},
	);

	test('a reader that is killed on the host takes its shell with it', async () => {
		const mark = `SICKBAY_TEST=${randomUUID()}`;
		const transport = createShellTransport(['sh'], {...process.env, SICKBAY_TEST: mark.slice(13)});
		const channel = await transport.exec(createKmsg().command);
		channel.stream.resume();
		const readers = (): number[] => processesMarked(mark).filter((pid) => commandOf(pid) === 'cat');
		await until(() => readers().length === 1, 'the reader');
		for (const pid of readers()) process.kill(pid);
		await until(() => processesMarked(mark).length === 0, 'no process left');
		expect(processesMarked(mark)).toEqual([]);
	});
});
