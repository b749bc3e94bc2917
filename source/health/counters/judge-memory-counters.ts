/** Processes killed for memory, and memory that failed. */
import {formatDuration} from '../../support/format.ts';
import {isTold, whyCounted, type CountedFinding, type CounterContext} from './counter-context.ts';

const dayMs = 86_400_000;

/** The kernel counts kills of the whole host and of a container's limit together. */
export function judgeKills({input, counters, isLogRead}: CounterContext): readonly CountedFinding[] {
	const {oomKills, oomKillsRoseAt} = counters;
	if (oomKills === null || oomKills === 0 || isTold(input, /^oom-|^panic-oom/)) return [];
	const {vitals} = input.readings;
	const isYoung = vitals.kind === 'ok' && vitals.value.uptimeSeconds * 1000 < dayMs;
	const isRecent = isYoung || (oomKillsRoseAt !== null && input.now - oomKillsRoseAt < dayMs);
	return [
		{
			id: 'oom-counted',
			severity: isRecent ? 'warning' : 'notice',
			category: 'memory',
			summary: `${oomKills === 1 ? '1 process' : `${oomKills} processes`} killed for memory since boot ${whyCounted(isLogRead)}`,
			evidence: [
				`oom_kill: ${oomKills}`,
				...(oomKillsRoseAt === null ? [] : [`rose ${formatDuration(input.now - oomKillsRoseAt)} ago`]),
			],
			since: oomKillsRoseAt,
			count: oomKills,
			meaning: 'Memory ran out, of the host or of a container’s own limit: this counter does not tell which.',
			advice:
				'Read which: `sudo dmesg | grep -i "out of memory"`, and `docker inspect -f "{{.State.OOMKilled}}" CONTAINER`.',
		},
	];
}

export function judgeMemory({input, counters}: CounterContext): readonly CountedFinding[] {
	return counters.memoryErrors
		.filter(({uncorrected}) => !isTold(input, uncorrected > 0 ? /^edac-ue|^mem-poison/ : /^edac-/))
		.map(({controller, corrected, uncorrected}) => ({
			id: 'memory-errors-counted',
			severity: uncorrected > 0 ? ('critical' as const) : corrected >= 10 ? ('warning' as const) : ('notice' as const),
			category: 'hardware' as const,
			subject: controller,
			summary: `memory controller ${controller}: ${uncorrected > 0 ? `${uncorrected} uncorrected, ` : ''}${corrected} corrected errors`,
			evidence: [`ue_count: ${uncorrected}`, `ce_count: ${corrected}`],
			count: corrected + uncorrected,
			meaning:
				uncorrected > 0
					? 'Memory returned wrong data that could not be mended: what it held is lost, and it will happen again.'
					: 'Memory errors were mended by the hardware; many of them announce a module that will fail.',
			advice: 'Find the module with `grep . /sys/devices/system/edac/mc/mc*/dimm*/dimm_*` and have it replaced.',
		}));
}
