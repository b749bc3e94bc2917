/** What is told while a plan is run, in this order: started, each item started and ended, verifying, ended. */
import type {ItemOutcome, PruneItem, PrunePlan, PruneResult} from '../../model/prune-plan.ts';

export type PruneProgress =
	| {readonly kind: 'started'; readonly plan: PrunePlan}
	| {readonly kind: 'item-started'; readonly item: PruneItem}
	/** Also for items that were never started. `done` of `of` items have an outcome now. */
	| {
			readonly kind: 'item-ended';
			readonly item: PruneItem;
			readonly outcome: ItemOutcome;
			readonly done: number;
			readonly of: number;
	  }
	| {readonly kind: 'verifying'}
	| {readonly kind: 'ended'; readonly result: PruneResult};
