/** Holds the drafts of one log, at most so many: findable by what they are about, mildest and oldest leave first. */
import {absorb, createDraft, type IncidentDraft, severityRank} from './incident-draft.ts';
import {titlingHits} from './describe-incident.ts';
import type {Moment} from './moment.ts';

/** Kept per log; beyond it the least severe go first, then the oldest. */
export const incidentLimit = 64;

export type IncidentBoard = {
	/** In order of their first line. */
	drafts(): readonly IncidentDraft[];
	/** `identity` names what the draft is about, e.g. `disk:sdb`; null for one that no other line may find. */
	create(identity: string | null, subject: string, moment: Moment): IncidentDraft;
	find(identity: string): IncidentDraft | null;
	/** Makes `identity` mean `draft` from now on. */
	name(identity: string, draft: IncidentDraft): void;
	/** Both are one incident: `source` leaves, and all its names mean `target`. */
	merge(target: IncidentDraft, source: IncidentDraft): void;
	remove(draft: IncidentDraft): void;
	has(draft: IncidentDraft): boolean;
	/** Lets the least important leave until the limit holds; `keep` stays. */
	trim(keep: IncidentDraft): void;
};

const neutral = {kernelRelease: null, isVirtual: false};

export function createIncidentBoard(limit: number): IncidentBoard {
	const drafts = new Set<IncidentDraft>();
	const byIdentity = new Map<string, IncidentDraft>();
	let serial = 0;

	const remove = (draft: IncidentDraft): void => {
		drafts.delete(draft);
		for (const [identity, one] of byIdentity) if (one === draft) byIdentity.delete(identity);
	};

	return {
		drafts: () => [...drafts],
		create(identity, subject, moment) {
			const draft = createDraft((serial += 1), subject, moment);
			drafts.add(draft);
			if (identity !== null) byIdentity.set(identity, draft);
			return draft;
		},
		find: (identity) => byIdentity.get(identity) ?? null,
		name: (identity, draft) => byIdentity.set(identity, draft),
		merge(target, source) {
			if (target === source) return;
			for (const [identity, one] of byIdentity) if (one === source) byIdentity.set(identity, target);
			drafts.delete(source);
			absorb(target, source);
		},
		remove,
		has: (draft) => drafts.has(draft),
		trim(keep) {
			while (drafts.size > limit) {
				const leaving = [...drafts].filter((one) => one !== keep).reduce(lessImportant);
				remove(leaving);
			}
		},
	};
}

function lessImportant(one: IncidentDraft, other: IncidentDraft): IncidentDraft {
	const difference = rank(one) - rank(other);
	if (difference !== 0) return difference > 0 ? one : other;
	return one.last.line <= other.last.line ? one : other;
}

/** A draft still without lines is about to get one. */
function rank(draft: IncidentDraft): number {
	if (draft.hits.size === 0) return -1;
	const {signature, storm, detail} = titlingHits(draft, neutral);
	return severityRank(storm?.severity ?? detail?.severity ?? signature.severity);
}
