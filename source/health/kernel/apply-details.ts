/** Lines without a signature of their own that tell more about an incident, e.g. which processor stalls. */
import type {KernelRecord} from '../../model/kernel-log.ts';
import type {AnalysisState} from './analysis-state.ts';
import type {LookUp} from './compile-catalogue.ts';
import {addLine, type IncidentDraft, severityRank, setFact} from './incident-draft.ts';
import {matchAny} from './match-kernel-record.ts';
import {isWithin, type Moment} from './moment.ts';
import type {KernelSignature, SignatureDetail} from './signature.ts';

const defaultSeconds = 2;
const linesWithoutClock = 20;

/** True when the line belonged to an incident that way; then it is nothing else. */
export function applyDetails(
	record: KernelRecord,
	moment: Moment,
	{details, signatures}: LookUp,
	state: AnalysisState,
): boolean {
	for (const {signature, detail} of details) {
		const draft = newestOf(signature, detail, moment, state);
		const groups = draft === null ? undefined : detail.pattern.exec(record.text)?.groups;
		if (draft === null || !detail.pattern.test(record.text)) continue;
		take(draft, signature, detail, groups ?? {});
		addLine(draft, record, moment);
		const own = matchAny(record, signatures);
		if (own !== null) draft.alsoIds.add(own.signature.id);
		return true;
	}
	return false;
}

function newestOf(
	{id}: KernelSignature,
	{withinSeconds = defaultSeconds}: SignatureDetail,
	moment: Moment,
	{board}: AnalysisState,
): IncidentDraft | null {
	return board
		.drafts()
		.filter((draft) => draft.hits.has(id) && isWithin(draft.last, moment, withinSeconds, linesWithoutClock))
		.reduce<IncidentDraft | null>((best, one) => (best === null || one.last.line > best.last.line ? one : best), null);
}

function take(
	draft: IncidentDraft,
	{id}: KernelSignature,
	detail: SignatureDetail,
	groups: Readonly<Record<string, string | undefined>>,
): void {
	const hits = draft.hits.get(id);
	const severity = detail.severity ?? null;
	const title = detail.title ?? null;
	if (hits !== undefined && (severity !== null || title !== null)) {
		const known = hits.detail?.severity ?? null;
		const isMilder = known !== null && (severity === null || severityRank(known) <= severityRank(severity));
		hits.detail = {severity: isMilder ? known : severity, title: title ?? hits.detail?.title ?? null};
	}
	for (const [name, value] of Object.entries(groups)) {
		if (value === undefined) continue;
		setFact(draft, name, value);
		if (name === 'subject') draft.subject = value;
		if (name === 'cpu' && draft.subject === '') draft.subject = `CPU${value}`;
	}
	draft.isChanged = true;
}
