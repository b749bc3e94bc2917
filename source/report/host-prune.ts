/** What a prune came to on one host: the plan and its run, or why there is none. */
import type {PrunePlan, PruneResult} from '../model/prune-plan.ts';

export type HostPrune = {
	readonly name: string;
	/** Resolved `user@address:port`; null before the first connection. */
	readonly address: string | null;
} & (
	| {readonly kind: 'planned'; readonly plan: PrunePlan}
	| {readonly kind: 'run'; readonly plan: PrunePlan; readonly result: PruneResult}
	/** It could not be reached, or its engine could not be read. */
	| {readonly kind: 'unread'; readonly reason: string}
	/** Another name of a host that is in the list. */
	| {readonly kind: 'merged'}
);
