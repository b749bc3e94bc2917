/** What the planner thinks of one object on its own, before it is known what else stays. */
import type {KeptReason, PruneItem, PruneObjectKind} from '../../model/prune-plan.ts';

export type Stay = {readonly reason: KeptReason; readonly why: string};

/**
 * How much would be missed, least first: what has no name, what a build makes again, what a registry has, what a
 * stopped container wrote, what only this host has, data.
 */
export const valueRanks = {
	unnamedImage: 0,
	buildCache: 1,
	pullableImage: 2,
	stoppedContainer: 3,
	irreplaceableImage: 4,
	volume: 5,
} as const;

export type Verdict = {
	/** As it would be planned; `why` says why it goes. */
	readonly item: PruneItem;
	/** Null when the wishes select it and nothing of its own keeps it. */
	readonly stays: Stay | null;
	readonly rank: number;
	/** Last use, milliseconds since the epoch; null when unknown. */
	readonly usedAt: number | null;
};

/** Unique in a plan: kind and id. */
export function pruneKey(kind: PruneObjectKind, id: string): string {
	return `${kind}:${id}`;
}

/** `protected by shop/*`. */
export function protectedStay(pattern: string): Stay {
	return {reason: 'protected', why: `protected by ${pattern}`};
}
