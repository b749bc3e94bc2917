/** The text of each cell of the board, and how wide the cells of all rows are together. */
import {cellSigns, type Cell, type HostRow} from '../../fleet/select-host-row.ts';
import {formatDuration} from '../../support/format.ts';
import {displayWidth} from '../fit-text.ts';
import {span, type Span} from '../line.ts';
import type {ColumnName, ContentWidths} from './board-columns.ts';

/** Heard of longer ago than this, a host is late: it is asked every few seconds. */
const lateMs = 15_000;

/** The worst finding, and how many there are besides. */
export function formatWhy({why, moreFindings}: HostRow): string {
	return moreFindings > 0 ? `${why} +${moreFindings}` : why;
}

/** One cell, as wide as its text; a stale number without its age where that takes more than `room` columns. */
export function createCell(row: HostRow, name: ColumnName, now: number, room = Infinity): Span {
	switch (name) {
		case 'since':
			return span(row.since === null ? '' : formatAge(row.since, now), row.unreachable ? 'dim' : 'plain');
		case 'uptime':
			return span(formatAge(row.bootedAt, now), row.bootedAt === null ? 'dim' : 'plain');
		case 'seen': {
			const late = row.lastHeardAt === null || now - row.lastHeardAt > lateMs;
			return span(formatAge(row.lastHeardAt, now), row.unreachable ? 'unknown' : late ? 'warning' : 'dim');
		}
		case 'engine':
		case 'driver':
			return createValueCell(row[name], now, 0);
		default:
			return createValueCell(row[name], now, room);
	}
}

/** Of all rows, not only of those on the screen, so that columns stay where they are while rows scroll. */
export function measureCells(rows: readonly HostRow[], now: number): ContentWidths {
	const widths = {
		host: 0,
		why: 0,
		since: 0,
		engine: 0,
		driver: 0,
		root: 0,
		images: 0,
		kernel: 0,
		uptime: 0,
		containers: 0,
		seen: 0,
	};
	const names = Object.keys(widths).filter((name): name is ColumnName => name !== 'host' && name !== 'why');
	for (const row of rows) {
		widths.host = Math.max(widths.host, displayWidth(row.name));
		widths.why = Math.max(widths.why, displayWidth(formatWhy(row)));
		for (const name of names) widths[name] = Math.max(widths[name], displayWidth(createCell(row, name, now).text));
	}
	return widths;
}

/** A stale number carries its age, or a `~` where there is no room for it: dim alone would be colour alone. */
function createValueCell(cell: Cell, now: number, room: number): Span {
	if (cell.kind !== 'value') return span(cellSigns[cell.kind], cell.kind === 'failed' ? 'warning' : 'dim');
	if (now < cell.staleFrom) return span(cell.text);
	const aged = `${cell.text} ${formatDuration(now - cell.at)}`;
	return span(displayWidth(aged) <= room ? aged : `~${cell.text}`, 'dim');
}

function formatAge(at: number | null, now: number): string {
	return at === null ? cellSigns.unknown : formatDuration(now - at);
}
