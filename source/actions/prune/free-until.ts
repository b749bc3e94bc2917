/** Plans no more than it takes to bring a file system down to a share in use. */
import type {ByteRange, PruneWishes} from '../../model/prune-plan.ts';
import {formatBytes, formatRatio} from '../../support/format.ts';
import {orderByValue} from './order-by-value.ts';
import type {PruneInput} from './prune-input.ts';
import {keepsBytesThere, type ReclaimCounter} from './reclaim-of.ts';
import {settle, type Withheld} from './settle.ts';
import type {Survey} from './survey-host.ts';
import type {Stay} from './verdict.ts';

const nothingWithheld: Withheld = new Map();

/**
 * What is selected but not needed, because the least valuable before it (`orderByValue`) free enough even if they free
 * only the minimum. Empty without a target, or when all of it is needed. When the target cannot be judged everything
 * selected is withheld: a limit that cannot be checked is not met by going past it.
 */
export function withholdBeyondTarget(input: PruneInput, survey: Survey, count: ReclaimCounter): Withheld {
	if (input.wishes.freeUntilRatio === null) return nothingWithheld;
	const order = orderByValue(settle(survey, nothingWithheld).going, survey);
	const neededBytes = bytesToFree(input);
	if (neededBytes === null) {
		return withhold(order, {
			reason: 'unchecked',
			why: 'the use of the file system is unknown, so the target cannot be judged',
		});
	}
	const why = `not needed to come down to ${formatRatio(input.wishes.freeUntilRatio)}`;
	return withhold(order.slice(shortestPrefix(order, neededBytes, count)), {reason: 'target-met', why});
}

/** Bytes over the target, 0 when at or below it; null without a target or where `df` does not show what images take. */
export function bytesToFree({wishes, filesystem, driver}: PruneInput): number | null {
	if (wishes.freeUntilRatio === null || filesystem === null || !keepsBytesThere(driver)) return null;
	// As `df` counts it, without what is reserved for root.
	const usableBytes = filesystem.usedBytes + filesystem.availableBytes;
	if (usableBytes <= 0) return null;
	return Math.max(0, Math.ceil(filesystem.usedBytes - wishes.freeUntilRatio * usableBytes));
}

/** What there is to say about the target once it is known what goes. */
export function targetAdvice(input: PruneInput, reclaim: ByteRange): readonly string[] {
	const {wishes, filesystem, driver} = input;
	if (wishes.freeUntilRatio === null) return [];
	const target = formatRatio(wishes.freeUntilRatio);
	const neededBytes = bytesToFree(input);
	if (neededBytes === null) {
		const why = keepsBytesThere(driver)
			? 'the file system under the engine’s root could not be read'
			: `${driver} keeps images in a pool that \`df\` does not show`;
		return [
			`Whether ${target} is met cannot be judged: ${why}. Leave out \`--free-until\` to plan all that is selected.`,
		];
	}
	const place = filesystem?.mountPoint ?? 'The file system';
	if (neededBytes === 0) return [`${place} is at or below ${target} already.`];
	if (reclaim.minBytes >= neededBytes) return [];
	const least = `${place} needs ${formatBytes(neededBytes)} to come down to ${target}; this plan frees at least ${formatBytes(reclaim.minBytes)}.`;
	return [`${least} ${moreToSelect(wishes)}`];
}

function moreToSelect(wishes: PruneWishes): string {
	const options = [
		...(wishes.stoppedForMs === null ? ['`--stopped 7d`'] : []),
		...(wishes.unusedForMs === null && wishes.olderThanMs === null ? ['`--unused-for 30d`'] : []),
		...(wishes.buildCache ? [] : ['`--build-cache`']),
	];
	if (options.length === 0) return 'Shorten the ages, look at volumes and log files, or give it more room.';
	return `Select more with ${options.join(', ')}.`;
}

function withhold(keys: readonly string[], stay: Stay): Withheld {
	return new Map(keys.map((key) => [key, stay]));
}

/** How many of the first keys free enough. By halves: more of them never free less. */
function shortestPrefix(order: readonly string[], neededBytes: number, count: ReclaimCounter): number {
	let [low, high] = [0, order.length];
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (neededBytes === 0 || count(new Set(order.slice(0, middle))).minBytes >= neededBytes) high = middle;
		else low = middle + 1;
	}
	return low;
}
