/** Makes the list people see from the drafts: repetitions of one crash are one incident, the worst comes first. */
import type {KernelIncident} from '../../model/kernel-incident.ts';
import type {AnalysisState} from './analysis-state.ts';
import {culpritOf, describeIncident, type Machine, titlingHits} from './describe-incident.ts';
import {absorb, cloneDraft, type IncidentDraft, severityRank} from './incident-draft.ts';

export type IncidentView = {
	/** The same array until something changed. */
	incidents(): readonly KernelIncident[];
};

export function createIncidentView(state: AnalysisState): IncidentView {
	let shown: readonly KernelIncident[] = [];
	let of = '';
	return {
		incidents() {
			const machine = machineOf(state);
			const drafts = state.board.drafts();
			const now = `${machine.kernelRelease ?? ''} ${machine.isVirtual} ${drafts.map(({serial}) => serial).join()}`;
			if (now === of && drafts.every(({isChanged}) => !isChanged)) return shown;
			for (const draft of drafts) draft.isChanged = false;
			of = now;
			shown = listIncidents(drafts, machine);
			return shown;
		},
	};
}

function listIncidents(drafts: readonly IncidentDraft[], machine: Machine): readonly KernelIncident[] {
	const keyed = drafts.filter(({hits}) => hits.size > 0).map((draft) => ({draft, key: keyOf(draft, machine)}));
	const keys = new Map(keyed.map(({draft, key}) => [draft, key]));
	const byKey = new Map<string, IncidentDraft>();
	for (const {draft, key} of keyed) byKey.set(key, joined(byKey.get(key), draft));
	return [...byKey]
		.map(([key, draft]): KernelIncident & {readonly serial: number} => {
			const followsKey = draft.follows === null ? null : (keys.get(draft.follows) ?? null);
			const incident = describeIncident(draft, machine);
			return {...incident, key, followsKey: followsKey === key ? null : followsKey, serial: draft.serial};
		})
		.sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || a.serial - b.serial)
		.map(({serial: _serial, ...incident}) => incident);
}

/** The drafts stay apart, because a panic may still claim the newer one. */
function joined(earlier: IncidentDraft | undefined, draft: IncidentDraft): IncidentDraft {
	if (earlier === undefined) return draft;
	const both = cloneDraft(earlier);
	absorb(both, draft);
	return both;
}

/** What one incident is told from others by: signature, subject, and for crashes the place in the code. */
function keyOf(draft: IncidentDraft, machine: Machine): string {
	const {signature} = titlingHits(draft, machine);
	const culprit = signature.part === 'crash' ? culpritOf(draft) : null;
	return [signature.id, draft.subject, culprit?.name ?? draft.facts.get('frame') ?? '']
		.filter((part, index) => index < 2 || (part !== '' && signature.part === 'crash'))
		.join(':');
}

/** When the board gets crowded, repetitions are joined for good, so that they drive nothing else out. */
export function compactBoard(state: AnalysisState): void {
	const {board, reports, kill} = state;
	const drafts = board.drafts();
	if (drafts.length < crowded || drafts.length % 8 !== 0) return;
	const machine = machineOf(state);
	const byKey = new Map<string, IncidentDraft>();
	for (const draft of drafts) {
		if (draft.hits.size === 0 || reports.isOpen(draft) || kill?.draft === draft) continue;
		const key = keyOf(draft, machine);
		const earlier = byKey.get(key);
		if (earlier === undefined) byKey.set(key, draft);
		else board.merge(earlier, draft);
	}
}

const crowded = 32;

function machineOf({kernelRelease, isVirtual, reports}: AnalysisState): Machine {
	return {kernelRelease: kernelRelease ?? reports.kernelRelease(), isVirtual};
}
