/** What the kernel counts for everybody to read, for hosts whose log is forbidden: evidence, never a clean bill. */
import type {HostState} from '../../fleet/fleet-state.ts';
import type {KernelCounters} from '../../model/kernel-counters.ts';
import {valueOf} from '../../model/reading.ts';
import {formatCount, formatPlural} from '../../support/format.ts';
import {wrapText} from '../fit-text.ts';
import {blankLine, span, type Canvas, type Line} from '../line.ts';

export function createCounterLines(host: HostState, canvas: Canvas): readonly Line[] {
	const counters = valueOf(host.readings.kernelCounters);
	if (counters === null) return [];
	return [
		blankLine,
		[span(' What the kernel counts for everybody to read', 'strong'), span(': no proof of health', 'dim')],
		...describe(counters).flatMap((text) =>
			wrapText(text, canvas.columns - 4).map((line): Line => [span(`   ${line}`)]),
		),
	];
}

function describe(counters: KernelCounters): readonly string[] {
	const {oopsCount, warnCount, oomKills, taint, memoryErrors, degradedArrays, blockedTasks, conntrack} = counters;
	const counts = [
		`oopses ${number(oopsCount)}`,
		`warnings ${number(warnCount)}`,
		`kills for memory ${number(oomKills)}`,
		`taint ${taint === null ? 'not known' : describeTaint(taint)}`,
	];
	return [
		counts.join(' · '),
		...counters.ext4Errors.map(({device, count}) => `${device}: ${formatPlural(count, 'ext4 error')}, over all boots`),
		...memoryErrors.map(
			({controller, corrected, uncorrected}) =>
				`${controller}: ${formatPlural(corrected, 'memory error')} corrected, ${formatCount(uncorrected)} not`,
		),
		...(degradedArrays.length === 0 ? [] : [`arrays without all their disks: ${degradedArrays.join(', ')}`]),
		...blockedTasks.map(
			({pid, command, waitsIn}) => `${command} (${pid}) cannot be interrupted${waitsIn === null ? '' : `: ${waitsIn}`}`,
		),
		...(conntrack === null
			? []
			: [`connection table ${formatCount(conntrack.count)} of ${formatCount(conntrack.limit)}`]),
	];
}

function number(count: number | null): string {
	return count === null ? 'not known' : formatCount(count);
}

/** The bits that tell of trouble, after Documentation/admin-guide/tainted-kernels.rst of the kernel. */
const taintWords: readonly (readonly [number, string])[] = [
	[4, 'machine check'],
	[5, 'bad page'],
	[7, 'has oopsed'],
	[9, 'has warned'],
	[14, 'soft lockup'],
];

function describeTaint(taint: number): string {
	const words = taintWords.flatMap(([bit, word]) => (Math.floor(taint / 2 ** bit) % 2 === 1 ? [word] : []));
	return words.length === 0 ? String(taint) : `${taint} (${words.join(', ')})`;
}
