import {readFile} from 'node:fs/promises';
import {describe, expect, test} from 'vitest';
import {createAnswerReader, type ProbeAnswer} from '../../source/collectors/answer-reader.ts';
import {createCounterTrail} from '../../source/collectors/counter-trail.ts';
import {parseCounters} from '../../source/collectors/parse-counters.ts';
import {openProbe} from '../../source/collectors/probe.ts';
import type {BlockedTask} from '../../source/model/kernel-counters.ts';
import {sampleCounters} from '../health/sample-boots.ts';
import {createShellTransport, findShells} from './shell-transport.ts';

const at = Date.UTC(2026, 10, 20, 18, 0);

async function recorded(name: string): Promise<ProbeAnswer> {
	const bytes = await readFile(new URL(`fixtures/${name}`, import.meta.url));
	const [answer] = createAnswerReader(1e6).push(bytes);
	if (answer === undefined) throw new Error(`${name} holds no answer`);
	return answer.sections;
}

describe('what the kernel counts', () => {
	test('a sick host’s counters are read, and what is in order is left out', async () => {
		expect(parseCounters(await recorded('counters.txt'), at)).toEqual({
			taint: 640,
			oopsCount: 2,
			warnCount: 5,
			oomKills: 3,
			oomKillsRoseAt: null,
			ext4Errors: [
				{device: 'dm-3', count: 17, firstAt: null, lastAt: null},
				{device: 'sda1', count: 2, firstAt: 1_762_000_000_000, lastAt: 1_762_086_400_000},
			],
			memoryErrors: [{controller: 'mc1', corrected: 41, uncorrected: 1}],
			degradedArrays: ['md127'],
			blockedTasks: [
				{pid: 13_454, command: 'dockerd', waitsIn: 'kernel_clone', switches: 1, since: at, readings: 1},
				{pid: 13_455, command: 'containerd-shim', waitsIn: 'kernel_clone', switches: 1, since: at, readings: 1},
			],
			conntrack: {count: 0, limit: 2},
		});
	});

	test('a kernel that counts nothing of it leaves everything unknown', () => {
		expect(parseCounters(new Map(), at)).toEqual(
			sampleCounters({taint: null, oopsCount: null, warnCount: null, oomKills: null}),
		);
	});

	test('text in place of figures is not taken for any', () => {
		const hostile = parseCounters(
			new Map([
				['taint', '\u001B[2J'],
				['oom-kill', 'oom_kill 99999999999999999999'],
				['ext4-errors', '\u001B[31msda1\t3\tx\t-1\n'],
				['blocked', `12\t(a\u202E${'b'.repeat(300)})\t0\t`],
				['conntrack', '5\n0'],
			]),
			at,
		);
		expect(hostile.taint).toBeNull();
		expect(hostile.oomKills).toBeNull();
		expect(hostile.ext4Errors).toEqual([{device: 'sda1', count: 3, firstAt: null, lastAt: null}]);
		expect(hostile.blockedTasks[0]?.command).toHaveLength(40);
		expect(hostile.blockedTasks[0]?.command).not.toContain('\u202E');
		expect(hostile.blockedTasks[0]?.waitsIn).toBeNull();
		expect(hostile.conntrack).toBeNull();
	});

	test.runIf(process.platform === 'linux').each(findShells())(
		'login shell %s: the counters of this machine are read',
		async (_name, program) => {
			const probe = await openProbe(createShellTransport(program), {
				sudo: 'never',
				signal: new AbortController().signal,
			});
			const counters = parseCounters(await probe.ask('counters'), at);
			expect(counters.taint).not.toBeNull();
			expect(counters.oomKills).not.toBeNull();
			// The shell still answers what it is asked next.
			expect((await probe.ask('vitals')).get('loadavg')).toMatch(/^\d/);
			probe.close();
		},
	);
});

describe('from one reading to the next', () => {
	const task = (change: Partial<BlockedTask> = {}): BlockedTask => ({
		pid: 7,
		command: 'dockerd',
		waitsIn: 'copy_net_ns',
		switches: 12,
		since: at,
		readings: 1,
		...change,
	});

	test('a task that has not run since the last reading is stuck since then', () => {
		const follow = createCounterTrail();
		follow(sampleCounters({blockedTasks: [task()]}), at);
		follow(sampleCounters({blockedTasks: [task({since: at + 60_000})]}), at + 60_000);
		const third = follow(sampleCounters({blockedTasks: [task({since: at + 120_000})]}), at + 120_000);
		expect(third.blockedTasks).toEqual([task({since: at, readings: 3})]);
	});

	test('a task that merely waits for its disk each time it is looked at is not', () => {
		const follow = createCounterTrail();
		follow(sampleCounters({blockedTasks: [task()]}), at);
		const later = task({switches: 900, since: at + 60_000});
		expect(follow(sampleCounters({blockedTasks: [later]}), at + 60_000).blockedTasks).toEqual([later]);
	});

	test('a kill for memory while watching is remembered with its time', () => {
		const follow = createCounterTrail();
		expect(follow(sampleCounters({oomKills: 3}), at).oomKillsRoseAt).toBeNull();
		expect(follow(sampleCounters({oomKills: 4}), at + 60_000).oomKillsRoseAt).toBe(at + 60_000);
		expect(follow(sampleCounters({oomKills: 4}), at + 120_000).oomKillsRoseAt).toBe(at + 60_000);
	});
});
