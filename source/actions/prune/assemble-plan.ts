/** Puts a plan together from what was judged and what is withheld; planning and toggling both end here. */
import type {PruneItem, PruneObjectKind, PrunePlan} from '../../model/prune-plan.ts';
import {fingerprintOf} from './fingerprint-of.ts';
import {targetAdvice} from './free-until.ts';
import {logAdvice} from './log-advice.ts';
import {orderByValue} from './order-by-value.ts';
import type {PruneInput} from './prune-input.ts';
import type {ReclaimCounter} from './reclaim-of.ts';
import {settle, type Withheld} from './settle.ts';
import {sizeAdvice} from './size-advice.ts';
import type {Survey} from './survey-host.ts';

/** In this order they are removed. */
const kinds: readonly PruneObjectKind[] = ['container', 'image', 'volume', 'build-cache'];

export function assemblePlan(
	input: PruneInput,
	survey: Survey,
	withheld: Withheld,
	countReclaim: ReclaimCounter,
): PrunePlan {
	const {host, wishes, filesystem, now} = input;
	const {going, kept} = settle(survey, withheld);
	const items = orderForRemoval(going, survey);
	const reclaim = countReclaim(going);
	return {
		hostKey: host.key,
		hostName: host.name,
		madeAt: now,
		wishes,
		items,
		kept,
		reclaim,
		filesystem:
			filesystem === null
				? null
				: {mountPoint: filesystem.mountPoint, sizeBytes: filesystem.sizeBytes, usedBytes: filesystem.usedBytes},
		advice: [...targetAdvice(input, reclaim), ...sizeAdvice(input, going), ...logAdvice(input)],
		unread: survey.unread,
		fingerprint: fingerprintOf(host.key, items),
	};
}

function orderForRemoval(going: ReadonlySet<string>, survey: Survey): readonly PruneItem[] {
	const items = orderByValue(going, survey).flatMap((key) => survey.verdicts.get(key)?.item ?? []);
	return kinds.flatMap((kind) => items.filter((item) => item.kind === kind));
}
