/** Looks at a host after a run: are the objects gone, and how many bytes has the file system got back. */
import type {HostOperator} from '../../model/host-operator.ts';
import type {ItemOutcome, PrunePlan, PruneResult} from '../../model/prune-plan.ts';
import {pause, type Clock} from '../../support/clock.ts';
import {listIds} from './find-objects.ts';

const neverAborted = new AbortController().signal;

/** `verified` when a fresh list has none of the objects that were removed, or that were said to be gone. */
export async function verifyPrune(
	plan: PrunePlan,
	outcomes: ReadonlyMap<string, ItemOutcome>,
	{engine}: HostOperator,
): Promise<PruneResult['verification']> {
	if (engine === null) return 'unverified';
	const kinds = new Set(plan.items.map(({key, kind}) => (isGone(outcomes.get(key)) ? kind : null)));
	const isUnknown = [...outcomes.values()].some(({kind}) => kind === 'unknown');
	let verification: PruneResult['verification'] = isUnknown ? 'unverified' : 'verified';
	for (const kind of kinds) {
		if (kind === null) continue;
		const present = await listIds(kind, engine, neverAborted);
		if (present === null) verification = 'unverified';
		else if (plan.items.some(({key, id}) => isGone(outcomes.get(key)) && key.startsWith(kind) && present.has(id))) {
			return 'differs';
		}
	}
	return verification;
}

function isGone(outcome: ItemOutcome | undefined): boolean {
	return outcome?.kind === 'removed' || outcome?.kind === 'gone';
}

export type MeasureOptions = {
	/** Bytes in use before the run; null when they could not be read. */
	readonly before: number | null;
	readonly outcomes: ReadonlyMap<string, ItemOutcome>;
	readonly plan: PrunePlan;
	readonly operator: HostOperator;
	readonly clock: Clock;
	/** Ends the waiting, not the reading. */
	readonly signal: AbortSignal;
};

/** btrfs and XFS give space back some seconds after the files went. */
const looks = 5;
const restMs = 2000;
/** Others write meanwhile: less than this share missing is no sign of space still to come. */
const missingRatio = 0.02;

/**
 * Bytes less in use than before, by `df`; below 0 when others wrote more than went. Waits a little while less came free
 * than the least that all of it should. Null when the file system could not be read before or after.
 */
export async function measureFreed(options: MeasureOptions): Promise<number | null> {
	const {before, outcomes, plan, operator, clock, signal} = options;
	if (before === null || plan.filesystem === null) return null;
	const isWhole = [...outcomes.values()].every(({kind}) => kind === 'removed');
	let freedBytes: number | null = null;
	for (let look = 1; look <= looks; look++) {
		const after = await operator.readFilesystem(plan.filesystem.mountPoint, neverAborted);
		if (after === null) return freedBytes;
		freedBytes = before - after.usedBytes;
		if (!isWhole || signal.aborted || freedBytes >= plan.reclaim.minBytes * (1 - missingRatio)) break;
		if (look < looks) await pause(clock, restMs, signal);
	}
	return freedBytes;
}
