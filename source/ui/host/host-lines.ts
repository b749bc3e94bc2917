/** The host view between top and footer: header, rule, and the window of the open tab. */
import type {FleetState, HostState} from '../../fleet/fleet-state.ts';
import type {HostKey} from '../../model/host.ts';
import {hostContentRows} from '../../view-state/screen-layout.ts';
import type {HostTab, ViewState} from '../../view-state/view-state.ts';
import {fitLine, skipColumns} from '../fit-text.ts';
import {span, type Canvas, type Line, type Span} from '../line.ts';
import {createContainerLines} from './container-lines.ts';
import {createDiskLines} from './disk-lines.ts';
import {createFindingLines} from './finding-lines.ts';
import {createHostHeader} from './host-header.ts';
import {createKernelDetail, createKernelLines} from './kernel-lines.ts';
import {createStorageLines} from './storage-lines.ts';

export type OpenHost = {readonly hostKey: HostKey; readonly tab: HostTab};

export function createHostLines(
	view: ViewState,
	open: OpenHost,
	fleet: FleetState,
	badges: readonly Span[],
	canvas: Canvas,
): readonly Line[] {
	const host = fleet.hosts.get(open.hostKey);
	if (host === undefined) return [[span(' This host is not in the picture. Esc goes back.', 'dim')]];
	return [
		...createHostHeader(host, open.tab, badges, canvas),
		[span('─'.repeat(canvas.columns), 'dim')],
		...createWindow(host, view, open.tab, canvas),
	];
}

/** All lines of a tab; the kernel log makes its own window and is not among them, an incident in full is. */
export function createTabLines(host: HostState, view: ViewState, tab: HostTab, canvas: Canvas): readonly Line[] {
	switch (tab) {
		case 'kernel':
			return view.kernel.isDetailOpen ? createKernelDetail(host, view, canvas) : [];
		case 'findings':
			return createFindingLines(host, canvas, 'host-view');
		case 'containers':
			return createContainerLines(host, canvas);
		case 'disk':
			return createDiskLines(host, canvas);
		case 'storage':
			return createStorageLines(host, canvas);
	}
}

function createWindow(host: HostState, view: ViewState, tab: HostTab, canvas: Canvas): readonly Line[] {
	if (tab === 'kernel' && !view.kernel.isDetailOpen) return createKernelLines(host, view, canvas);
	const rows = hostContentRows(view.size);
	const lines = createTabLines(host, view, tab, canvas);
	const offset = Math.min(view.tabOffsets[tab], Math.max(0, lines.length - rows));
	const drawn = lines.slice(offset, offset + rows).map((line) => panned(line, view.pan));
	const below = lines.length - offset - rows;
	if (below > 0) drawn[rows - 1] = [span(` ↓ ${below + 1} more lines`, 'dim')];
	return drawn;
}

function panned(line: Line, byColumns: number): Line {
	if (byColumns === 0 || line.length === 0) return line;
	const text = line.map((part) => part.text).join('');
	return fitLine([span(skipColumns(text, byColumns))], Math.max(1, text.length));
}
