/** Maps what is left of a host's boots and what its kernel counts to the report's shape, field by field. */
import {formatIsoTime} from '../health/format-iso-time.ts';
import type {Boot, BootHistory} from '../model/boots.ts';
import type {KernelCounters} from '../model/kernel-counters.ts';
import {valueOf} from '../model/reading.ts';
import type {HostReadings} from '../model/readings.ts';
import type {ReportBoot, ReportCounters, ReportHost} from './report.ts';

export function mapKernelEvidence(
	{kernelCounters}: HostReadings,
	history: BootHistory | null,
): Pick<ReportHost, 'kernelCounters' | 'boots'> {
	const counters = valueOf(kernelCounters);
	return {
		kernelCounters: counters === null ? null : mapCounters(counters),
		boots: history?.boots.map(mapBoot) ?? null,
	};
}

function mapCounters(counters: KernelCounters): ReportCounters {
	const {taint, oopsCount, warnCount, oomKills, degradedArrays, conntrack} = counters;
	return {
		taint,
		oopsCount,
		warnCount,
		oomKills,
		ext4Errors: counters.ext4Errors.map(({device, count, firstAt, lastAt}) => ({
			device,
			count,
			firstAt: timeOf(firstAt),
			lastAt: timeOf(lastAt),
		})),
		memoryErrors: counters.memoryErrors.map(({controller, corrected, uncorrected}) => ({
			controller,
			corrected,
			uncorrected,
		})),
		degradedArrays,
		blockedTasks: counters.blockedTasks.map(({pid, command, waitsIn, readings}) => ({pid, command, waitsIn, readings})),
		conntrack: conntrack === null ? null : {count: conntrack.count, limit: conntrack.limit},
	};
}

function mapBoot({bootId, index, startedAt, endedAt, ending, reason, incidents}: Boot): ReportBoot {
	return {
		bootId,
		index,
		startedAt: timeOf(startedAt),
		endedAt: timeOf(endedAt),
		ending,
		reason,
		incidents: incidents.map(({id, severity, title, count, firstAt, lastAt}) => ({
			id,
			severity,
			title,
			count,
			first: timeOf(firstAt),
			last: timeOf(lastAt),
		})),
	};
}

function timeOf(at: number | null): string | null {
	return at === null ? null : formatIsoTime(at);
}
