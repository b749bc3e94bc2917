/** What is wrong with a host, worst first: summary, since when, evidence, what it means and what to do. */
import type {HostState} from '../../fleet/fleet-state.ts';
import type {Finding} from '../../model/finding.ts';
import {formatBrokenRung, isConnected} from '../../model/ladder.ts';
import {formatCount, formatDuration} from '../../support/format.ts';
import {wrapText} from '../fit-text.ts';
import {blankLine, span, type Canvas, type Line, type Tone} from '../line.ts';
import {severityGlyphs} from '../../model/severity-glyphs.ts';

/** In the host view the ladder stands above the findings; what it says is not said again below. */
export type FindingsPlace = 'pane' | 'host-view';

export function createFindingLines(host: HostState, canvas: Canvas, place: FindingsPlace): readonly Line[] {
	if (host.findings.length > 0) {
		const {broken} = host.ladder;
		const said = place === 'host-view' && broken !== null ? formatBrokenRung(broken.rung) : null;
		return host.findings.flatMap((finding) => createFinding(finding, said, canvas));
	}
	if (host.ladder.broken !== null) return [[span(host.ladder.broken.summary, 'unknown')]];
	if (!isConnected(host.ladder)) return [[span('Nothing is known of this host yet.', 'dim')]];
	if (host.severity === 'unknown') return [[span('Not everything is known of this host yet.', 'dim')]];
	return [[span(`${severityGlyphs.ok} Nothing is wrong as far as Sickbay can tell.`, 'ok')]];
}

function createFinding(finding: Finding, said: string | null, canvas: Canvas): readonly Line[] {
	const width = Math.max(20, canvas.columns - 4);
	const indented = (text: string, tone: Tone): readonly Line[] =>
		wrapText(text, width).map((line) => [span(`   ${line}`, tone)]);
	const evidence = finding.evidence.filter((line) => line !== said);
	const [first = '', ...more] = wrapText(finding.summary, width);
	return [
		[span(` ${severityGlyphs[finding.severity]} `, finding.severity), span(first, 'strong')],
		...more.map((line): Line => [span(`   ${line}`, 'strong')]),
		...indented(describe(finding, canvas.now), 'dim'),
		...evidence.flatMap((line) => wrapText(line, width - 2).map((part): Line => [span(`   │ ${part}`, 'notice')])),
		...indented(finding.meaning, 'plain'),
		...(finding.advice === '' ? [] : indented(`→ ${finding.advice}`, 'accent')),
		blankLine,
	];
}

function describe(finding: Finding, now: number): string {
	const parts: string[] = [finding.severity, finding.category];
	if (finding.subject !== '') parts.push(finding.subject);
	if (finding.since !== null) {
		parts.push(`since ${formatMoment(finding.since)} (${formatDuration(now - finding.since)})`);
	}
	if (finding.count > 1) parts.push(`${formatCount(finding.count)} times`);
	return parts.join(' · ');
}

/** `2026-03-01 14:02` in the time zone of this machine. */
export function formatMoment(at: number): string {
	const date = new Date(at);
	const two = (value: number): string => String(value).padStart(2, '0');
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
