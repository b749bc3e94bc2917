/** Adds a line that matched to its incident, with all that follows from it: storms, gaps, announcements before it. */
import type {AnalysisState, Hit} from './analysis-state.ts';
import {addHit, addLine, amountOf, type IncidentDraft, severityRank, type SignatureHits} from './incident-draft.ts';
import {compactBoard} from './incident-view.ts';
import {isWithin} from './moment.ts';
import {placeHit} from './place-hit.ts';
import type {Storm} from './watch-storms.ts';

/** An announcement such as "Machine check events logged" belongs to what is printed so soon after it. */
const preludeSeconds = 2;
const preludeLines = 10;

export function takeHit(hit: Hit, state: AnalysisState): void {
	const {signature, groups, record, moment} = hit;
	if (joinsAnnounced(hit, state)) return;
	compactBoard(state);
	const draft = placeHit(hit, state);
	const hits = addHit(draft, signature, groups, record, moment);
	state.board.trim(draft);
	noteGaps(draft, hit, state);
	noteStorm(draft, hits, hit, state);
	notePrelude(draft, hit, state);
	noteLimit(hit, state);
}

/** What the kernel left out makes every count a lower bound. */
function noteGaps(draft: IncidentDraft, {groups, moment, record}: Hit, state: AnalysisState): void {
	const {suppressed} = state;
	state.suppressed = null;
	if (suppressed !== null && suppressed.line === moment.line - 1) {
		draft.suppressed += suppressed.count;
		draft.isLowerBound = true;
	}
	if ((record.lostBefore ?? 0) > 0) draft.isLowerBound = true;
	const count = Number(groups['suppressed'] ?? 0);
	if (count > 0) state.suppressed = {count, line: moment.line};
}

function noteStorm(draft: IncidentDraft, hits: SignatureHits, hit: Hit, state: AnalysisState): void {
	const {signature, subject, groups, moment} = hit;
	if (signature.storms === undefined) return;
	const about = signature.part === 'disk' ? state.devices.physical(subject) : subject || draft.subject;
	const storm = state.storms.note(signature, about, amountOf(groups), moment);
	if (storm === null) return;
	const {severity, title = null} = storm.rule;
	if (hits.storm === null || severityRank(severity) <= severityRank(hits.storm.severity))
		hits.storm = {severity, title};
	if (storm.rule.minSubjects !== undefined && !isGathered(draft, about)) gatherStorm(storm, hit, state);
}

function isGathered({subject}: IncidentDraft, about: string): boolean {
	return subject !== about && subject.split(', ').includes(about);
}

/** Trouble of several subjects at once has one cause, which is none of them: one incident names them all. */
function gatherStorm({subjects}: Storm, {signature}: Hit, {board}: AnalysisState): void {
	const prefix = signature.part ?? signature.id;
	const drafts = subjects.flatMap((subject) => board.find(`${prefix}:${subject}`) ?? []).filter(isOnlyWarned);
	const [target, ...others] = [...new Set(drafts)].sort((a, b) => a.serial - b.serial);
	if (target === undefined || (others.length === 0 && !target.subject.includes(', '))) return;
	const named = new Set([target, ...others].flatMap(({subject}) => subject.split(', ')));
	for (const other of others) board.merge(target, other);
	target.subject = [...named].sort((a, b) => a.localeCompare(b, 'en', {numeric: true})).join(', ');
	target.facts.set('subjects', target.subject);
	target.isChanged = true;
}

/** A disk with trouble of its own stays apart. */
function isOnlyWarned({hits}: IncidentDraft): boolean {
	return [...hits.values()].every(({signature}) => severityRank(signature.severity) > severityRank('critical'));
}

/** An announcement that comes late, right after what it announces. */
function joinsAnnounced({signature, moment, record}: Hit, {announced, board}: AnalysisState): boolean {
	if (announced === null || !announced.preludes.includes(signature.id) || !board.has(announced.draft)) return false;
	if (!isWithin(announced.moment, moment, preludeSeconds, preludeLines)) return false;
	announced.draft.alsoIds.add(signature.id);
	addLine(announced.draft, record, moment);
	return true;
}

function notePrelude(draft: IncidentDraft, {signature, moment}: Hit, state: AnalysisState): void {
	const {prelude, board} = state;
	if (signature.preludes !== undefined) state.announced = {draft, moment, preludes: signature.preludes};
	if (signature.preludes !== undefined && prelude !== null && signature.preludes.includes(prelude.id)) {
		if (!isWithin(prelude.moment, moment, preludeSeconds, preludeLines)) return;
		draft.alsoIds.add(prelude.id);
		takeBack(prelude.draft, prelude.id, board);
		return;
	}
	if (state.catalogue.isPrelude(signature.id)) state.prelude = {id: signature.id, draft, moment};
}

/** The announcement is no incident of its own any more. */
function takeBack(draft: IncidentDraft, id: string, board: AnalysisState['board']): void {
	const hits = draft.hits.get(id);
	if (hits === undefined || !board.has(draft) || draft.hits.size > 1) return;
	if (hits.count <= 1) board.remove(draft);
	else {
		hits.count -= 1;
		draft.isChanged = true;
	}
}

/** The kernel reports only so many hung tasks, then none until the next boot (kernel/hung_task.c). */
function noteLimit({signature}: Hit, {limitedLines, board}: AnalysisState): void {
	const {silentAfter, part = signature.id} = signature;
	if (silentAfter === undefined) return;
	const lines = (limitedLines.get(part) ?? 0) + 1;
	limitedLines.set(part, lines);
	if (lines < silentAfter) return;
	for (const draft of board.drafts()) {
		const isLimited = [...draft.hits.values()].some(
			(one) => one.signature.silentAfter !== undefined && (one.signature.part ?? one.signature.id) === part,
		);
		if (!isLimited || draft.isLowerBound) continue;
		draft.isLowerBound = true;
		draft.isChanged = true;
	}
}
