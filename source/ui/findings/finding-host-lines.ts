/** The hosts of one folded finding, each with its own words for it. */
import type {FleetState} from '../../fleet/fleet-state.ts';
import type {FoldedFinding} from '../../fleet/select-folded-findings.ts';
import {severityGlyphs} from '../../model/severity-glyphs.ts';
import {formatDuration, formatPlural} from '../../support/format.ts';
import type {FindingsPage} from '../../view-state/select-findings-page.ts';
import {displayWidth, fitText, wrapText} from '../fit-text.ts';
import {span, type Canvas, type Line} from '../line.ts';
import {listWindow} from './list-window.ts';

export function createFindingHostLines(
	{fold, hostKeys, index}: Extract<FindingsPage, {kind: 'hosts'}>,
	fleet: FleetState,
	canvas: Canvas,
	rows: number,
): readonly Line[] {
	const {severity} = fold.worst;
	const advice = createAdviceLines(fold.worst, canvas, rows);
	const {from, to} = listWindow(hostKeys.length, index, rows - 1 - advice.length);
	const head: Line = [
		span(`  ${severityGlyphs[severity]} `, severity),
		span(fold.summary, 'strong'),
		span(` · ${formatPlural(hostKeys.length, 'host')}`, 'dim'),
	];
	const members = hostKeys.slice(from, to).map((key) => ({
		name: fleet.hosts.get(key)?.host.name ?? key,
		findings: fold.members.filter(({hostKey}) => hostKey === key).map(({finding}) => finding),
	}));
	const nameWidth = Math.min(28, Math.max(4, ...members.map(({name}) => displayWidth(name))));
	const summaryWidth = canvas.columns - 4 - nameWidth - 1 - 6;
	const titles = `    ${fitText('HOST', nameWidth)} ${fitText('FINDING', summaryWidth)} ${'FOR'.padStart(5)}`;
	const lines = members.map(({name, findings}, position): Line => {
		const [worst = fold.worst, ...others] = findings;
		const more = others.length === 0 ? '' : ` +${others.length}`;
		const summary = fitText(worst.summary, summaryWidth - more.length) + more;
		const since = worst.since === null ? '' : formatDuration(canvas.now - worst.since);
		const text = ` ${fitText(name, nameWidth)} ${summary} ${since.padStart(5)}`;
		const selected = from + position === index;
		return [
			span(`${selected ? '›' : ' '} `, 'accent'),
			span(severityGlyphs[worst.severity], worst.severity),
			span(text, selected ? 'inverse' : 'plain'),
		];
	});
	return [head, ...advice, [span(titles, 'dim')], ...lines];
}

/** What the worst of them means and what to do; the hosts keep two thirds of the screen. */
function createAdviceLines({meaning, advice}: FoldedFinding['worst'], canvas: Canvas, rows: number): readonly Line[] {
	const width = canvas.columns - 5;
	const lines = [
		...wrapText(meaning, width).map((line) => span(`    ${line}`)),
		...(advice === '' ? [] : wrapText(`→ ${advice}`, width).map((line) => span(`    ${line}`, 'accent'))),
	];
	return lines.slice(0, Math.floor(rows / 3)).map((line) => [line]);
}
