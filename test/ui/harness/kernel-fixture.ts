/** Kernel lines, incidents and boots as fixed data. Lines are as the kernel prints them (fs/ext4, kernel/panic.c). */
import type {HostState} from '../../../source/fleet/fleet-state.ts';
import type {Boot, BootHistory} from '../../../source/model/boots.ts';
import type {KernelIncident} from '../../../source/model/kernel-incident.ts';
import type {KernelRecord} from '../../../source/model/kernel-log.ts';
import {createFinding, createHost, fixtureNow, type HostDetails} from './host-fixture.ts';

const minuteMs = 60_000;

/** One line a second, the last one 10 minutes before the present of the fixture. */
export function createRecords(texts: readonly string[], details: Partial<KernelRecord> = {}): readonly KernelRecord[] {
	return texts.map((text, index) => ({
		sequence: index,
		facility: 0,
		level: 6,
		at: fixtureNow - 10 * minuteMs - (texts.length - 1 - index) * 1000,
		monotonicSeconds: 86_400 + index,
		text,
		...details,
	}));
}

export function createIncident(details: Partial<KernelIncident>): KernelIncident {
	const {id = 'ext4-error', subject = ''} = details;
	return {
		key: `${id} ${subject}`,
		id,
		severity: 'critical',
		category: 'filesystem',
		title: 'EXT4 error on sda1',
		subject,
		via: null,
		count: 1,
		isLowerBound: false,
		firstAt: null,
		lastAt: null,
		firstSeconds: null,
		lastSeconds: null,
		also: [],
		lines: [],
		state: 'open',
		followsKey: null,
		unverifiedOrigin: false,
		meaning: 'The file system found its own data wrong.',
		advice: 'Unmount it and run e2fsck.',
		source: 'fs/ext4/super.c of the kernel',
		...details,
	};
}

export function createBoot(details: Partial<Boot>): Boot {
	return {
		bootId: `b${details.index ?? -1}`,
		index: -1,
		startedAt: fixtureNow - 9 * 86_400_000,
		endedAt: fixtureNow - 86_400_000,
		ending: 'clean',
		reason: 'it was shut down',
		evidence: [],
		incidents: [],
		records: [],
		...details,
	};
}

export function createBootHistory(earlier: readonly Boot[], details: Partial<BootHistory> = {}): BootHistory {
	const running = createBoot({index: 0, endedAt: null, ending: 'running', reason: 'running'});
	return {boots: [running, ...earlier], sources: [], rememberedSince: null, advice: null, ...details};
}

const oops = [
	'kernel BUG at fs/ext4/inode.c:2721!',
	'invalid opcode: 0000 [#1] SMP NOPTI',
	'CPU: 3 PID: 2213 Comm: dockerd Tainted: G        W         6.1.0-50-amd64 #1  Debian 6.1.128-1 QEMU Standard PC',
	'RIP: 0010:ext4_writepages+0x9c1/0xdb0 [ext4]',
	'Call Trace:',
	' do_writepages+0xd1/0x1f0',
	' __filemap_fdatawrite_range+0x7e/0xb0',
	'---[ end trace 3a1b9c0d5e6f7a8b ]---',
];
const ext4 = 'EXT4-fs error (device sda9): ext4_find_entry:1455: inode #131075: comm node: reading directory lblock 0';
const quiet = Array.from({length: 24}, (_, index) => `veth${1000 + index}: renamed from eth${index}`);
const texts = [
	...quiet.slice(0, 6),
	...oops,
	...quiet.slice(6),
	ext4,
	...quiet.slice(0, 2),
	ext4,
	'docker0: port 1 up',
];

const panicTexts = [
	'sysrq: Trigger a crash',
	'Kernel panic - not syncing: sysrq triggered crash',
	'CPU: 1 PID: 4711 Comm: bash Kdump: loaded Not tainted 6.1.0-50-amd64 #1',
	'---[ end Kernel panic - not syncing: sysrq triggered crash ]---',
];

/** A host with two incidents in its log, one over, and two earlier boots of which the last one ended with a panic. */
export function createTroubledHost(name = 'web-07', details: HostDetails = {}): HostState {
	const records = createRecords(texts).map((record) =>
		record.text === quiet[20] ? {...record, lostBefore: 120} : record,
	);
	const timesOf = (wanted: readonly string[]): Partial<KernelIncident> => {
		const hits = records.filter(({text}) => wanted.includes(text));
		return {
			firstAt: hits[0]?.at ?? null,
			lastAt: hits.at(-1)?.at ?? null,
			firstSeconds: hits[0]?.monotonicSeconds ?? null,
			lastSeconds: hits.at(-1)?.monotonicSeconds ?? null,
			lines: wanted,
		};
	};
	const incidents = [
		createIncident({
			id: 'kernel-bug',
			title: 'Kernel BUG at fs/ext4/inode.c:2721 in ext4_writepages',
			category: 'kernel',
			via: 'ext4',
			also: ['oops'],
			meaning: 'The kernel hit a state it calls impossible; what the disk holds may be wrong.',
			advice: 'Move the work away and reboot; check the file system.',
			...timesOf(oops),
		}),
		createIncident({
			id: 'ext4-error',
			subject: 'sda9',
			title: 'EXT4 error on sda9',
			count: 10,
			isLowerBound: true,
			followsKey: 'kernel-bug ',
			...timesOf([ext4]),
		}),
		createIncident({
			id: 'nfs-server-down',
			subject: 'nas01',
			severity: 'warning',
			category: 'network',
			title: 'NFS server nas01 does not answer',
			state: 'over',
			firstAt: fixtureNow - 3_600_000,
			lastAt: fixtureNow - 3_000_000,
			lines: ['nfs: server nas01 not responding, still trying', 'nfs: server nas01 OK'],
		}),
	];
	const state = {
		...createHost(name, {severity: 'critical', kernelRecords: records, ...details}),
		incidents,
		bootHistory: createBootHistory([createPanickedBoot(), createBoot({index: -2})], {
			sources: [
				{source: 'journal', state: 'read', detail: '2 boots'},
				{source: 'pstore', state: 'not-permitted', detail: 'only root may read /sys/fs/pstore'},
				{source: 'kdump', state: 'absent', detail: 'no /var/crash'},
			],
			advice: 'Let the journal keep earlier boots: `sudo mkdir -p /var/log/journal`.',
		}),
	};
	return state;
}

/** The boot before: its journal ends with the panic that somebody asked for. */
export function createPanickedBoot(): Boot {
	const endedAt = fixtureNow - 2 * 86_400_000;
	const records = createRecords(panicTexts).map((record, index) => ({...record, at: endedAt - 4000 + index * 1000}));
	return createBoot({
		index: -1,
		startedAt: endedAt - 5 * 86_400_000,
		endedAt,
		ending: 'panic',
		reason: 'kernel panic: sysrq triggered crash',
		evidence: ['Kernel panic - not syncing: sysrq triggered crash'],
		incidents: [
			createIncident({
				id: 'panic-sysrq',
				severity: 'panic',
				category: 'kernel',
				title: 'Kernel panic: sysrq triggered crash',
				firstAt: endedAt - 3000,
				lastAt: endedAt - 3000,
				lines: panicTexts.slice(1),
				meaning: 'Somebody crashed the kernel on purpose.',
				advice: 'Ask who did; nothing is to be repaired.',
			}),
		],
		records,
	});
}

const forbiddenLog = {
	kind: 'failed',
	at: fixtureNow - 2000,
	reason: {
		code: 'not-permitted',
		message: 'kernel log not permitted, tried /dev/kmsg, dmesg; `sudo sysctl …` grants it',
	},
} as const;

/** A host whose account may not read the log, with what the kernel counts for everybody. */
export function createForbiddenHost(): HostState {
	const advice = 'Where there is a journal: `sudo usermod -aG systemd-journal ACCOUNT`.';
	const counters = {
		taint: 640,
		oopsCount: 1,
		warnCount: 3,
		oomKills: null,
		oomKillsRoseAt: null,
		ext4Errors: [{device: 'sda1', count: 4, firstAt: null, lastAt: null}],
		memoryErrors: [{controller: 'mc0', corrected: 12, uncorrected: 0}],
		degradedArrays: ['md0'],
		blockedTasks: [{pid: 812, command: 'dockerd', waitsIn: 'dm_suspend', switches: 7, since: fixtureNow, readings: 2}],
		conntrack: {count: 61_000, limit: 65_536},
	};
	return createHost('one', {
		readings: {kernelLog: forbiddenLog, kernelCounters: {kind: 'ok', at: fixtureNow, value: counters}},
		findings: [createFinding({id: 'kernel-log-forbidden', severity: 'unknown', category: 'kernel', advice})],
	});
}
