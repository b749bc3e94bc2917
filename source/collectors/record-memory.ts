/** Remembers how far the kernel log has been read, so that reading it again passes on only what is new. */
import type {KernelRecord} from '../model/kernel-log.ts';

export type RecordMemory = {
	/** For live methods, when the source is opened again: what was seen before comes again and is old. */
	reopen(): void;
	isNew(record: KernelRecord): boolean;
	/** For polled methods: the lines after the newest one seen; null when that is not in the dump. */
	linesAfterKnown(dump: readonly string[]): readonly string[] | null;
	/** The dump has been passed on up to its end. */
	learn(dump: readonly string[]): void;
};

export function createRecordMemory(): RecordMemory {
	let last = {sequence: -1, seconds: -1};
	let known = last;
	/** Newest raw lines, oldest first: several, because one line may be printed again and again. */
	let lastLines: readonly string[] = [];

	return {
		reopen() {
			known = last;
		},
		isNew({sequence, monotonicSeconds}) {
			last = {
				sequence: Math.max(last.sequence, sequence ?? -1),
				seconds: Math.max(last.seconds, monotonicSeconds ?? -1),
			};
			if (sequence !== null) return sequence > known.sequence;
			return monotonicSeconds === null || monotonicSeconds > known.seconds;
		},
		linesAfterKnown(dump) {
			const after = findAfter(dump, lastLines);
			return after === null ? null : dump.slice(after);
		},
		learn(dump) {
			if (dump.length > 0) lastLines = dump.slice(-20);
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
