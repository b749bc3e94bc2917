/** Counts what became of the objects of a plan. */
import type {ItemOutcome} from '../../model/prune-plan.ts';

export type OutcomeCounts = Readonly<Record<ItemOutcome['kind'], number>>;

const words: Readonly<Record<ItemOutcome['kind'], string>> = {
	removed: 'removed',
	gone: 'gone already',
	'in-use': 'kept, in use',
	failed: 'failed',
	unknown: 'unknown',
	'not-attempted': 'not attempted',
};

export function countOutcomes(outcomes: Iterable<ItemOutcome>): OutcomeCounts {
	const counts = {removed: 0, gone: 0, 'in-use': 0, failed: 0, unknown: 0, 'not-attempted': 0};
	for (const {kind} of outcomes) counts[kind]++;
	return counts;
}

/** `12 removed, 1 kept, in use`; `nothing` for none. */
export function describeOutcomes(outcomes: Iterable<ItemOutcome>): string {
	const counts = countOutcomes(outcomes);
	const kinds = (Object.keys(words) as ItemOutcome['kind'][]).filter((kind) => counts[kind] > 0);
	return kinds.map((kind) => `${counts[kind]} ${words[kind]}`).join('; ') || 'nothing';
}
