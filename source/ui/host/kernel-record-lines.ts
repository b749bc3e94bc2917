/** The window of the kernel log: its records with time, marks, the search, and what is known to be lost between them. */
import {createIncidentTest} from '../../fleet/select-incident-of-record.ts';
import {selectKernelMark} from '../../fleet/select-kernel-mark.ts';
import type {KernelIncident} from '../../model/kernel-incident.ts';
import type {KernelRecord} from '../../model/kernel-log.ts';
import {severityGlyphs} from '../../model/severity-glyphs.ts';
import {formatPlural} from '../../support/format.ts';
import {
	bottomIndex,
	createRowCounter,
	isSameRecord,
	selectKernelWindow,
	wrapColumns,
	wrapWidth,
} from '../../view-state/kernel-layout.ts';
import type {ViewState} from '../../view-state/view-state.ts';
import {displayWidth, skipColumns} from '../fit-text.ts';
import {span, type Canvas, type Line, type Span} from '../line.ts';
import {createTimeFormat} from './kernel-time.ts';
import {severityOfMark} from './kernel-tone.ts';

/** At most `rows` lines; looks at no more records than it draws. */
export function createRecordLines(
	records: readonly KernelRecord[],
	chosen: KernelIncident | null,
	rows: number,
	view: ViewState,
	canvas: Canvas,
): readonly Line[] {
	const bottom = bottomIndex(records, view.kernel.anchor);
	const {first, last} = selectKernelWindow(records, bottom, rows, createRowCounter(view));
	const drawn = records.slice(first, last + 1);
	const formatWhen = createTimeFormat(drawn, canvas);
	const isOfChosen = chosen === null ? () => false : createIncidentTest(chosen);
	const lines = drawn.flatMap((record) => {
		const lost = record.lostBefore === undefined ? [] : [createLostLine(record.lostBefore)];
		const {cursor} = view.kernel;
		const isCursor = cursor !== null && isSameRecord(record, cursor);
		const sign = isCursor ? '›' : isOfChosen(record) ? '│' : ' ';
		return [...lost, ...createRecordLine(record, sign, formatWhen(record), view, canvas)];
	});
	// Only at the top of the log is the window filled downwards.
	return last > bottom ? lines.slice(0, rows) : lines.slice(-rows);
}

function createLostLine(count: number): Line {
	return [span(`   … ${formatPlural(count, 'line')} lost here`, 'warning')];
}

function createRecordLine(
	record: KernelRecord,
	sign: string,
	when: string,
	view: ViewState,
	canvas: Canvas,
): readonly Line[] {
	const mark = selectKernelMark(record);
	const severity = mark === null ? null : severityOfMark(mark.severity);
	const grave = record.level !== null && record.level <= 3;
	const tone = severity ?? (grave ? 'warning' : 'plain');
	const {search, wrap} = view.kernel;
	const pieces = wrap ? wrapColumns(record.text, wrapWidth(view.size)) : [skipColumns(record.text, view.pan)];
	const gutter: Line = [
		span(sign, 'accent'),
		severity === null ? span(' ') : span(severityGlyphs[severity], severity),
		span(` ${when} `, 'dim'),
	];
	const continued: Line = [span(sign === ' ' ? ' ' : '│', 'accent'), span(' '.repeat(when.length + 3))];
	const room = canvas.columns - when.length - 4;
	return pieces.map((piece, index) => {
		const note = mark === null || index < pieces.length - 1 ? '' : `  ← ${mark.signatureId}`;
		const showNote = note !== '' && displayWidth(piece) + displayWidth(note) <= room;
		return [
			...(index === 0 ? gutter : continued),
			...highlighted(piece, search, tone),
			...(showNote ? [span(note, 'accent')] : []),
		];
	});
}

function highlighted(text: string, search: string, tone: Span['tone']): readonly Span[] {
	const at = search === '' ? -1 : text.toLowerCase().indexOf(search.toLowerCase());
	if (at < 0) return [span(text, tone)];
	const end = at + search.length;
	return [span(text.slice(0, at), tone), span(text.slice(at, end), 'inverse'), span(text.slice(end), tone)];
}
