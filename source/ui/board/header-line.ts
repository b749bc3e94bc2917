/** The first line of every view: what this is, how many hosts are in which state, and the time. */
import type {FleetCounts} from '../../fleet/select-fleet-counts.ts';
import type {Severity} from '../../model/finding.ts';
import {formatCount, formatDuration, formatPlural} from '../../support/format.ts';
import {displayWidth, fitLine, truncateText} from '../fit-text.ts';
import {span, type Line, type Span} from '../line.ts';
import {severityGlyphs} from '../../model/severity-glyphs.ts';

export type HeaderFacts = {
	readonly title: string;
	readonly demo: boolean;
	readonly counts: FleetCounts;
	/** One cause for many hosts, in words; it takes the place of what does not fit beside it. */
	readonly message: string | null;
	/** When the picture was frozen; null while it is live. */
	readonly frozenAt: number | null;
	/** Wall clock, not that of the frozen picture. */
	readonly now: number;
};

export function createHeaderLine(facts: HeaderFacts, columns: number): Line {
	const left: Span[] = [span(' sickbay', 'strong')];
	if (facts.title !== '') left.push(span(` · ${truncateText(facts.title, Math.floor(columns / 4))}`));
	if (facts.demo) left.push(span(' '), span(' DEMO ', 'badge'));
	if (facts.frozenAt !== null) {
		left.push(span(' '), span(` FROZEN ${formatDuration(facts.now - facts.frozenAt)} `, 'badge'));
	}
	const clock = span(` ${formatClock(facts.now)} `);
	const room = columns - widthOf(left) - displayWidth(clock.text) - 2;
	const middle = middleVariants(facts).find((variant) => widthOf(variant) <= room) ?? [];
	const gap = columns - widthOf(left) - widthOf(middle) - displayWidth(clock.text);
	return fitLine(
		[
			...left,
			span(' '.repeat(Math.max(1, Math.min(gap, 4)))),
			...middle,
			span(' '.repeat(Math.max(0, gap - 4))),
			clock,
		],
		columns,
	);
}

function middleVariants({counts, message}: HeaderFacts): readonly (readonly Span[])[] {
	if (message === null) return countVariants(counts);
	const said = span(`${severityGlyphs.warning} ${message}  `, 'warning');
	return [...countVariants(counts).map((variant) => [said, ...variant]), [said]];
}

/** The counts from most to least words; the first that fits is drawn. */
function countVariants(counts: FleetCounts): readonly (readonly Span[])[] {
	const {hosts, containerHosts, containers} = counts;
	const isWhole = containerHosts === hosts;
	const total = formatPlural(containers, 'container');
	const full = span(
		`  ${total}${isWhole ? '' : ` on ${formatCount(containerHosts)} of ${formatPlural(hosts, 'host')}`}`,
	);
	const short = span(`  ${isWhole ? '' : '≥ '}${total}`);
	const worded = countSpans(counts, true);
	const bare = countSpans(counts, false);
	return [[...worded, full], [...worded, short], [...bare, full], [...bare, short], worded, bare];
}

function countSpans(counts: FleetCounts, worded: boolean): readonly Span[] {
	if (counts.hosts === 0) return [span('no hosts', 'dim')];
	const part = (severity: Severity, count: number, word: string, always: boolean): readonly Span[] =>
		count === 0 && !always
			? []
			: [
					span(
						`${severityGlyphs[severity]} ${formatCount(count)}${worded ? ` ${word}` : ''}  `,
						count === 0 ? 'dim' : severity,
					),
				];
	return [
		...part('critical', counts.critical, 'critical', true),
		...part('warning', counts.warning, 'warning', true),
		...part('ok', counts.ok, 'ok', true),
		...(worded
			? [
					...part('unknown', counts.unreachable, 'unreachable', false),
					...part('unknown', counts.unknown, 'unknown', false),
				]
			: part('unknown', counts.unreachable + counts.unknown, '', false)),
	];
}

function widthOf(spans: readonly Span[]): number {
	return spans.reduce((sum, part) => sum + displayWidth(part.text), 0);
}

/** `14:02:11` in the time zone of this machine. */
export function formatClock(at: number): string {
	return new Date(at).toTimeString().slice(0, 8);
}
