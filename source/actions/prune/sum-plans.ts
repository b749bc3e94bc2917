/** Totals over the plans of several hosts. */
import type {ByteRange, PruneObjectKind, PrunePlan} from '../../model/prune-plan.ts';

export type PlanTotals = {
	readonly hosts: number;
	/** Hosts where something would go. */
	readonly hostsWithItems: number;
	/** Hosts of which a part could not be read. */
	readonly hostsWithUnread: number;
	readonly items: number;
	readonly itemsByKind: Readonly<Record<PruneObjectKind, number>>;
	readonly kept: number;
	/** Hosts share nothing, so ranges add up. */
	readonly reclaim: ByteRange;
};

export function sumPlans(plans: readonly PrunePlan[]): PlanTotals {
	const itemsByKind = {container: 0, image: 0, volume: 0, 'build-cache': 0};
	let [items, kept, minBytes, maxBytes] = [0, 0, 0, 0];
	for (const plan of plans) {
		for (const {kind} of plan.items) itemsByKind[kind]++;
		items += plan.items.length;
		kept += plan.kept.length;
		minBytes += plan.reclaim.minBytes;
		maxBytes += plan.reclaim.maxBytes;
	}
	return {
		hosts: plans.length,
		hostsWithItems: plans.filter((plan) => plan.items.length > 0).length,
		hostsWithUnread: plans.filter(({unread}) => unread.length > 0).length,
		items,
		itemsByKind,
		kept,
		reclaim: {minBytes, maxBytes},
	};
}
