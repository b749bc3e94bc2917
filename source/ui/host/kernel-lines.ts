/** The kernel tab: which boot, its incidents, and the window of its log, newest at the bottom. */
import {bootKeyOf, selectEarlierBoots, selectOpenBoot, type OpenBoot} from '../../fleet/select-open-boot.ts';
import type {HostState} from '../../fleet/fleet-state.ts';
import {selectKernelLogWay} from '../../fleet/select-kernel-log-way.ts';
import type {Boot} from '../../model/boots.ts';
import type {KernelIncident} from '../../model/kernel-incident.ts';
import {formatCount, formatPlural} from '../../support/format.ts';
import {bottomIndex, isTrouble, selectKernelLayout} from '../../view-state/kernel-layout.ts';
import type {ViewState} from '../../view-state/view-state.ts';
import {displayWidth, truncateText, wrapText} from '../fit-text.ts';
import {blankLine, span, type Canvas, type Line, type Span} from '../line.ts';
import {createCounterLines} from './kernel-counter-lines.ts';
import {createBootDetail, createKernelDetailLines} from './kernel-detail-lines.ts';
import {formatMoment} from './finding-lines.ts';
import {createIncidentLines} from './kernel-incident-lines.ts';
import {createRecordLines} from './kernel-record-lines.ts';
import {toneOfEnding} from './kernel-tone.ts';
import {createAgeLines, createMissingLines} from './reading-lines.ts';

/** The lines of the tab's window; those of what is shown in full are windowed by the host view. */
export function createKernelLines(host: HostState, view: ViewState, canvas: Canvas): readonly Line[] {
	const open = selectOpenBoot(host, view.kernel.bootKey);
	const chosen = selectChosen(open, view);
	const isKnown = open.boot !== null || host.readings.kernelLog.kind === 'ok' || open.records.length > 0;
	if (!isKnown && open.incidents.length === 0) return createUnreadLines(host, canvas);
	const {incidentRows, logRows} = selectKernelLayout(view.size, open.incidents);
	const log = createRecordLines(open.records, chosen, logRows, view, canvas);
	return [
		createBootLine(host, open.boot, canvas),
		...createIncidentPane(open, chosen, incidentRows, canvas),
		createRule(createLogState(host, open, view, canvas), canvas),
		...log,
		...(open.boot === null ? [] : createEndingLines(host, open.boot, logRows - log.length, canvas)),
	];
}

function createIncidentPane(
	open: OpenBoot,
	chosen: KernelIncident | null,
	rows: number,
	canvas: Canvas,
): readonly Line[] {
	const {incidents} = open;
	if (incidents.some(isTrouble)) return createIncidentLines(incidents, chosen, rows, canvas);
	const calm = createCalmLine(open);
	return incidents.length === 0 || rows < 2
		? [calm]
		: [calm, ...createIncidentLines(incidents, chosen, rows - 1, canvas)];
}

/** How the boot ended, where its log leaves room for it. */
function createEndingLines(host: HostState, boot: Boot, room: number, canvas: Canvas): readonly Line[] {
	const lines = createBootDetail(host, boot, canvas);
	if (boot.records.length === 0) return lines.slice(0, room);
	if (room < lines.length + 1) return [];
	return [createRule([span(`how boot ${boot.index} ended`)], canvas), ...lines];
}

/** All lines of what `Enter` shows in the place of incidents and log. */
export function createKernelDetail(host: HostState, view: ViewState, canvas: Canvas): readonly Line[] {
	const open = selectOpenBoot(host, view.kernel.bootKey);
	return createKernelDetailLines(host, open, selectChosen(open, view), canvas);
}

function selectChosen({incidents}: OpenBoot, {kernel}: ViewState): KernelIncident | null {
	return incidents.find(({key}) => key === kernel.incidentKey) ?? incidents[0] ?? null;
}

/** In the place of a log that is not there: why, what would grant it, and what can be known without. */
function createUnreadLines(host: HostState, canvas: Canvas): readonly Line[] {
	const reading = host.readings.kernelLog;
	if (reading.kind === 'ok') return [];
	const advice = host.findings.find(({id}) => id === 'kernel-log-forbidden')?.advice ?? '';
	return [
		...(advice === ''
			? createMissingLines(host, reading, 'kernel log', canvas)
			: createForbiddenLines(reading, canvas)),
		...(advice === ''
			? []
			: wrapText(`→ ${advice}`, canvas.columns - 4).map((line): Line => [span(`   ${line}`, 'accent')])),
		...createCounterLines(host, canvas),
		blankLine,
		createBootLine(host, null, canvas),
	];
}

/** Without the ways to grant it, which stand below as advice. */
function createForbiddenLines(reading: HostState['readings']['kernelLog'], canvas: Canvas): readonly Line[] {
	const [refusal = ''] = reading.kind === 'failed' ? reading.reason.message.split('; ') : [];
	return wrapText(refusal, canvas.columns - 4).map((line, index): Line => [
		span(index === 0 ? ' ▲ ' : '   ', 'warning'),
		span(line),
	]);
}

function createBootLine(host: HostState, boot: Boot | null, canvas: Canvas): Line {
	if (boot !== null) {
		const older = selectEarlierBoots(host).findIndex((each) => bootKeyOf(each) === bootKeyOf(boot)) + 1;
		const rest = selectEarlierBoots(host).length - older;
		const hint = `  ] newer${rest > 0 ? ` · [ ${formatCount(rest)} older` : ''}`;
		const words = truncateText(` ${describeBoot(boot)}`, canvas.columns - displayWidth(hint));
		return [span(words, toneOfEnding(boot.ending)), span(hint, 'dim')];
	}
	const [last, ...others] = selectEarlierBoots(host);
	const running = span(' running boot', 'strong');
	if (last === undefined) return [running, span(` · ${describeMissingBoots(host)}`, 'dim')];
	const tone = toneOfEnding(last.ending);
	return [
		running,
		span(` · [ ${others.length === 0 ? '' : `${formatCount(others.length + 1)} earlier, `}`, 'dim'),
		span(describeBoot(last), tone === 'plain' ? 'dim' : tone),
	];
}

function describeMissingBoots({bootHistory, readings}: HostState): string {
	if (bootHistory !== null) return 'no earlier boot is remembered';
	return readings.boots.kind === 'failed'
		? `earlier boots could not be read: ${readings.boots.reason.message}`
		: 'earlier boots are not read yet';
}

/** `boot -1, ended 2026-11-20 03:12: kernel panic: …`. */
function describeBoot({index, endedAt, reason}: Boot): string {
	return `boot ${index}, ${endedAt === null ? 'end not dated' : `ended ${formatMoment(endedAt)}`}: ${reason}`;
}

/** Not "healthy": only these lines were looked at, for what is known. */
function createCalmLine({records, incidents}: OpenBoot): Line {
	if (records.length === 0) return [span(' no kernel line of this boot to look at', 'dim')];
	const which = records.length === 1 ? 'this line' : `these ${formatCount(records.length)} lines`;
	const notes = incidents.length < 2 ? '' : ` · ${incidents.length} incidents for information, J and K reach them`;
	return [span(` no known trouble in ${which}${notes}`, 'dim')];
}

function createRule(title: readonly Span[], canvas: Canvas): Line {
	const parts = [span('── ', 'dim'), ...title];
	const width = parts.reduce((sum, {text}) => sum + displayWidth(text), 0);
	return [...parts, span(` ${'─'.repeat(Math.max(0, canvas.columns - width - 1))}`, 'dim')];
}

function createLogState(host: HostState, open: OpenBoot, view: ViewState, canvas: Canvas): readonly Span[] {
	const {anchor, search} = view.kernel;
	const total = open.records.length;
	const place = `${formatCount(bottomIndex(open.records, anchor) + 1)} of ${formatPlural(total, 'line')}`;
	const found = search === '' ? '' : ` · search "${search}"`;
	if (open.boot !== null) {
		if (total === 0) return [span(`how boot ${open.boot.index} ended`)];
		return [span(anchor === null ? 'end of its log' : 'held still'), span(` · ${place}${found}`, 'dim')];
	}
	const reading = host.readings.kernelLog;
	if (reading.kind !== 'ok') return [...(createMissingLines(host, reading, 'kernel log', canvas)[0] ?? [])];
	const [old] = createAgeLines(host, 'kernelLog', host.lastHeardAt ?? reading.at, canvas);
	if (old !== undefined) return [...old];
	const {value} = reading;
	const mode = anchor === null ? (value.live ? 'following' : 'newest') : 'held still';
	const again = value.live ? '' : ' from time to time';
	return [
		span(mode, anchor === null ? 'ok' : 'warning'),
		span(` · ${place} · read ${selectKernelLogWay(value.method)}${again}${found}`, 'dim'),
	];
}
