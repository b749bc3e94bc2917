import {execFileSync} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {kernelLogCommand, kernelLogScript} from '../../source/collectors/kernel-log-script.ts';
import {createRecordBatcher} from '../../source/collectors/record-batcher.ts';
import type {KernelRecord} from '../../source/model/kernel-log.ts';
import {systemClock} from '../../source/support/clock.ts';
import {follow} from './follow-script.ts';
import {createShellTransport, findShells, processesMarked} from './shell-transport.ts';
import {until} from './until.ts';

test('the program can be quoted in every login shell', () => {
	expect(kernelLogScript).not.toMatch(/['!\n]|\\\\/);
});

test('only the newest records of a long backlog are passed on, later ones all', async () => {
	const batches: number[] = [];
	const losses: (number | undefined)[] = [];
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
		emit(records) {
			batches.push(records.length);
			losses.push(records[0]?.lostBefore);
		},
	});
	batcher.add(Array.from({length: 5000}, (_, index) => record(index)));
	await until(() => batches.length === 1, 'the backlog');
	batcher.add(Array.from({length: 150}, (_, index) => record(index)));
	await until(() => batches.length === 2, 'a live batch');
	expect(batches).toEqual([100, 150]);
	expect(losses).toEqual([4900, undefined]);
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
