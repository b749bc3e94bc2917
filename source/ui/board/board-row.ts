/** One host as one line of the board. */
import type {Cell, HostRow} from '../../fleet/select-host-row.ts';
import {formatDuration} from '../../support/format.ts';
import {displayWidth, fitText, truncateText} from '../fit-text.ts';
import {span, type Canvas, type Line, type Span, type Tone} from '../line.ts';
import {severityGlyphs} from '../theme.ts';
import type {BoardColumns, Column} from './board-columns.ts';

export type RowMarks = {readonly selected: boolean; readonly marked: boolean};

export function createBoardRow(row: HostRow, columns: BoardColumns, canvas: Canvas, marks: RowMarks): Line {
	const why = row.moreFindings > 0 ? withCount(row.why, row.moreFindings, columns.whyWidth) : row.why;
	const quiet = row.severity === 'ok' || row.severity === 'notice';
	const spans: Span[] = [
		span(`${marks.selected ? '›' : ' '}${marks.marked ? '◆' : ' '}`, 'accent'),
		span(severityGlyphs[row.severity], row.severity),
		span(` ${fitText(row.name, columns.hostWidth)} `, row.unreachable || row.stale ? 'dim' : 'strong'),
		span(fitText(why, columns.whyWidth), quiet ? 'dim' : toneOfWhy(row)),
		...columns.columns.flatMap((column) => [span(' '), createCell(row, column, canvas)]),
	];
	return marks.selected ? inverted(spans) : merged(spans);
}

export function createColumnTitles(columns: BoardColumns, whyTitle: string): Line {
	const titles = columns.columns.map((column) => ` ${align(column.title, column)}`).join('');
	return [span(`    ${fitText('HOST', columns.hostWidth)} ${fitText(whyTitle, columns.whyWidth)}${titles}`, 'dim')];
}

function createCell(row: HostRow, column: Column, {now}: Canvas): Span {
	const age = (at: number | null): string => (at === null ? '–' : formatDuration(now - at));
	switch (column.name) {
		case 'since':
			return span(align(row.since === null ? '' : age(row.since), column), row.unreachable ? 'dim' : 'plain');
		case 'uptime':
			return span(align(age(row.bootedAt), column), row.bootedAt === null ? 'dim' : 'plain');
		case 'seen': {
			const late = row.lastHeardAt === null || now - row.lastHeardAt > 15_000;
			return span(align(age(row.lastHeardAt), column), row.unreachable ? 'unknown' : late ? 'warning' : 'dim');
		}
		default:
			return drawCell(row[column.name], column, now);
	}
}

/** A stale number carries its age, or a `~` where there is no room for it: dim alone would be colour alone. */
function drawCell(cell: Cell, column: Column, now: number): Span {
	switch (cell.kind) {
		case 'pending':
			return span(align('…', column), 'dim');
		case 'unknown':
			return span(align('–', column), 'dim');
		case 'failed':
			return span(align('!', column), 'warning');
		case 'value': {
			if (now < cell.staleFrom) return span(align(cell.text, column));
			const aged = `${cell.text} ${formatDuration(now - cell.at)}`;
			const showsAge = column.name !== 'engine' && column.name !== 'driver' && displayWidth(aged) <= column.width;
			return span(align(showsAge ? aged : `~${cell.text}`, column), 'dim');
		}
	}
}

function align(text: string, column: Column): string {
	const cut = truncateText(text, column.width);
	const padding = ' '.repeat(Math.max(0, column.width - displayWidth(cut)));
	return column.right ? padding + cut : cut + padding;
}

function withCount(why: string, more: number, width: number): string {
	const suffix = ` +${more}`;
	return `${truncateText(why, width - suffix.length)}${suffix}`;
}

function toneOfWhy(row: HostRow): Tone {
	return row.severity === 'critical' || row.severity === 'warning'
		? row.severity
		: row.unreachable || row.stale
			? 'unknown'
			: 'dim';
}

function inverted(spans: readonly Span[]): Line {
	return [span(spans.map((part) => part.text).join(''), 'inverse')];
}

/** Neighbouring spans of one tone made one, because every span costs drawing time. */
function merged(spans: readonly Span[]): Line {
	const line: Span[] = [];
	for (const part of spans) {
		const last = line.at(-1);
		const blank = part.text.trim() === '';
		if (last !== undefined && (last.tone === part.tone || blank)) {
			line[line.length - 1] = span(last.text + part.text, last.tone);
		} else line.push(part);
	}
	return line;
}
