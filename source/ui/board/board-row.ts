/** One host as one line of the board. */
import type {HostRow} from '../../fleet/select-host-row.ts';
import {displayWidth, fitText, truncateText} from '../fit-text.ts';
import {span, type Canvas, type Line, type Span, type Tone} from '../line.ts';
import {severityGlyphs} from '../../model/severity-glyphs.ts';
import {createCell, formatWhy} from './board-cells.ts';
import type {BoardColumns, Column} from './board-columns.ts';

export type RowMarks = {readonly selected: boolean; readonly marked: boolean};

export function createBoardRow(row: HostRow, columns: BoardColumns, {now}: Pick<Canvas, 'now'>, marks: RowMarks): Line {
	const quiet = row.severity === 'ok' || row.severity === 'notice';
	const signs: Line = [
		span(`${marks.selected ? '›' : ' '}${marks.marked ? '◆' : ' '}`, 'accent'),
		span(severityGlyphs[row.severity], row.severity),
	];
	const cells: Line = [
		span(` ${fitText(row.name, columns.hostWidth)} `, row.unreachable || row.stale ? 'dim' : 'strong'),
		span(fitText(fitWhy(row, columns.whyWidth), columns.whyWidth), quiet ? 'dim' : toneOfWhy(row)),
		...columns.columns.flatMap((column) => {
			const {text, tone} = createCell(row, column.name, now, column.width);
			return [span(' '.repeat(columns.gap)), span(align(text, column), tone)];
		}),
	];
	// The signs keep their colour: a cursor that hides how sick its host is would be in the way.
	return marks.selected ? [...merged(signs), inverted(cells)] : merged([...signs, ...cells]);
}

export function createColumnTitles(columns: BoardColumns, whyTitle: string): Line {
	const gap = ' '.repeat(columns.gap);
	const titles = columns.columns.map((column) => `${gap}${align(column.title, column)}`).join('');
	return [span(`    ${fitText('HOST', columns.hostWidth)} ${fitText(whyTitle, columns.whyWidth)}${titles}`, 'dim')];
}

function align(text: string, column: Column): string {
	const cut = truncateText(text, column.width);
	const padding = ' '.repeat(Math.max(0, column.width - displayWidth(cut)));
	return column.right ? padding + cut : cut + padding;
}

/** When it must be cut, the number of further findings stays. */
function fitWhy(row: HostRow, width: number): string {
	const suffix = formatWhy({...row, why: ''});
	return `${truncateText(row.why, width - suffix.length)}${suffix}`;
}

function toneOfWhy(row: HostRow): Tone {
	return row.severity === 'critical' || row.severity === 'warning'
		? row.severity
		: row.unreachable || row.stale
			? 'unknown'
			: 'dim';
}

function inverted(spans: readonly Span[]): Span {
	return span(spans.map((part) => part.text).join(''), 'inverse');
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
