/**
 * Remembers which crash report each task or processor is printing: reports of several processors interleave, and only
 * the printed caller (`[T123]`, `[C0]`) tells their lines apart.
 */
import type {KernelRecord} from '../../model/kernel-log.ts';
import {addFrame, addLine, type IncidentDraft, setFact} from './incident-draft.ts';
import {isWithin, type Moment} from './moment.ts';
import {readReportLine, type ReportLine} from './read-report-line.ts';

export type OpenReport = {
	readonly draft: IncidentDraft;
	readonly start: Moment;
	last: Moment;
	/** The `[#2]` of its header; null before the header. */
	oopsNumber: number | null;
	/** True once registers or a stack were printed. */
	hasBody: boolean;
	/** True after its closing line. */
	hasEnded: boolean;
	/** True once the kernel gave up: whatever follows is part of the same end. */
	isFinal: boolean;
	/** True when it gave its draft no new stack, because another report did. */
	readonly isRepeat: boolean;
};

export type OpenReports = {
	/** The report that goes on in the record's context; null when the last one has ended or is too old. */
	current(record: KernelRecord, moment: Moment): OpenReport | null;
	/** The last report of the record's context, ended or not, else of any other. */
	latest(record: KernelRecord): OpenReport | null;
	open(record: KernelRecord, draft: IncidentDraft, moment: Moment, isRepeat: boolean): OpenReport;
	/** Reads a line without signature; true when an incident changed by it. */
	read(record: KernelRecord, moment: Moment): boolean;
	/** True while some context's last report is this draft's: lines to come may still change what it is. */
	isOpen(draft: IncidentDraft): boolean;
	/** Release the last report named; null before. */
	kernelRelease(): string | null;
	clear(): void;
};

const contextLimit = 32;
const linesLimit = 80;
/** The kernel prints a report at once; a slow serial console needs seconds for it. */
const silenceSeconds = 5;

export function createOpenReports(): OpenReports {
	const byContext = new Map<string, OpenReport>();
	let release: string | null = null;
	const isEmpty = (): boolean => byContext.size === 0;

	const current = (record: KernelRecord, moment: Moment): OpenReport | null => {
		const report = byContext.get(contextOf(record));
		if (report === undefined || report.hasEnded) return null;
		if (moment.line - report.start.line > linesLimit && !isFreshBurst(report, moment)) return null;
		return isWithin(report.last, moment, silenceSeconds) ? report : null;
	};

	return {
		current,
		latest(record) {
			const own = byContext.get(contextOf(record));
			if (own !== undefined) return own;
			return [...byContext.values()].reduce<OpenReport | null>(
				(newest, one) => (newest === null || one.last.line > newest.last.line ? one : newest),
				null,
			);
		},
		open(record, draft, moment, isRepeat) {
			const context = contextOf(record);
			const report = newReport(draft, moment, isRepeat);
			byContext.delete(context);
			byContext.set(context, report);
			const [oldest] = byContext.keys();
			if (byContext.size > contextLimit && oldest !== undefined) byContext.delete(oldest);
			return report;
		},
		read(record, moment) {
			if (isEmpty()) return false;
			const report = current(record, moment);
			if (report === null) return false;
			const line = takeLine(report, record, moment);
			if (line?.kind === 'processor') release = line.kernelRelease ?? release;
			return line !== null;
		},
		isOpen: (draft) => [...byContext.values()].some((report) => report.draft === draft),
		kernelRelease: () => release,
		clear: () => byContext.clear(),
	};
}

function contextOf({caller}: KernelRecord): string {
	return caller ?? '';
}

/** Long lists between the lines of one report, all printed within the same second. */
function isFreshBurst(report: OpenReport, moment: Moment): boolean {
	return moment.line - report.last.line <= 20 && moment.line - report.start.line <= 4 * linesLimit;
}

function newReport(draft: IncidentDraft, moment: Moment, isRepeat: boolean): OpenReport {
	return {
		draft,
		start: moment,
		last: moment,
		oopsNumber: null,
		hasBody: false,
		hasEnded: false,
		isFinal: false,
		isRepeat,
	};
}

/** Null for a line that is no part of the report. */
function takeLine(report: OpenReport, record: KernelRecord, moment: Moment): ReportLine | null {
	const {text} = record;
	if (text.includes('--[ cut here ]--')) {
		report.hasEnded = report.hasBody;
		return null;
	}
	const line: ReportLine | null = text.includes('---[ end ') ? {kind: 'end'} : readReportLine(text);
	if (line === null) return null;
	report.last = moment;
	takeFacts(report, line);
	addLine(report.draft, record, moment);
	return line;
}

/** A report adds to what its incident knows; one that repeats another does not change where it was. */
function takeFacts(report: OpenReport, line: ReportLine): void {
	const {draft} = report;
	switch (line.kind) {
		case 'end':
			report.hasEnded = true;
			return;
		case 'processor':
			report.hasBody = true;
			if (line.cpu !== null && !draft.facts.has('cpu')) setFact(draft, 'cpu', line.cpu);
			if (line.task !== null && !draft.facts.has('task')) setFact(draft, 'task', line.task);
			if (line.taint.includes('D') && report.oopsNumber === null) draft.isFollowUp = true;
			return;
		case 'pointer':
			if (!report.isRepeat) draft.pointer ??= line.frame;
			return;
		case 'frame':
			report.hasBody = true;
			if (line.isReliable && !report.isRepeat) addFrame(draft, line.frame);
			return;
		case 'other':
	}
}
