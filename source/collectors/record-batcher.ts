/**
 * Gathers kernel records into batches. The backlog of a fresh read is held back until the flood pauses, so that only
 * its newest records are passed on; after that a batch leaves every `batchMs`.
 */
import type {KernelRecord} from '../model/kernel-log.ts';
import type {Clock} from '../support/clock.ts';

export type RecordBatcher = {
	add(records: readonly KernelRecord[]): void;
	/** Passes on what is held. */
	flush(): void;
	/** Forgets what is held. */
	discard(): void;
};

export type BatcherOptions = {
	readonly clock: Clock;
	readonly batchMs: number;
	readonly backlogRecords: number;
	/** The backlog is over at the latest after this, even on a host that logs without a pause. */
	readonly backlogMs: number;
	readonly emit: (records: readonly KernelRecord[]) => void;
};

export function createRecordBatcher({clock, batchMs, backlogRecords, backlogMs, emit}: BatcherOptions): RecordBatcher {
	let held: KernelRecord[] = [];
	let backlogUntil: number | null = clock.now() + backlogMs;
	let arrivedSinceTick = false;
	let cancel: (() => void) | null = null;

	const flush = (): void => {
		cancel?.();
		cancel = null;
		const batch = held;
		held = [];
		if (batch.length > 0) emit(batch);
	};
	const discard = (): void => {
		cancel?.();
		cancel = null;
		held = [];
	};
	const tick = (): void => {
		cancel = null;
		if (backlogUntil !== null && arrivedSinceTick && clock.now() < backlogUntil) {
			arrivedSinceTick = false;
			cancel = clock.schedule(batchMs, tick);
			return;
		}
		backlogUntil = null;
		flush();
	};

	return {
		add(records) {
			if (records.length === 0) return;
			for (const record of records) held.push(record);
			arrivedSinceTick ||= cancel !== null;
			if (backlogUntil !== null && held.length > backlogRecords) held = keepNewest(held, backlogRecords);
			// A live flood is passed on early rather than thinned out: every line may matter.
			if (backlogUntil === null && held.length >= backlogRecords) flush();
			else cancel ??= clock.schedule(batchMs, tick);
		},
		flush,
		discard,
	};
}

/** The first one kept says how many came before it, so that nothing is left out in silence. */
function keepNewest(records: readonly KernelRecord[], count: number): KernelRecord[] {
	const [first, ...others] = records.slice(-count);
	if (first === undefined) return [];
	const dropped = records.slice(0, -count).reduce((sum, {lostBefore = 0}) => sum + 1 + lostBefore, 0);
	return [{...first, lostBefore: (first.lostBefore ?? 0) + dropped}, ...others];
}
