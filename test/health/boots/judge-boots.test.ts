import {describe, expect, test} from 'vitest';
import {judgeBoots} from '../../../source/health/boots/judge-boots.ts';
import {builtInCatalogue} from '../../../source/health/kernel/built-in-catalogue.ts';
import type {BootEvidence, BootHistory, CrashDump, JournalBoot, WtmpBoot} from '../../../source/model/boots.ts';
import type {KernelRecord} from '../../../source/model/kernel-log.ts';
import {sampleEvidence} from '../sample-boots.ts';

const day = 86_400_000;
const bootedAt = Date.UTC(2026, 10, 20, 12, 0);

function record(text: string, change: Partial<KernelRecord> = {}): KernelRecord {
	return {sequence: null, facility: 0, level: 6, at: null, monotonicSeconds: null, text, ...change};
}

const said = (identifier: string, text: string): KernelRecord => record(text, {identifier, facility: 3});

const ordinaryEnd = [said('sshd', 'Accepted publickey for ops'), said('CRON', 'session opened')];
const shutdownEnd = [
	said('systemd', 'Reached target reboot.target - System Reboot.'),
	said('systemd-journald', 'Journal stopped'),
];

function journalBoot(change: Partial<JournalBoot> = {}): JournalBoot {
	return {
		bootId: 'aa',
		index: -1,
		firstAt: bootedAt - day,
		lastAt: bootedAt - 60_000,
		kernelTail: [],
		lastLines: ordinaryEnd,
		...change,
	};
}

function wtmpBoot(daysAgo: number, change: Partial<WtmpBoot> = {}): WtmpBoot {
	return {startedAt: bootedAt - daysAgo * day, endedAt: null, ending: 'crash', kernelRelease: '6.1.0', ...change};
}

/** Lines a kernel logs a second apart, the last one at the end of the boot. */
function tail(...texts: readonly string[]): readonly KernelRecord[] {
	return texts.map((text, index) => {
		const seconds = 86_340 - texts.length + index + 1;
		return record(text, {identifier: 'kernel', monotonicSeconds: seconds, at: bootedAt - day + seconds * 1000});
	});
}

function judge(change: Partial<BootEvidence>): BootHistory {
	return judgeBoots(sampleEvidence({bootedAt, ...change}), {incidents: []}, builtInCatalogue());
}

const lastEnding = (change: Partial<BootEvidence>): string | undefined => judge(change).boots[1]?.ending;

const panic: CrashDump = {
	source: 'pstore',
	path: '/sys/fs/pstore/dmesg-erst-1',
	reason: 'Panic',
	writtenAt: bootedAt - 60_000,
	records: [record('Kernel panic - not syncing: Fatal exception', {level: 0, monotonicSeconds: 86_341})],
};

describe('how the boot before ended', () => {
	test('a host that was shut down is not suspected, whatever its log complained of before', () => {
		const kernelTail = tail(
			'EXT4-fs error (device sda1): ext4_lookup:1700: inode #12: comm ls: deleted inode referenced: 13',
		);
		expect(lastEnding({journalBoots: [journalBoot({kernelTail, lastLines: shutdownEnd})]})).toBe('clean');
	});

	test('a journal that stopped only in the initramfs proves no shutdown', () => {
		const lastLines = [
			said('systemd-journald', 'Journal stopped'),
			said('systemd-journald', 'Journal started'),
			...ordinaryEnd,
		];
		expect(lastEnding({journalBoots: [journalBoot({lastLines})]})).toBe('unclean');
	});

	test('a program that merely prints the words does not make a stop clean', () => {
		const lastLines = [...ordinaryEnd, said('dockerd', 'Journal stopped'), said('app', 'reboot: Restarting system')];
		expect(lastEnding({journalBoots: [journalBoot({lastLines})]})).toBe('unclean');
	});

	test('a panic kept by pstore names the crash, and joins the end of the journal', () => {
		const {boots} = judge({journalBoots: [journalBoot({kernelTail: tail('usb 1-1: new device')})], dumps: [panic]});
		expect(boots[1]).toMatchObject({ending: 'panic'});
		expect(boots[1]?.records.map(({text}) => text)).toEqual([
			'usb 1-1: new device',
			'Kernel panic - not syncing: Fatal exception',
		]);
	});

	test('a panic of an earlier crash, still kept by pstore, does not explain a later stop', () => {
		const old = {...panic, writtenAt: bootedAt - 3 * day};
		const {boots} = judge({
			journalBoots: [
				journalBoot(),
				journalBoot({bootId: 'bb', index: -2, firstAt: bootedAt - 4 * day, lastAt: bootedAt - 3 * day}),
			],
			dumps: [old],
		});
		expect(boots.map(({ending}) => ending)).toEqual(['running', 'unclean', 'panic']);
	});

	test('the log pstore keeps of an ordinary shutdown is no crash', () => {
		expect(
			lastEnding({journalBoots: [journalBoot({lastLines: shutdownEnd})], dumps: [{...panic, reason: 'Shutdown'}]}),
		).toBe('clean');
	});

	test('an oops of the running boot is not told of the boot before', () => {
		const records = [record('Oops: 0000 [#1] SMP', {monotonicSeconds: 30})];
		const oops: CrashDump = {...panic, reason: 'Oops', writtenAt: bootedAt + 30_000, records};
		expect(lastEnding({journalBoots: [journalBoot()], dumps: [oops]})).toBe('unclean');
	});

	test('the kernel that saves the dump boots itself, and is not the one that crashed', () => {
		const dumping = journalBoot({
			bootId: 'cc',
			firstAt: bootedAt - 40_000,
			lastAt: bootedAt - 20_000,
			lastLines: shutdownEnd,
		});
		const crashed = journalBoot({bootId: 'aa', index: -2, lastAt: bootedAt - 60_000});
		const dump: CrashDump = {
			...panic,
			source: 'kdump',
			path: '/var/crash/1/dmesg.1',
			reason: null,
			writtenAt: bootedAt - 25_000,
		};
		const {boots} = judge({journalBoots: [dumping, crashed], dumps: [dump]});
		expect(boots.map(({bootId, ending}) => [bootId, ending]).slice(1)).toEqual([
			['cc', 'clean'],
			['aa', 'panic'],
		]);
	});

	test('a lockup at the end of the log is the probable reason; one hours before it is not', () => {
		const lockup = 'watchdog: BUG: soft lockup - CPU#3 stuck for 23s! [dockerd:1187]';
		expect(lastEnding({journalBoots: [journalBoot({kernelTail: tail(lockup)})]})).toBe('probable');
		const [line] = tail(lockup);
		const early = {...(line ?? record(lockup)), monotonicSeconds: 1000, at: null};
		expect(lastEnding({journalBoots: [journalBoot({kernelTail: [early, ...tail('usb 1-1: new device')]})]})).toBe(
			'unclean',
		);
	});

	test('a host shut down because it overheated was not simply shut down', () => {
		const kernelTail = tail('thermal thermal_zone0: acpitz: critical temperature reached, shutting down');
		expect(lastEnding({journalBoots: [journalBoot({kernelTail, lastLines: shutdownEnd})]})).toBe('heat');
	});

	test.each([
		['hardware', 'BERT: Error records from previous boot:'],
		['watchdog', 'x86/amd: Previous system reset reason [0x02000800]: hardware watchdog timer expired'],
	])('%s: firmware told the next boot', (ending, text) => {
		const firmwareLines = [record(text, {monotonicSeconds: 0.9})];
		expect(lastEnding({journalBoots: [journalBoot()], firmwareLines})).toBe(ending);
		expect(lastEnding({journalBoots: [journalBoot({lastLines: shutdownEnd})], firmwareLines})).toBe('clean');
	});

	test('a host without journal and wtmp still tells that its file system was not unmounted', () => {
		const history = judge({firmwareLines: [record('EXT4-fs (sda1): recovery complete', {monotonicSeconds: 2})]});
		expect(history.boots[1]).toMatchObject({index: -1, ending: 'unclean', startedAt: null});
	});

	test('where nothing could be read nothing is claimed, and it says why', () => {
		const sources = [
			{source: 'journal', state: 'not-permitted', detail: 'this account may not read the system journal'},
		] as const;
		const history = judge({journalBoots: [journalBoot({lastLines: []})], sources});
		expect(history.boots[1]).toMatchObject({ending: 'unknown', reason: 'this account may not read the system journal'});
	});
});

describe('boots of journal and wtmp', () => {
	test('are one boot when they started together, and the older ones come from wtmp alone', () => {
		const wtmpBoots = [wtmpBoot(0, {ending: 'running'}), wtmpBoot(1.0001), wtmpBoot(5, {ending: 'down'}), wtmpBoot(9)];
		const history = judge({journalBoots: [journalBoot()], wtmpBoots});
		expect(history.boots.map(({index, ending}) => [index, ending])).toEqual([
			[0, 'running'],
			[-1, 'unclean'],
			[-2, 'clean'],
			[-3, 'unclean'],
		]);
		expect(history.rememberedSince).toBe(bootedAt - 9 * day);
	});

	test('a hardware clock in local time does not make two boots of one', () => {
		const shifted = [wtmpBoot(0, {ending: 'running'}), wtmpBoot(1 + 2 / 24)];
		expect(judge({journalBoots: [journalBoot()], wtmpBoots: shifted}).boots).toHaveLength(2);
	});
});

describe('advice for the next time', () => {
	const absent = (source: 'journal' | 'pstore' | 'kdump') => ({source, state: 'absent', detail: 'none'}) as const;

	test('names what this host lacks and nothing that it has', () => {
		const wtmpBoots = [wtmpBoot(0, {ending: 'running'}), wtmpBoot(1)];
		const {advice} = judge({wtmpBoots, sources: [absent('journal'), absent('pstore')], panicTimeoutSeconds: 0});
		expect(advice).toContain('mkdir -p /var/log/journal');
		expect(advice).toContain('kernel.panic=10');
		expect(advice).not.toContain('kdump');
	});

	test('is none when the last stop is explained', () => {
		expect(
			judge({journalBoots: [journalBoot({lastLines: shutdownEnd})], sources: [absent('journal')]}).advice,
		).toBeNull();
	});
});
