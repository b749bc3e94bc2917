/**
 * Judges by the kernel's counters what its log does not tell: all of it where the log is forbidden, and else what is
 * older than the log. An incident that tells of the same is enough.
 */
import type {Finding} from '../model/finding.ts';
import type {JudgeCounters} from './counters/counter-context.ts';
import {judgeOopses, judgeTaint, judgeWarnings} from './counters/judge-crash-counters.ts';
import {judgeKills, judgeMemory} from './counters/judge-memory-counters.ts';
import {judgeBlocked, judgeConntrack} from './counters/judge-present-counters.ts';
import {judgeArrays, judgeExt4} from './counters/judge-storage-counters.ts';
import {freshValue} from './fresh-value.ts';
import type {HealthInput} from './health-input.ts';

const judgements: readonly JudgeCounters[] = [
	judgeOopses,
	judgeTaint,
	judgeWarnings,
	judgeKills,
	judgeExt4,
	judgeMemory,
	judgeArrays,
	judgeBlocked,
	judgeConntrack,
];

export function assessCounters(input: HealthInput): readonly Finding[] {
	const counters = freshValue('kernelCounters', input);
	// The first lines of a log that is still awaited may tell it all.
	if (counters === null || input.readings.kernelLog.kind === 'pending') return [];
	const context = {input, counters, isLogRead: input.readings.kernelLog.kind === 'ok'};
	return judgements
		.flatMap((judge) => judge(context))
		.map((finding) => ({subject: '', since: null, count: 1, ...finding}));
}
