/** The host view between top and footer: header, rule, and the window of the open tab. */
import type {FleetState, HostState} from '../../fleet/fleet-state.ts';
import {hostContentRows} from '../../view-state/screen-layout.ts';
import type {DiskSelector} from '../../view-state/disk-page.ts';
import type {HostTab, ViewState} from '../../view-state/view-state.ts';
import {createDiskTab} from '../disk/disk-lines.ts';
import {fitLine, skipColumns} from '../fit-text.ts';
import {span, type Canvas, type Line, type Span} from '../line.ts';
import {linesOf, type LineList} from '../line-list.ts';
import {createContainerLines} from './container-lines.ts';
import {createFindingLines} from './finding-lines.ts';
import {createHostHeader} from './host-header.ts';
import {createKernelDetail, createKernelLines} from './kernel-lines.ts';
import {createStorageLines} from './storage-lines.ts';

export function createHostLines(
	view: ViewState,
	fleet: FleetState,
	badges: readonly Span[],
	selectDisk: DiskSelector,
	canvas: Canvas,
): readonly Line[] {
	if (view.route.kind !== 'host') return [];
	const {hostKey, tab} = view.route;
	const host = fleet.hosts.get(hostKey);
	if (host === undefined) return [[span(' This host is not in the picture. Esc goes back.', 'dim')]];
	return [
		...createHostHeader(host, tab, badges, canvas),
		[span('─'.repeat(canvas.columns), 'dim')],
		...createWindow(host, view, tab, selectDisk, canvas),
	];
}

/** All lines of a tab; the kernel log makes its own window and is not among them, an incident in full is. */
export function createTabLines(
	host: HostState,
	view: ViewState,
	tab: HostTab,
	selectDisk: DiskSelector,
	canvas: Canvas,
): LineList {
	switch (tab) {
		case 'kernel':
			return linesOf(view.kernel.isDetailOpen ? createKernelDetail(host, view, canvas) : []);
		case 'findings':
			return linesOf(createFindingLines(host, canvas, 'host-view'));
		case 'containers':
			return linesOf(createContainerLines(host, canvas));
		case 'disk':
			return createDiskTab(host, selectDisk(host), view.disk, canvas).lines;
		case 'storage':
			return linesOf(createStorageLines(host, canvas));
	}
}

function createWindow(
	host: HostState,
	view: ViewState,
	tab: HostTab,
	selectDisk: DiskSelector,
	canvas: Canvas,
): readonly Line[] {
	if (tab === 'kernel' && !view.kernel.isDetailOpen) return createKernelLines(host, view, canvas);
	const rows = hostContentRows(view.size);
	const lines = createTabLines(host, view, tab, selectDisk, canvas);
	const offset = Math.min(view.tabOffsets[tab], Math.max(0, lines.count - rows));
	const drawn = lines.slice(offset, offset + rows).map((line) => panned(line, view.pan));
	const below = lines.count - offset - rows;
	if (below > 0) drawn[rows - 1] = [span(` ↓ ${below + 1} more lines`, 'dim')];
	return drawn;
}

function panned(line: Line, byColumns: number): Line {
	if (byColumns === 0 || line.length === 0) return line;
	const text = line.map((part) => part.text).join('');
	return fitLine([span(skipColumns(text, byColumns))], Math.max(1, text.length));
}
