/** Decides which incident a line about a disk, a file system or a thin pool belongs to. */
import type {AnalysisState, Hit} from './analysis-state.ts';
import {type IncidentDraft, severityRank} from './incident-draft.ts';
import {isWithin} from './moment.ts';
import {isMapped} from './name-device.ts';

/** A line that names no device belongs to its neighbour. */
const neighbourSeconds = 2;

/** One incident per physical disk, whatever the link, the drive and the block layer say about it. */
export function placeDisk(hit: Hit, state: AnalysisState): IncidentDraft {
	const {subject, moment} = hit;
	if (subject === '') return remember('disk', recentOf('disk', hit, state) ?? alone('disk:', hit, state), hit, state);
	const port = state.devices.linkNeighbour(subject, moment);
	const disk = state.devices.physical(subject);
	if (port !== null) renameDisk(port, disk, state);
	if (isMapped(disk)) {
		const filesystem = state.board.find(`filesystem:${disk}`);
		if (filesystem !== null && hasThinPool(state)) return filesystem;
	}
	return remember('disk', alone(`disk:${disk}`, {...hit, subject: disk}, state), hit, state);
}

/** The port was the disk all along. */
function renameDisk(port: string, disk: string, state: AnalysisState): void {
	const ofPort = state.board.find(`disk:${port}`);
	if (ofPort === null) return;
	const ofDisk = state.board.find(`disk:${disk}`);
	if (ofDisk !== null) state.board.merge(ofPort, ofDisk);
	state.board.name(`disk:${disk}`, ofPort);
	if (ofPort.subject === port) ofPort.subject = disk;
	ofPort.isChanged = true;
}

/** One incident per mounted device; on a thin pool also what the block layer says, and that it went read-only. */
export function placeFilesystem(hit: Hit, state: AnalysisState): IncidentDraft {
	const {subject, signature} = hit;
	const recent = recentOf('filesystem', hit, state);
	if (subject === '') return remember('filesystem', recent ?? alone('filesystem:', hit, state), hit, state);
	const isThin = isMapped(subject) && hasThinPool(state);
	const adopted = recent?.subject === '' && recent.hits.has(signature.id) ? recent : null;
	if (adopted !== null) {
		adopted.subject = subject;
		state.board.name(`filesystem:${subject}`, adopted);
	}
	const draft = adopted ?? alone(`filesystem:${subject}`, hit, state);
	if (isThin && !draft.isOnThinPool) {
		draft.isOnThinPool = true;
		const block = state.board.find(`disk:${subject}`);
		if (block !== null && block !== draft) state.board.merge(draft, block);
	}
	return remember('filesystem', draft, hit, state);
}

/** That a device went read-only is an incident of its own, except for what a thin pool carries. */
export function placeReadOnly(hit: Hit, state: AnalysisState): IncidentDraft {
	if (isMapped(hit.subject) && hasThinPool(state)) return placeFilesystem(hit, state);
	return alone(`read-only:${hit.subject}`, hit, state);
}

/** Per pool one incident for each thing that went wrong; early warnings are part of it. */
export function placeThinPool(hit: Hit, state: AnalysisState): IncidentDraft {
	const {signature, subject} = hit;
	const recent = recentOf('thin-pool', hit, state);
	// Some lines name the device on the pool, or nothing at all.
	const pool = /^\d+:\d+$/.test(subject) ? subject : (recent?.subject ?? subject);
	if (recent?.subject === '') recent.subject = pool;
	const ofPool = state.board.drafts().filter((one) => isAbout(one, pool));
	const same = ofPool.find((one) => one.hits.has(signature.id));
	const warned = ofPool.find((one) => isWarned(one));
	const joined = signature.severity === 'critical' ? (same ?? warned) : (same ?? ofPool[0]);
	const draft = joined ?? state.board.create(null, pool, hit.moment);
	return remember('thin-pool', draft, hit, state);
}

function isAbout(draft: IncidentDraft, pool: string): boolean {
	if (draft.subject !== pool) return false;
	return [...draft.hits.values()].some(({signature}) => signature.part === 'thin-pool');
}

function isWarned(draft: IncidentDraft): boolean {
	return [...draft.hits.values()].every(({signature}) => severityRank(signature.severity) > severityRank('critical'));
}

function hasThinPool({recentByPart, board}: AnalysisState): boolean {
	const recent = recentByPart.get('thin-pool');
	return recent !== undefined && board.has(recent.draft);
}

function alone(identity: string, {subject, moment}: Hit, {board}: AnalysisState): IncidentDraft {
	return board.find(identity) ?? board.create(identity, subject, moment);
}

function recentOf(part: string, {moment}: Hit, state: AnalysisState): IncidentDraft | null {
	const recent = state.recentByPart.get(part);
	if (recent === undefined || !state.board.has(recent.draft)) return null;
	const seconds = part === 'thin-pool' ? 60 : neighbourSeconds;
	return isWithin(recent.moment, moment, seconds, 20) ? recent.draft : null;
}

function remember(part: string, draft: IncidentDraft, {moment}: Hit, state: AnalysisState): IncidentDraft {
	state.recentByPart.set(part, {draft, moment});
	return draft;
}
