/**
 * Remembers how far the kernel log has been read, so that reading it again passes on only what is new, and says how much
 * was overwritten meanwhile.
 */
import type {KernelRecord} from '../model/kernel-log.ts';

export type RecordMemory = {
	/** For live methods, when the source is opened again: what was seen before comes again and is old. */
	reopen(): void;
	/** For live methods: those not seen before, the first after a gap with the number lost in it. */
	takeNew(records: readonly KernelRecord[]): readonly KernelRecord[];
	/** For polled methods: the lines after the newest one seen; null when that is not in the dump. */
	linesAfterKnown(dump: readonly string[]): readonly string[] | null;
	/** The dump has been passed on up to its end. */
	learn(dump: readonly string[]): void;
	/** Whether any dump was learnt: lines may be lost between two of them, not before the first. */
	hasLines(): boolean;
	/** Another boot: nothing seen before comes again. */
	forget(): void;
};

type Mark = {
	readonly sequence: number;
	readonly seconds: number;
	/** Texts at this very time: the kernel prints several within a tick of a coarse clock. */
	readonly texts: readonly string[];
};

const nothing: Mark = {sequence: -1, seconds: -1, texts: []};

export function createRecordMemory(): RecordMemory {
	let last = nothing;
	let known = nothing;
	/** Newest raw lines, oldest first: several, because one line may be printed again and again. */
	let lastLines: readonly string[] = [];

	const isNew = ({sequence, monotonicSeconds, text}: KernelRecord): boolean => {
		if (sequence !== null) return sequence > known.sequence;
		if (monotonicSeconds === null || monotonicSeconds > known.seconds) return true;
		return monotonicSeconds === known.seconds && !known.texts.includes(text);
	};
	const note = ({sequence, monotonicSeconds, text}: KernelRecord): void => {
		const seconds = Math.max(last.seconds, monotonicSeconds ?? -1);
		const texts = monotonicSeconds !== seconds ? last.texts : seconds === last.seconds ? [...last.texts, text] : [text];
		last = {sequence: Math.max(last.sequence, sequence ?? -1), seconds, texts: texts.slice(-50)};
	};

	return {
		reopen() {
			known = last;
		},
		takeNew(records) {
			const fresh: KernelRecord[] = [];
			for (const record of records) {
				if (!isNew(record)) continue;
				const gap = record.sequence === null || last.sequence < 0 ? 0 : record.sequence - last.sequence - 1;
				note(record);
				fresh.push(gap > 0 ? {...record, lostBefore: (record.lostBefore ?? 0) + gap} : record);
			}
			return fresh;
		},
		linesAfterKnown(dump) {
			const after = findAfter(dump, lastLines);
			return after === null ? null : dump.slice(after);
		},
		learn(dump) {
			if (dump.length > 0) lastLines = dump.slice(-20);
		},
		hasLines: () => lastLines.length > 0,
		forget() {
			[last, known, lastLines] = [nothing, nothing, []];
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
