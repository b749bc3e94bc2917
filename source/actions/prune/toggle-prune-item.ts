/** Takes one object out of a plan, or puts it back in, with everything that hangs on it. */
import type {PrunePlan} from '../../model/prune-plan.ts';
import {assemblePlan} from './assemble-plan.ts';
import type {PruneInput} from './prune-input.ts';
import {createReclaimCounter} from './reclaim-of.ts';
import type {Withheld} from './settle.ts';
import {surveyHost, type Survey} from './survey-host.ts';
import type {Stay} from './verdict.ts';

const takenOut: Stay = {reason: 'taken-out', why: 'taken out of the plan by hand'};

/**
 * `input` is what the plan was made from. Out: what needs the object gone stays with it (the image of a container is
 * in use again). In: only what the wishes select, together with what has to go before it; anything else stays for the
 * reason it shows, and the very same plan comes back. Out and in again gives an equal plan.
 */
export function togglePruneItem(input: PruneInput, plan: PrunePlan, key: string): PrunePlan {
	const survey = surveyHost(input);
	const withheld = new Map(withheldIn(plan, survey));
	if (plan.items.some((item) => item.key === key)) {
		withheld.set(key, takenOut);
	} else {
		const freed = neededFor(key, survey);
		if (freed === null) return plan;
		for (const need of freed) withheld.delete(need);
	}
	return assemblePlan(input, survey, withheld, createReclaimCounter(input));
}

/** Only what was withheld is `taken-out`, `target-met`, or `unchecked` although nothing of its own keeps it. */
function withheldIn(plan: PrunePlan, {verdicts}: Survey): Withheld {
	const reasons = new Set(['taken-out', 'target-met', 'unchecked']);
	return new Map(
		plan.kept.flatMap(({key, reason, why}) =>
			reasons.has(reason) && verdicts.get(key)?.stays === null ? [[key, {reason, why}] as const] : [],
		),
	);
}

/** The object and all that has to go before it; null when one of them stays for good. */
function neededFor(key: string, {verdicts, needs}: Survey): ReadonlySet<string> | null {
	const needed = new Set([key]);
	for (const next of needed) {
		if (verdicts.get(next)?.stays !== null) return null;
		for (const need of needs.get(next) ?? []) needed.add(need);
	}
	return needed;
}
