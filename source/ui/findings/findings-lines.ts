/** The findings of all hosts, each kind of trouble on one line with the hosts that have it. */
import type {FleetState} from '../../fleet/fleet-state.ts';
import type {FoldedFinding} from '../../fleet/select-folded-findings.ts';
import {severityGlyphs} from '../../model/severity-glyphs.ts';
import {formatCount, formatDuration} from '../../support/format.ts';
import {boardListRows} from '../../view-state/screen-layout.ts';
import type {FindingsSelector} from '../../view-state/select-findings-page.ts';
import type {ViewState} from '../../view-state/view-state.ts';
import {displayWidth, fitText} from '../fit-text.ts';
import {span, type Canvas, type Line} from '../line.ts';
import {createFindingHostLines} from './finding-host-lines.ts';
import {listWindow} from './list-window.ts';

/** Lines of the view without header and footer. */
export function createFindingsLines(
	view: ViewState,
	fleet: FleetState,
	findings: FindingsSelector,
	canvas: Canvas,
): readonly Line[] {
	const page = findings.page(view, fleet);
	if (page.kind === 'gone') return [[span(' No host has this finding any more. Esc goes back.', 'dim')]];
	if (page.kind === 'hosts') return createFindingHostLines(page, fleet, canvas, boardListRows(view.size));
	const {folds, index} = page;
	const {from, to} = listWindow(folds.length, index, boardListRows(view.size));
	const rows = folds.slice(from, to).map((fold) => createRow(fold, findings.names(fold, fleet), canvas));
	const widths = selectWidths(rows, canvas.columns);
	const titles = createCells({summary: 'FINDING', names: 'ON', count: 'HOSTS', since: 'FOR'}, widths);
	return [
		[span(`    ${titles.join(' ')}`, 'dim')],
		...rows.map((row, position) => createRowLine(row, widths, from + position === index)),
		...(folds.length === 0 ? [[], emptyLine(view, fleet)] : []),
	];
}

type Cells = {readonly summary: string; readonly names: string; readonly count: string; readonly since: string};
type Row = Cells & {readonly severity: FoldedFinding['worst']['severity']};
type Widths = Readonly<Record<keyof Cells, number>>;

function createRow(fold: FoldedFinding, names: readonly string[], {now}: Canvas): Row {
	return {
		severity: fold.worst.severity,
		summary: fold.summary,
		names: names.join(' '),
		count: formatCount(fold.hostKeys.length),
		since: fold.since === null ? '' : formatDuration(now - fold.since),
	};
}

/** The finding gets what it needs, or three fifths where the names need the rest. */
function selectWidths(rows: readonly Row[], columns: number): Widths {
	const widest = (name: keyof Cells, least: number): number =>
		rows.reduce((most, row) => Math.max(most, displayWidth(row[name])), least);
	const count = widest('count', 5);
	const since = widest('since', 4);
	const left = columns - 4 - count - since - 3;
	const summary = Math.min(widest('summary', 8) + 2, Math.max(left - widest('names', 8), Math.floor(left * 0.6)));
	return {summary, names: left - summary, count, since};
}

/** The finding, and the cells after it. */
function createCells({summary, names, count, since}: Cells, widths: Widths): readonly [string, string] {
	const facts = `${fitText(names, widths.names)} ${count.padStart(widths.count)} ${since.padStart(widths.since)}`;
	return [fitText(summary, widths.summary), facts];
}

function createRowLine(row: Row, widths: Widths, selected: boolean): Line {
	const [summary, facts] = createCells(row, widths);
	const signs: Line = [span(`${selected ? '›' : ' '} `, 'accent'), span(severityGlyphs[row.severity], row.severity)];
	if (selected) return [...signs, span(` ${summary} ${facts}`, 'inverse')];
	return [...signs, span(` ${summary} `, row.severity === 'notice' ? 'dim' : row.severity), span(facts)];
}

function emptyLine(view: ViewState, fleet: FleetState): Line {
	if (fleet.hosts.size === 0) return [span('    No hosts yet.', 'dim')];
	if (view.filterText !== '') return [span(`    No finding matches "${view.filterText}".`, 'dim')];
	if (view.onlySick) return [span('    Nothing worse than a notice, as far as the hosts are known.', 'dim')];
	return [span('    No findings, as far as the hosts are known.', 'dim')];
}
