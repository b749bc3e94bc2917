/** Decides which incident a line that matched belongs to, by the part its signature plays. */
import type {AnalysisState, Hit} from './analysis-state.ts';
import type {IncidentDraft} from './incident-draft.ts';
import {isWithin} from './moment.ts';
import {parseContainerId, shortContainerId} from './parse-container-id.ts';
import {placeDisk, placeFilesystem, placeReadOnly, placeThinPool} from './place-device-hit.ts';
import {placeCrash, placePanic, placeRepeated, placeStall} from './place-report-hit.ts';

/** The report of a kill lists all tasks first, which takes a serial console a while. */
const killSeconds = 30;
const killLines = 5000;
const recordSeconds = 5;

/** The draft to which the line is to be added; a new one, or one that goes on. */
export function placeHit(hit: Hit, state: AnalysisState): IncidentDraft {
	switch (hit.signature.part) {
		case 'crash':
			return hit.signature.severity === 'panic' ? placePanic(hit, state) : placeCrash(hit, state);
		case 'stall':
			return placeStall(hit, state);
		case 'hang':
			return placeRepeated(hit, state);
		case 'oom':
			return placeKill(hit, state);
		case 'disk':
			return placeDisk(hit, state);
		case 'filesystem':
			return placeFilesystem(hit, state);
		case 'read-only':
			return placeReadOnly(hit, state);
		case 'thin-pool':
			return placeThinPool(hit, state);
		case 'firmware':
			return placeRecord(hit, state);
		default:
			return placeAlone(hit, state);
	}
}

function placeAlone({signature, subject, moment}: Hit, {board}: AnalysisState): IncidentDraft {
	const identity = `${signature.id}:${subject}`;
	return board.find(identity) ?? board.create(identity, subject, moment);
}

/** Firmware prints one error over many lines, the first of which opens it. */
function placeRecord(hit: Hit, state: AnalysisState): IncidentDraft {
	const recent = state.recentByPart.get('firmware');
	const goesOn =
		recent !== undefined &&
		state.board.has(recent.draft) &&
		!recent.draft.hits.has(hit.signature.id) &&
		isWithin(recent.moment, hit.moment, recordSeconds, 40);
	const draft = goesOn ? recent.draft : placeAlone(hit, state);
	state.recentByPart.set('firmware', {draft, moment: hit.moment});
	return draft;
}

/**
 * The lines of one kill: each signature speaks once per kill. Kills of one container, and those of the host, become one
 * incident with a count when they are shown.
 */
function placeKill(hit: Hit, state: AnalysisState): IncidentDraft {
	const {signature, moment, groups, record} = hit;
	const {kill} = state;
	const goesOn =
		kill !== null &&
		state.board.has(kill.draft) &&
		!kill.draft.hits.has(signature.id) &&
		isWithin(kill.moment, moment, killSeconds, killLines);
	const draft = goesOn ? kill.draft : state.board.create(null, hit.subject, moment);
	state.kill = {draft, moment};
	if (signature.severity === 'info' && !goesOn) state.reports.open(record, draft, moment, false);
	nameVictim(draft, hit.subject, groups['cgroup']);
	return draft;
}

/** A container goes by its short id; another control group by its path. */
function nameVictim(draft: IncidentDraft, subject: string, cgroup: string | undefined): void {
	const container = subject === '' ? parseContainerId(cgroup ?? '') : shortContainerId(subject);
	if (container !== null) {
		draft.subject = container;
		draft.facts.set('container', container);
		draft.facts.delete('slice');
	} else if (cgroup !== undefined && draft.subject === '') {
		draft.subject = cgroup;
		draft.facts.set('slice', cgroup);
	} else return;
	draft.isChanged = true;
}
