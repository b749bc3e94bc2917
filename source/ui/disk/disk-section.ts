/** A section of the disk tab: its heading says of when it is, since when it is asked, or why there is nothing. */
import type {HostState} from '../../fleet/fleet-state.ts';
import type {HostDiskUsagePart} from '../../model/disk-usage.ts';
import {openSince, selectAskableParts, type AskedAt} from '../../view-state/disk-view.ts';
import {formatDuration} from '../../support/format.ts';
import {formatClock} from '../board/header-line.ts';
import {truncateText, wrapText} from '../fit-text.ts';
import {blankLine, span, type Canvas, type Line, type Span} from '../line.ts';
import {joinLists, linesOf, type LineList} from '../line-list.ts';

const dayMs = 86_400_000;

export type SectionFacts = {readonly host: HostState; readonly asked: AskedAt; readonly canvas: Canvas};

export type Section = {
	readonly part: HostDiskUsagePart;
	readonly title: string;
	/** Beside the title once it is known: counts and sums. */
	readonly summary: string;
	readonly body: LineList;
	/** What is said in place of an empty body. */
	readonly none: string;
};

export function createSection({part, title, summary, body, none}: Section, facts: SectionFacts): LineList {
	const {host, canvas} = facts;
	const reading = host.diskUsage[part];
	const head: Line = [span(` ${title}`, 'strong'), span(reading.kind === 'ok' ? ` ${summary}` : '')];
	const heading = linesOf([blankLine, [...head, ...createState(part, facts)]]);
	if (reading.kind === 'ok')
		return joinLists([heading, body.count === 0 ? linesOf([[span(`   ${none}`, 'dim')]]) : body]);
	if (reading.kind === 'pending') return heading;
	const reason = wrapText(reading.reason.message, canvas.columns - 5).map((line) => span(`   ${line}`, 'warning'));
	return joinLists([heading, linesOf(reason.map((line) => [line]))]);
}

/** Everything of one part that is not its value. */
export function createState(part: HostDiskUsagePart, {host, asked, canvas}: SectionFacts): readonly Span[] {
	const reading = host.diskUsage[part];
	const since = openSince(reading, asked[part]);
	const waiting = since === null ? '' : `asked ${formatDuration(canvas.now - since)} ago…`;
	if (reading.kind === 'pending') return [span(`  ${waiting || whyUnasked(part, host)}`, 'dim')];
	const again = waiting === '' ? '' : `, ${waiting.replace('asked', 'asked again')}`;
	return reading.kind === 'ok'
		? [span(`  as of ${formatMoment(reading.at, canvas.now)}${again}`, 'dim')]
		: [span(`  ▲ could not be read at ${formatMoment(reading.at, canvas.now)}${again}`, 'warning')];
}

function whyUnasked(part: HostDiskUsagePart, {ladder}: HostState): string {
	if (selectAskableParts(ladder).includes(part)) return 'not asked yet';
	return truncateText(`not asked: ${ladder.broken?.summary ?? 'the host is not reached yet'}`, 60);
}

/** The time of the day, with the day where it is not today's. */
export function formatMoment(at: number, now: number): string {
	const isToday = now - at < dayMs && new Date(at).getDate() === new Date(now).getDate();
	return isToday ? formatClock(at) : `${new Date(at).toISOString().slice(0, 10)} ${formatClock(at)}`;
}
