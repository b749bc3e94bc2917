/** Turns the probe's `counters` into figures; whatever the kernel does not offer stays null or is left out. */
import type {BlockedTask, KernelCounters} from '../model/kernel-counters.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import type {ProbeAnswer} from './answer-reader.ts';

const listLimit = 64;

/**
 * `at`, milliseconds since the epoch, is when the answer came: a blocked task is seen since then, for the first time.
 * `createCounterTrail` knows better when it was seen before.
 */
export function parseCounters(answer: ProbeAnswer, at: number): KernelCounters {
	const text = (section: string): string => answer.get(section) ?? '';
	return {
		taint: parseCount(text('taint')),
		oopsCount: parseCount(text('oops-count')),
		warnCount: parseCount(text('warn-count')),
		oomKills: parseCount(text('oom-kill').replace(/^oom_kill /, '')),
		oomKillsRoseAt: null,
		ext4Errors: rowsOf(text('ext4-errors')).flatMap(parseExt4Errors),
		memoryErrors: parseMemoryErrors(text('memory-errors')),
		degradedArrays: rowsOf(text('degraded')).flatMap(([row = '']) => {
			const device = /^\/sys\/block\/([^/]+)\/md\/degraded:[1-9]/.exec(row)?.[1];
			return device === undefined ? [] : [sanitiseLine(device, 60)];
		}),
		blockedTasks: rowsOf(text('blocked')).flatMap((row) => parseBlockedTask(row, at)),
		conntrack: parseConntrack(text('conntrack')),
	};
}

function rowsOf(text: string): readonly (readonly string[])[] {
	return text
		.split('\n', listLimit)
		.filter((line) => line.trim() !== '')
		.map((line) => line.split('\t'));
}

function parseCount(text: string | undefined): number | null {
	const digits = text?.trim() ?? '';
	return /^\d{1,16}$/.test(digits) ? Number(digits) : null;
}

/** Times are seconds since the epoch, 0 when never set (linux fs/ext4/sysfs.c). */
function parseExt4Errors([device, rawCount, first, last]: readonly string[]): KernelCounters['ext4Errors'] {
	const count = parseCount(rawCount);
	if (device === undefined || device === '' || count === null || count === 0) return [];
	return [{device: sanitiseLine(device, 60), count, firstAt: parseTime(first), lastAt: parseTime(last)}];
}

function parseTime(text: string | undefined): number | null {
	const seconds = parseCount(text);
	return seconds === null || seconds === 0 || seconds > 1e11 ? null : seconds * 1000;
}

/** `…/mc/mc0/ce_count:3` (linux drivers/edac/edac_mc_sysfs.c); controllers that have counted nothing are left out. */
function parseMemoryErrors(text: string): KernelCounters['memoryErrors'] {
	const counts = new Map<string, {corrected: number; uncorrected: number}>();
	for (const [row = ''] of rowsOf(text)) {
		const match = /\/mc\/(mc\d{1,4})\/([cu])e_count:(\d{1,16})$/.exec(row.trim());
		if (!match) continue;
		const controller = match[1] ?? '';
		const known = counts.get(controller) ?? {corrected: 0, uncorrected: 0};
		known[match[2] === 'c' ? 'corrected' : 'uncorrected'] = Number(match[3]);
		counts.set(controller, known);
	}
	return [...counts]
		.filter(([, {corrected, uncorrected}]) => corrected + uncorrected > 0)
		.map(([controller, errors]) => ({controller, ...errors}));
}

/** An account that may not see where a task waits reads `0` (linux fs/proc/base.c, proc_pid_wchan). */
function parseBlockedTask(
	[rawPid, command = '', waitsIn = '', switches]: readonly string[],
	at: number,
): readonly BlockedTask[] {
	const pid = parseCount(rawPid);
	if (pid === null) return [];
	const place = sanitiseLine(waitsIn.trim(), 60);
	return [
		{
			pid,
			command: sanitiseLine(command.replace(/^\((.*)\)$/, '$1'), 40),
			waitsIn: place === '' || place === '0' ? null : place,
			switches: parseCount(switches),
			since: at,
			readings: 1,
		},
	];
}

function parseConntrack(text: string): KernelCounters['conntrack'] {
	const [count, limit] = text.trim().split('\n').map(parseCount);
	return typeof count === 'number' && typeof limit === 'number' && limit > 0 ? {count, limit} : null;
}
