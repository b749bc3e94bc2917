import {describe, expect, test} from 'vitest';
import {assessHost} from '../../source/health/assess-host.ts';
import type {BlockedTask, KernelCounters} from '../../source/model/kernel-counters.ts';
import {sampleCounters} from './sample-boots.ts';
import {failed, healthyInput, healthyReadings, now, ok} from './sample-host.ts';

const forbidden = failed('not-permitted', 'kernel log not permitted, tried dmesg');

function judged(counters: Partial<KernelCounters>, isLogRead = false): readonly string[] {
	const readings = healthyReadings({
		kernelCounters: ok(sampleCounters(counters)),
		...(isLogRead ? {} : {kernelLog: forbidden}),
	});
	return assessHost(healthyInput({readings})).map(({severity, id, summary}) => `${severity} ${id}: ${summary}`);
}

const task = (change: Partial<BlockedTask> = {}): BlockedTask => ({
	pid: 812,
	command: 'dockerd',
	waitsIn: 'copy_net_ns',
	switches: 7,
	since: now - 130_000,
	readings: 3,
	...change,
});

describe('a host whose kernel log is forbidden', () => {
	test('is never well, even when no counter is raised', () => {
		expect(judged({})).toEqual(['unknown kernel-log-forbidden: kernel log: not permitted, counters only: none raised']);
	});

	test('says what its counters say, and the one line that would grant the rights', () => {
		const readings = healthyReadings({
			kernelLog: forbidden,
			kernelCounters: ok(sampleCounters({oopsCount: 2, taint: 128, oomKills: 3})),
		});
		const findings = assessHost(healthyInput({readings, address: 'watcher@10.0.0.7:22'}));
		const log = findings.find(({id}) => id === 'kernel-log-forbidden');
		expect(log?.summary).toBe('kernel log: not permitted, counters only: 2 oopses, 3 killed for memory');
		expect(log?.evidence.slice(0, 4)).toEqual([
			'tainted: 128, an oops (D)',
			'oops_count: 2',
			'warn_count: 0',
			'oom_kill: 3',
		]);
		expect(log?.advice).toBe('Let the account read it: `sudo usermod -aG systemd-journal watcher`.');
		expect(findings.map(({severity, summary}) => `${severity} ${summary}`)).toEqual(
			expect.arrayContaining([
				'critical kernel had 2 oopses in this boot (log not readable)',
				expect.stringMatching(
					/^(?:warning|notice) 3 processes killed for memory since boot \(log not readable\)$/,
				) as string,
			]),
		);
	});

	test.each<[Partial<KernelCounters>, string]>([
		[{oopsCount: null, taint: 128}, 'critical oops-counted: kernel had an oops in this boot (log not readable)'],
		[
			{taint: 16_384},
			'warning soft-lockup-counted: a processor was stuck in the kernel in this boot (log not readable)',
		],
		[{taint: 32}, 'critical bad-page-counted: kernel found damaged memory pages in this boot (log not readable)'],
		[{taint: 16}, 'warning machine-check-counted: processor reported a hardware error in this boot (log not readable)'],
		[{warnCount: 1}, 'notice kernel-warning-counted: kernel warned of itself in this boot (log not readable)'],
		[
			{ext4Errors: [{device: 'sda1', count: 2, firstAt: now - 9e8, lastAt: now - 120_000}]},
			'critical ext4-errors-counted: sda1: 2 ext4 errors recorded, last 2m ago',
		],
		[
			{memoryErrors: [{controller: 'mc1', corrected: 41, uncorrected: 1}]},
			'critical memory-errors-counted: memory controller mc1: 1 uncorrected, 41 corrected errors',
		],
		[{degradedArrays: ['md127']}, 'warning array-degraded: array md127 runs without all its disks'],
		[{conntrack: {count: 262_144, limit: 262_144}}, 'critical conntrack-filling: connection table 100 % full'],
		[{blockedTasks: [task()]}, 'critical engine-task-blocked: dockerd stuck in the kernel for 2m'],
		[
			{blockedTasks: [task({readings: 2, since: now - 60_000})]},
			'warning engine-task-blocked: dockerd stuck in the kernel for 1m',
		],
	])('%j is found', (counters, expected) => {
		expect(judged(counters)).toContain(expected);
	});

	test('a task that waits at one moment is no trouble', () => {
		expect(judged({blockedTasks: [task({readings: 1, since: now})]})).toHaveLength(1);
	});

	test('modules from elsewhere taint a kernel and mean no harm', () => {
		// P, O, E: proprietary, out of tree, unsigned.
		expect(judged({taint: 1 + 4096 + 8192})).toHaveLength(1);
	});
});

describe('a host whose kernel log is read', () => {
	test('is well when nothing is counted, and what is counted is less certain than its log', () => {
		expect(judged({}, true)).toEqual([]);
		expect(judged({oopsCount: 1}, true)).toEqual([
			'warning oops-counted: kernel had 1 oops in this boot (no longer in its log)',
		]);
		expect(judged({warnCount: 3}, true)).toEqual([]);
	});
});
