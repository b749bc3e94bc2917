/** An incident while its lines still come in: mutable, known only to the analysis of one log. */
import {incidentLineLimit, incidentSeverities, type IncidentSeverity} from '../../model/kernel-incident.ts';
import type {KernelRecord} from '../../model/kernel-log.ts';
import type {Moment} from './moment.ts';
import type {StackFrame} from './read-report-line.ts';
import type {KernelSignature} from './signature.ts';

/** What one signature contributed. */
export type SignatureHits = {
	readonly signature: KernelSignature;
	count: number;
	/** Sum of what the lines themselves count. */
	amount: number;
	first: Moment;
	last: Moment;
	/** What its newest line named, for the title. */
	facts: Readonly<Record<string, string>>;
	/** Severity and title a storm or a detail gave it; null without. */
	storm: {readonly severity: IncidentSeverity; readonly title: string | null} | null;
	detail: {readonly severity: IncidentSeverity | null; readonly title: string | null} | null;
};

export type IncidentDraft = {
	/** Order of creation. */
	readonly serial: number;
	/** In order of their first line. */
	readonly hits: Map<string, SignatureHits>;
	/** Ids that belong to it without a say in what it is called. */
	readonly alsoIds: Set<string>;
	subject: string;
	/** What the lines told, for the title. */
	readonly facts: Map<string, string>;
	pointer: StackFrame | null;
	readonly frames: StackFrame[];
	/** Attribution that a line names itself; goes before what the stack tells. */
	namedVia: string | null;
	first: Moment;
	last: Moment;
	readonly head: string[];
	readonly tail: string[];
	/** Messages the kernel says it left out. */
	suppressed: number;
	isLowerBound: boolean;
	isOver: boolean;
	unverifiedOrigin: boolean;
	/** The first crash of the boot, when this one came after it. */
	follows: IncidentDraft | null;
	isFollowUp: boolean;
	/** All it is said about lies on a thin pool. */
	isOnThinPool: boolean;
	/** Says that the finished incident has to be made anew. */
	isChanged: boolean;
};

const headLines = 40;
const tailLines = incidentLineLimit - headLines;
const framesKept = 16;
const factLimit = 24;

export function createDraft(serial: number, subject: string, moment: Moment): IncidentDraft {
	return {
		serial,
		hits: new Map(),
		alsoIds: new Set(),
		subject,
		facts: new Map(),
		pointer: null,
		frames: [],
		namedVia: null,
		first: moment,
		last: moment,
		head: [],
		tail: [],
		suppressed: 0,
		isLowerBound: false,
		isOver: false,
		unverifiedOrigin: true,
		follows: null,
		isFollowUp: false,
		isOnThinPool: false,
		isChanged: true,
	};
}

/** A line that matched. What it names goes into the title. */
export function addHit(
	draft: IncidentDraft,
	signature: KernelSignature,
	groups: Readonly<Record<string, string>>,
	record: KernelRecord,
	moment: Moment,
): SignatureHits {
	const known = draft.hits.get(signature.id);
	const hits = known ?? {
		signature,
		count: 0,
		amount: 0,
		first: moment,
		last: moment,
		facts: {},
		storm: null,
		detail: null,
	};
	draft.hits.set(signature.id, hits);
	hits.count += 1;
	hits.amount += amountOf(groups);
	hits.last = moment;
	hits.facts = {...hits.facts, ...groups};
	for (const [name, value] of Object.entries(groups)) {
		if (!draft.facts.has(name)) setFact(draft, name, value);
	}
	if (groups['via'] !== undefined) draft.namedVia ??= groups['via'].toLowerCase();
	draft.isOver = false;
	addLine(draft, record, moment);
	return hits;
}

/** A line of the same event that carries no signature. */
export function addLine(draft: IncidentDraft, record: KernelRecord, moment: Moment): void {
	draft.last = moment;
	if (record.facility !== null) draft.unverifiedOrigin = false;
	if (draft.head.length < headLines) draft.head.push(record.text);
	else {
		draft.tail.push(record.text);
		if (draft.tail.length > tailLines) draft.tail.shift();
	}
	draft.isChanged = true;
}

export function setFact(draft: IncidentDraft, name: string, value: string): void {
	if (draft.facts.size >= factLimit && !draft.facts.has(name)) return;
	draft.facts.set(name, value);
	draft.isChanged = true;
}

export function addFrame(draft: IncidentDraft, frame: StackFrame): void {
	if (draft.frames.length >= framesKept) return;
	draft.frames.push(frame);
	draft.isChanged = true;
}

/** Lines that one line stands for. */
export function amountOf(groups: Readonly<Record<string, string>>): number {
	const amount = Number(groups['amount'] ?? 1);
	return Number.isFinite(amount) && amount > 0 ? amount : 1;
}

/** A copy to which another draft may be added without touching this one. */
export function cloneDraft(draft: IncidentDraft): IncidentDraft {
	return {
		...draft,
		hits: new Map([...draft.hits].map(([id, hits]) => [id, {...hits}])),
		alsoIds: new Set(draft.alsoIds),
		facts: new Map(draft.facts),
		frames: [...draft.frames],
		head: [...draft.head],
		tail: [...draft.tail],
	};
}

/** Puts all that `source` is into `target`, which came first. */
export function absorb(target: IncidentDraft, source: IncidentDraft): void {
	for (const [id, hits] of source.hits) {
		const known = target.hits.get(id);
		if (known === undefined) target.hits.set(id, {...hits});
		else {
			known.count += hits.count;
			known.amount += hits.amount;
			known.last = hits.last;
			known.facts = {...known.facts, ...hits.facts};
			known.storm = worseOf(known.storm, hits.storm);
			known.detail ??= hits.detail;
		}
	}
	for (const id of source.alsoIds) target.alsoIds.add(id);
	for (const [name, value] of source.facts) setFact(target, name, value);
	target.pointer ??= source.pointer;
	for (const frame of target.frames.length === 0 ? source.frames : []) addFrame(target, frame);
	target.namedVia ??= source.namedVia;
	target.last = source.last;
	for (const line of [...source.head, ...source.tail]) {
		if (target.head.length < headLines) target.head.push(line);
		else target.tail.push(line);
	}
	target.tail.splice(0, Math.max(0, target.tail.length - tailLines));
	target.suppressed += source.suppressed;
	target.isLowerBound ||= source.isLowerBound;
	target.isOver = source.isOver;
	target.unverifiedOrigin &&= source.unverifiedOrigin;
	target.isOnThinPool ||= source.isOnThinPool;
	target.isChanged = true;
}

function worseOf(one: SignatureHits['storm'], other: SignatureHits['storm']): SignatureHits['storm'] {
	if (one === null || other === null) return one ?? other;
	return severityRank(one.severity) <= severityRank(other.severity) ? one : other;
}

/** 0 is the worst. */
export function severityRank(severity: IncidentSeverity): number {
	return incidentSeverities.indexOf(severity);
}
