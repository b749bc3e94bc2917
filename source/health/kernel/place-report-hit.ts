/** Decides which incident a line of a crash, stall or hang report belongs to; these reports are blocks of lines. */
import type {AnalysisState, Hit} from './analysis-state.ts';
import {type IncidentDraft, severityRank} from './incident-draft.ts';
import {isWithin} from './moment.ts';
import type {OpenReport} from './open-reports.ts';

/** A panic comes at most so long after the report that led to it. */
const causeSeconds = 10;
const causeLines = 120;

/** Oops, BUG, WARNING: a new report unless the open one still waits for this kind of line. */
export function placeCrash(hit: Hit, state: AnalysisState): IncidentDraft {
	const {record, moment, signature} = hit;
	const open = state.reports.current(record, moment);
	const number = oopsNumber(record.text);
	if (open !== null && goesOn(open, hit, number)) {
		open.last = moment;
		open.oopsNumber ??= number;
		return open.draft;
	}
	if (signature.severity === 'info') return placeAfterword(hit, state);
	const draft = state.board.create(null, hit.subject, moment);
	const report = state.reports.open(record, draft, moment, false);
	report.oopsNumber = number;
	if (severityRank(signature.severity) <= severityRank('critical')) noteCrash(draft, number, state);
	return draft;
}

/** The header (`[#1]`) and what is printed before the registers belong to one report. */
function goesOn(report: OpenReport, {signature}: Hit, number: number | null): boolean {
	if (report.isFinal) return true;
	if (partOf(report.draft) !== 'crash') return false;
	if (number !== null) return report.oopsNumber === null || report.oopsNumber === number;
	if (signature.severity === 'info') return true;
	return report.oopsNumber === null && !report.hasBody;
}

/** What only makes sense after a crash, such as the countdown to the reboot. */
function placeAfterword({signature, subject, record, moment}: Hit, state: AnalysisState): IncidentDraft {
	const latest = state.reports.latest(record);
	if (latest !== null && isWithin(latest.last, moment, causeSeconds, causeLines)) return latest.draft;
	const identity = `${signature.id}:${subject}`;
	return state.board.find(identity) ?? state.board.create(identity, subject, moment);
}

function noteCrash(draft: IncidentDraft, number: number | null, state: AnalysisState): void {
	draft.isFollowUp = number !== null && number > 1;
	if (draft.isFollowUp) draft.follows = state.firstCrash;
	// The log begins after the first one: there were more than it shows.
	if (draft.isFollowUp && state.firstCrash === null) draft.isLowerBound = true;
	state.firstCrash ??= draft;
}

/** The end takes over the report that led to it, so that it is titled by its cause. */
export function placePanic(hit: Hit, state: AnalysisState): IncidentDraft {
	const {record, moment, subject} = hit;
	const cause = state.reports.latest(record);
	if (cause !== null && state.board.has(cause.draft) && leadsTo(cause, hit)) {
		cause.isFinal = true;
		cause.hasEnded = false;
		cause.last = moment;
		return cause.draft;
	}
	const draft = state.board.create(null, subject, moment);
	state.reports.open(record, draft, moment, false).isFinal = true;
	state.firstCrash ??= draft;
	return draft;
}

/** A mere warning leads to a panic only when it is still being printed, or when the panic says so by its id. */
function leadsTo(report: OpenReport, {signature, moment}: Hit): boolean {
	if (report.isRepeat && report.hasEnded) return false;
	const isWarning = [...report.draft.hits.values()].every((one) => severityRank(one.signature.severity) > 1);
	const seconds = isWarning && !signature.id.includes('warn') ? 2 : causeSeconds;
	return isWithin(report.last, moment, seconds, causeLines);
}

/** One incident per stuck processor; other words about the same stall join it. */
export function placeStall(hit: Hit, state: AnalysisState): IncidentDraft {
	const {record, moment, signature, subject} = hit;
	const open = state.reports.current(record, moment);
	if (open !== null && partOf(open.draft) === 'stall' && !open.draft.hits.has(signature.id)) {
		const isSame = subject === '' || open.draft.subject === '' || subject === open.draft.subject;
		if (isSame) {
			open.last = moment;
			return open.draft;
		}
	}
	return placeRepeated(hit, state);
}

/** One incident per signature and subject, each line of which begins a report. */
export function placeRepeated({record, moment, signature, subject}: Hit, state: AnalysisState): IncidentDraft {
	const identity = subject === '' ? null : `${signature.id}:${subject}`;
	const known = identity === null ? null : state.board.find(identity);
	const draft = known ?? state.board.create(identity, subject, moment);
	state.reports.open(record, draft, moment, known !== null && (draft.pointer !== null || draft.frames.length > 0));
	return draft;
}

function partOf(draft: IncidentDraft): string | undefined {
	const [first] = draft.hits.values();
	return first?.signature.part;
}

/** The number in `Oops: 0000 [#2] SMP`; null for a line that is no header. */
function oopsNumber(text: string): number | null {
	const found = /\[#(\d{1,6})\]/.exec(text)?.[1];
	return found === undefined ? null : Number(found);
}
