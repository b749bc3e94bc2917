/** The ward board between header and footer: column titles, the window of rows, and a side pane on wide screens. */
import type {FleetState} from '../../fleet/fleet-state.ts';
import {selectHostKeyReviews} from '../../fleet/select-host-key-reviews.ts';
import {sortTitles} from '../../fleet/select-host-order.ts';
import {selectHostRow} from '../../fleet/select-host-row.ts';
import {boardListRows, sidePaneColumns} from '../../view-state/screen-layout.ts';
import {selectCurrentHostKey, type ViewState} from '../../view-state/view-state.ts';
import {formatPlural} from '../../support/format.ts';
import {fitLine} from '../fit-text.ts';
import {createFindingLines} from '../host/finding-lines.ts';
import {blankLine, span, type Canvas, type Line} from '../line.ts';
import {measureCells} from './board-cells.ts';
import {selectBoardColumns} from './board-columns.ts';
import {createBoardRow, createColumnTitles} from './board-row.ts';

/** Lines of the board without header and footer: always one for the titles and `boardListRows` more. */
export function createBoardLines(view: ViewState, fleet: FleetState, canvas: Canvas): readonly Line[] {
	const pane = sidePaneColumns(view.size);
	const width = canvas.columns - (pane === 0 ? 0 : pane + 2);
	const rows = boardListRows(view.size);
	const left = createListLines(view, fleet, {...canvas, columns: width}, rows);
	if (pane === 0) return left;
	const right = createPaneLines(view, fleet, {...canvas, columns: pane - 1}, rows + 1);
	return left.map((line, index) => [
		...fitLine(line, width),
		span(' │ ', 'dim'),
		...fitLine(right[index] ?? blankLine, pane - 1),
	]);
}

function createListLines(view: ViewState, fleet: FleetState, canvas: Canvas, rows: number): readonly Line[] {
	const hostRows = view.order.flatMap((key) => {
		const host = fleet.hosts.get(key);
		return host === undefined ? [] : [selectHostRow(host)];
	});
	const columns = selectBoardColumns(canvas.columns, measureCells(hostRows, canvas.now));
	const selected = selectCurrentHostKey(view);
	const drawn = hostRows.slice(view.top, view.top + rows).map((row) => {
		const marks = {selected: row.key === selected, marked: view.marks.has(row.key)};
		return createBoardRow(row, columns, canvas, marks);
	});
	const empty = drawn.length === 0 ? [blankLine, emptyLine(view, fleet)] : [];
	const lines = [createColumnTitles(columns, whyTitle(view, fleet)), ...drawn, ...empty].slice(0, rows + 1);
	return [...lines, ...Array.from({length: rows + 1 - lines.length}, () => blankLine)];
}

function whyTitle(view: ViewState, fleet: FleetState): string {
	const filtered = view.order.length < fleet.hosts.size ? ` · ${view.order.length} of ${fleet.hosts.size} hosts` : '';
	const sorted = view.sort === 'severity' ? '' : ` · by ${sortTitles[view.sort]}`;
	const waiting = selectHostKeyReviews(fleet).filter(({isAcceptable}) => isAcceptable).length;
	const keys = waiting === 0 ? '' : ` · K: ${formatPlural(waiting, 'unknown host key')}`;
	return `WHY${keys}${filtered}${sorted}`;
}

function emptyLine(view: ViewState, fleet: FleetState): Line {
	if (fleet.hosts.size === 0) return [span('    No hosts yet.', 'dim')];
	const cause = view.filterText === '' ? 'No host is sick.' : `No host matches "${view.filterText}".`;
	return [span(`    ${cause} Press Esc to show all ${fleet.hosts.size}.`, 'dim')];
}

function createPaneLines(view: ViewState, fleet: FleetState, canvas: Canvas, rows: number): readonly Line[] {
	const key = selectCurrentHostKey(view);
	const host = key === null ? undefined : fleet.hosts.get(key);
	if (host === undefined) return [];
	const lines: Line[] = [[span(host.host.name, 'strong')], ...createFindingLines(host, canvas, 'pane')];
	if (lines.length <= rows) return lines;
	return [...lines.slice(0, rows - 1), [span('… Enter shows the rest', 'dim')]];
}
