/** The same messages of one boot, as every program prints them, are the same records. */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {kernelLogFormatWords, type KernelLogFormat} from '../../source/kernel-log/kernel-log-format.ts';
import {createKernelLogReader} from '../../source/kernel-log/read-kernel-log.ts';
import type {LogEntry} from '../../source/kernel-log/record-maker.ts';

const now = Date.UTC(2026, 10, 20, 19, 0, 0);

function readFixture(name: string): readonly LogEntry[] {
	const reader = createKernelLogReader({now});
	const text = readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
	return [...text.split('\n').flatMap((line) => reader.entries(line)), ...reader.end()];
}

const signs = ['Linux version 6.1', 'Memory cgroup', 'INFO: task dd', 'EXT4-fs error (device dm-0): ext4_wait_block'];

const forms: readonly (readonly [
	name: string,
	format: KernelLogFormat,
	facility: number | null,
	level: number | null,
])[] = [
	['kmsg.txt', 'kmsg', 0, 2],
	['dmesg.txt', 'dmesg', null, null],
	['busybox-dmesg.txt', 'dmesg', null, null],
	['dmesg-T.txt', 'dmesg-ctime', null, null],
	['dmesg-x.txt', 'dmesg-decoded', 0, 2],
	['dmesg-r.txt', 'dmesg-raw', null, 2],
	['busybox-dmesg-r.txt', 'dmesg-raw', 0, 2],
	['dmesg-iso.txt', 'dmesg-iso', null, null],
	['dmesg-json.txt', 'dmesg-json', null, 2],
	['journal-k-short.txt', 'syslog', null, null],
];

test.each(forms)('%s is read', (name, format, facility, level) => {
	const entries = readFixture(name);
	const found = signs.map((sign) => entries.find(({record}) => record.text.startsWith(sign)));
	expect(found.every((entry) => entry?.format === format)).toBe(true);
	expect(found.at(-1)?.record).toMatchObject({facility, level});
	expect(entries.every(({boot}) => boot === 1)).toBe(true);
	expect(kernelLogFormatWords[format]).not.toBe('');
});

test.each(forms)('%s: what systemd wrote is not taken for the kernel', (name) => {
	const detected = readFixture(name).find(({record}) => record.text.endsWith('Detected virtualization qemu.'));
	expect(detected?.record).toMatchObject({identifier: 'systemd', text: 'Detected virtualization qemu.'});
});

test('the same moment is the same time, as exactly as each form tells it', () => {
	const timeOf = (name: string): readonly (number | null | undefined)[] => {
		const entry = readFixture(name).find(({record}) => record.text.startsWith('INFO: task dd'));
		return [entry?.record.monotonicSeconds, entry?.record.at, entry?.record.atUncertaintyMs];
	};
	expect(timeOf('kmsg.txt')).toEqual([132.016864, null, undefined]);
	expect(timeOf('dmesg-json.txt')).toEqual([132.016864, null, undefined]);
	const [, iso = null, isoOff] = timeOf('dmesg-iso.txt');
	const [, ctime = null, ctimeOff = 0] = timeOf('dmesg-T.txt');
	expect(Math.abs((iso ?? 0) - (ctime ?? 0))).toBeLessThan(1000);
	expect(isoOff).toBe(60_000);
	expect(ctimeOff).toBeGreaterThan(12 * 3_600_000);
});

test('the journal in JSON gives each record its own time, host and boot', () => {
	const entries = readFixture('journal-k-json.jsonl');
	expect(entries).toHaveLength(10);
	const [first] = entries;
	expect(first).toMatchObject({host: 'sb-vm', boot: 1, format: 'journal-json'});
	expect(first?.record).toMatchObject({facility: 0, level: 3, identifier: 'kernel', monotonicSeconds: 111.138039});
	expect(first?.record.atUncertaintyMs).toBeUndefined();
	expect(new Date(first?.record.at ?? 0).toISOString().slice(0, 16)).toBe('2026-11-20T18:33');
});
