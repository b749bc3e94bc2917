/** Remembers how far the kernel log has been read, so that reading it again passes on only what is new. */
import type {KernelRecord} from '../model/kernel-log.ts';

export type RecordMemory = {
	/** For live methods: true once for each record, also when the source is opened again. */
	isNew(record: KernelRecord): boolean;
	/** For polled methods: the lines after the newest one seen; all of them when it is gone from the dump. */
	newLines(dump: readonly string[]): {readonly lines: readonly string[]; readonly overlaps: boolean};
};

export function createRecordMemory(): RecordMemory {
	let lastSequence = -1;
	let lastSeconds = -1;
	/** Newest raw lines, oldest first: several, because one line may be printed again and again. */
	let lastLines: readonly string[] = [];

	return {
		isNew(record) {
			if (record.sequence !== null) {
				if (record.sequence <= lastSequence) return false;
				lastSequence = record.sequence;
			} else if (record.monotonicSeconds !== null) {
				if (record.monotonicSeconds < lastSeconds) return false;
				lastSeconds = record.monotonicSeconds;
			}
			return true;
		},
		newLines(dump) {
			const after = findAfter(dump, lastLines);
			if (dump.length > 0) lastLines = dump.slice(-20);
			return {lines: dump.slice(after ?? 0), overlaps: after !== null};
		},
	};
}

/** Index after the last place where the end of `known` stands in `dump`; null when it does not. */
function findAfter(dump: readonly string[], known: readonly string[]): number | null {
	const newest = known.at(-1);
	if (newest === undefined) return null;
	for (let end = dump.length; end > 0; end--) {
		const length = Math.min(end, known.length);
		if (dump[end - 1] === newest && known.slice(-length).every((line, index) => dump[end - length + index] === line)) {
			return end;
		}
	}
	return null;
}
