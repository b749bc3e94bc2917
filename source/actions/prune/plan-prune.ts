/** Plans what would go from one host, and says why everything else stays. Pure: the same input gives the same plan. */
import type {PrunePlan} from '../../model/prune-plan.ts';
import {assemblePlan} from './assemble-plan.ts';
import {withholdBeyondTarget} from './free-until.ts';
import type {PruneInput} from './prune-input.ts';
import {createReclaimCounter} from './reclaim-of.ts';
import {surveyHost} from './survey-host.ts';

/**
 * Every object read is either an item or kept with a reason. What a container that stays uses is never an item, nor is
 * what is running, of unknown age, or of a part that could not be read. `freeUntilRatio` takes from what the other
 * wishes select and never adds to it.
 */
export function planPrune(input: PruneInput): PrunePlan {
	const survey = surveyHost(input);
	const countReclaim = createReclaimCounter(input);
	return assemblePlan(input, survey, withholdBeyondTarget(input, survey, countReclaim), countReclaim);
}
