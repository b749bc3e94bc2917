/** The kernel log's window, newest at the bottom, with the lines that match a signature or the search marked. */
import type {HostState} from '../../fleet/fleet-state.ts';
import {selectKernelLogWay} from '../../fleet/select-kernel-log-way.ts';
import {selectKernelMark} from '../../fleet/select-kernel-mark.ts';
import {bottomIndex} from '../../commands/scroll-kernel-log.ts';
import type {KernelRecord} from '../../model/kernel-log.ts';
import {formatCount} from '../../support/format.ts';
import {hostContentRows} from '../../view-state/screen-layout.ts';
import type {ViewState} from '../../view-state/view-state.ts';
import {displayWidth, skipColumns} from '../fit-text.ts';
import {blankLine, span, type Canvas, type Line, type Span} from '../line.ts';
import {severityGlyphs} from '../../model/severity-glyphs.ts';
import {formatClock} from '../board/header-line.ts';
import {createAgeLines, createMissingLines} from './reading-lines.ts';

/** Exactly the lines of the tab's window: those of its state, then the log. */
export function createKernelLines(host: HostState, view: ViewState, canvas: Canvas): readonly Line[] {
	const {kernelRecords} = host;
	const bottom = bottomIndex(kernelRecords, view.kernel.anchor);
	const state = createStateLines(host, view, bottom, canvas);
	const rows = hostContentRows(view.size) - state.length;
	const drawn = kernelRecords.slice(Math.max(0, bottom - rows + 1), bottom + 1);
	const formatWhen = createTimeFormat(drawn, canvas);
	const lines = drawn.map((record) => createRecordLine(record, formatWhen(record), view, canvas));
	const above = Array.from({length: Math.max(0, rows - lines.length)}, () => blankLine);
	return [...state, ...(lines.length === 0 ? above : [...lines, ...above])];
}

function createStateLines(host: HostState, view: ViewState, bottom: number, canvas: Canvas): readonly Line[] {
	const reading = host.readings.kernelLog;
	if (reading.kind !== 'ok') return createMissingLines(host, reading, 'kernel log', canvas);
	const old = createAgeLines(host, 'kernelLog', host.lastHeardAt ?? reading.at, canvas);
	if (old.length > 0) return old;
	const total = host.kernelRecords.length;
	const {value} = reading;
	const mode = view.kernel.anchor === null ? (value.live ? 'following' : 'newest') : 'held still';
	const again = value.live ? '' : ' from time to time';
	const place = `${formatCount(bottom + 1)} of ${formatCount(total)} lines`;
	const search = view.kernel.search === '' ? '' : ` · search "${view.kernel.search}"`;
	const facts: Line = [
		span(` ${mode}`, view.kernel.anchor === null ? 'ok' : 'warning'),
		span(` · ${place} · read ${selectKernelLogWay(value.method)}${again}${search}`, 'dim'),
	];
	return [facts];
}

function createRecordLine(record: KernelRecord, when: string, view: ViewState, canvas: Canvas): Line {
	const mark = selectKernelMark(record);
	const text = skipColumns(record.text, view.pan);
	const grave = record.level !== null && record.level <= 3;
	const tone = mark?.severity ?? (grave ? 'warning' : 'plain');
	const note = mark === null ? '' : `  ← ${mark.signatureId}`;
	const room = canvas.columns - when.length - 4;
	const showNote = note !== '' && displayWidth(text) + displayWidth(note) <= room;
	return [
		mark === null ? span('  ') : span(` ${severityGlyphs[mark.severity]}`, mark.severity),
		span(` ${when} `, 'dim'),
		...highlighted(text, view.kernel.search, tone),
		...(showNote ? [span(note, 'accent')] : []),
	];
}

function highlighted(text: string, search: string, tone: Span['tone']): readonly Span[] {
	const at = search === '' ? -1 : text.toLowerCase().indexOf(search.toLowerCase());
	if (at < 0) return [span(text, tone)];
	const end = at + search.length;
	return [span(text.slice(0, at), tone), span(text.slice(at, end), 'inverse'), span(text.slice(end), tone)];
}

type TimeFormat = (record: KernelRecord) => string;

/** With the day on every line as soon as one of them is not of today: a boot is often long ago. */
function createTimeFormat(drawn: readonly KernelRecord[], {now}: Canvas): TimeFormat {
	const today = formatDay(now);
	const withDay = drawn.some(({at}) => at !== null && formatDay(at) !== today);
	const day = (at: number): string => (withDay ? `${formatDay(at)} ` : '');
	return ({at, monotonicSeconds}) => (at === null ? formatMonotonic(monotonicSeconds) : `${day(at)}${formatClock(at)}`);
}

/** `11-20`, in the time zone of the person. */
function formatDay(at: number): string {
	const date = new Date(at);
	return `${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

function formatMonotonic(seconds: number | null): string {
	return seconds === null ? '        ' : `+${seconds.toFixed(1)}`.padStart(8);
}
