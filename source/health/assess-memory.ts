/** Warns before the kernel must kill: memory that can still be given out, as `MemAvailable` estimates it. */
import type {Finding} from '../model/finding.ts';
import {formatBytes, formatRatio} from '../support/format.ts';
import {freshValue} from './fresh-value.ts';
import type {HealthInput} from './health-input.ts';

const lowRatio = 0.05;

export function assessMemory(input: HealthInput): readonly Finding[] {
	const vitals = freshValue('vitals', input);
	if (vitals === null || vitals.memoryAvailableBytes === null || vitals.memoryTotalBytes <= 0) return [];
	const {memoryAvailableBytes, memoryTotalBytes, swapTotalBytes, swapFreeBytes, pressure} = vitals;
	const ratio = memoryAvailableBytes / memoryTotalBytes;
	if (ratio >= lowRatio) return [];
	const stalled =
		pressure.memory === null ? [] : [`tasks stalled for memory ${formatRatio(pressure.memory.some)} of the time`];
	return [
		{
			id: 'memory-low',
			severity: 'warning',
			category: 'memory',
			subject: '',
			summary: 'memory nearly used up',
			evidence: [
				`${formatBytes(memoryAvailableBytes)} of ${formatBytes(memoryTotalBytes)} available (${formatRatio(ratio)})`,
				`swap: ${formatBytes(swapFreeBytes)} of ${formatBytes(swapTotalBytes)} free`,
				...stalled,
			],
			since: null,
			count: 1,
			meaning:
				'Little memory is left to give out; soon the kernel kills a process of its choice, be it a container’s or the engine.',
			advice: 'See who uses it: `docker stats --no-stream`, `ps aux --sort=-rss | head`; limit or move the largest.',
		},
	];
}
