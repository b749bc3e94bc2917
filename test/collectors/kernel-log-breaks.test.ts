/** What becomes of the kernel log when its source breaks off, overruns, is rotated, or belongs to another boot. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {kernelLogCommand} from '../../source/collectors/kernel-log-script.ts';
import {follow} from './follow-script.ts';
import {createShellTransport} from './shell-transport.ts';
import {until} from './until.ts';

/** A host on which each start of the reader plays the next of these scripts, the last one from then on. */
function followRuns(...scripts: readonly string[]) {
	const host = createShellTransport();
	let run = 0;
	return follow('', {...host, exec: () => host.exec(scripts[Math.min(run++, scripts.length - 1)] ?? '')});
}

const bootId = (digit: string): string => `${digit.repeat(8)}-0000-4000-8000-000000000000`;
const waitForEver = 'while read -r x; do :; done';

test('when the buffer overruns the reader, it is opened again and the hole is told', async () => {
	// Reading a record that was overwritten fails with EPIPE, and `cat` ends.
	const log = followRuns(
		'echo "method kmsg"; echo "6,1,100,-;one"; echo "6,2,200,-;two"; echo "cat: /dev/kmsg: Broken pipe" >&2; exit 1',
		`echo "method kmsg"; echo "6,2,200,-;two"; echo "6,10,900,-;ten"; echo "6,11,950,-;eleven"; ${waitForEver}`,
	);
	await until(() => log.records().length >= 4, 'the lines after the hole');
	await log.end();
	expect(log.records().map(({text, lostBefore}) => [text, lostBefore])).toEqual([
		['one', undefined],
		['two', undefined],
		['ten', 7],
		['eleven', undefined],
	]);
});

test('a host that reboots while it is followed begins a new log, dated by its new boot', async () => {
	const log = followRuns(
		`echo "method kmsg ${bootId('a')} 1000"; echo "6,1,100,-;old"; echo "6,500,5000000,-;last of the old boot"`,
		`echo "method kmsg ${bootId('b')} 2000"; echo "6,0,0,-;Linux version 6"; echo "6,1,100,-;new"; ${waitForEver}`,
	);
	await until(() => log.records().length >= 4, 'the lines of the new boot');
	await log.end();
	const kinds = log.events.map(({kind}) => kind).filter((kind) => kind !== 'access');
	expect(kinds).toEqual(['restarted', 'records', 'restarted', 'records']);
	expect(log.records().map(({text, at}) => [text, at])).toEqual([
		['old', 1_000_000 + 0.1],
		['last of the old boot', 1_000_000 + 5000],
		['Linux version 6', 2_000_000],
		['new', 2_000_000 + 0.1],
	]);
});

test('a host whose clock steps keeps the times of its records in step', async () => {
	// The boot is the same, though the clock now says that it began an hour later.
	const log = followRuns(
		`echo "method kmsg ${bootId('a')} 1000"; echo "6,1,1000000,-;before"`,
		`echo "method kmsg ${bootId('a')} 4600"; echo "6,1,1000000,-;before"; echo "6,2,3000000,-;after"; ${waitForEver}`,
	);
	await until(() => log.records().length >= 2, 'both lines');
	await log.end();
	expect(log.events.filter(({kind}) => kind === 'restarted')).toHaveLength(1);
	expect(log.records().map(({at}) => at)).toEqual([1_001_000, 1_003_000]);
});

test('a journal that breaks off within one tick of the clock gives each line once', async () => {
	const entry = (text: string): string =>
		`printf '%s\\n' '${JSON.stringify({_TRANSPORT: 'kernel', MESSAGE: text, _SOURCE_MONOTONIC_TIMESTAMP: '4000'})}'`;
	const log = followRuns(
		`echo "method journalctl"; ${entry('one')}; ${entry('two')}`,
		`echo "method journalctl"; ${entry('one')}; ${entry('two')}; ${entry('three')}; ${waitForEver}`,
	);
	await until(() => log.records().length >= 3, 'all lines');
	await log.end();
	expect(log.records().map(({text}) => text)).toEqual(['one', 'two', 'three']);
});

test('a log that is printed now and then says so when lines were overwritten in between', async () => {
	const script =
		'echo "method dmesg"; n=0; while read -r count; do echo "<30>[ $n.000000] systemd[1]: up"; echo "<4>[ $n.000001] line $n"; [ $count -gt 1000 ] && n=$((n+1)); printf "\\036dump\\n"; done';
	const log = follow(script);
	await until(() => log.records().length >= 6, 'three dumps that do not meet');
	await log.end();
	const losses = log.records().map(({lostBefore}) => lostBefore);
	expect(losses.slice(0, 6)).toEqual([undefined, undefined, 1, undefined, 1, undefined]);
});

test('a log file that is rotated while it is followed loses no line', async () => {
	const directory = mkdtempSync(path.join(tmpdir(), 'sickbay-files-'));
	onTestFinished(() => rmSync(directory, {recursive: true}));
	const file = path.join(directory, 'kern.log');
	const line = (second: number): string =>
		`Nov 20 13:00:0${second} web-1 kernel: [   ${second}.000000] line ${second}\n`;
	writeFileSync(file, line(1) + line(2));
	const log = follow(kernelLogCommand(['files']).replaceAll('/var/log/', `${directory}/`));
	await until(() => log.records().length === 2, 'the first lines');
	// Between two looks a line is written, the file is rotated, and the next line goes to the new one.
	writeFileSync(`${file}.1`, line(1) + line(2) + line(3));
	writeFileSync(file, line(4));
	await until(() => log.records().length >= 4, 'the lines around the rotation');
	await log.end();
	expect(log.records().map(({text}) => text)).toEqual(['line 1', 'line 2', 'line 3', 'line 4']);
	expect(log.records().every(({lostBefore}) => lostBefore === undefined)).toBe(true);
	expect(log.events[0]).toMatchObject({reading: {value: {method: 'files', live: false}}});
});
