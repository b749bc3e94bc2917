/** Remembers who wrote the line before, because a message of several lines names its writer once. */
import {takePattern, type LineDraft} from './line-draft.ts';

export type OriginMemory = {
	/**
	 * True for a line that continues the message of another program, whatever it looks like; `isSameLine` where a carriage
	 * return alone stands between them.
	 */
	isContinuation(line: string, isSameLine: boolean): boolean;
	/** Gives a line without any prefix what the line before it had, and remembers this one. */
	inherit(draft: LineDraft, isContinued: boolean): void;
	/** The lines this one stands for: itself, or copies that a syslog program folded into it. */
	unfold(draft: LineDraft): readonly LineDraft[];
};

const repeatLimit = 1000;
/** sysklogd and busybox. */
const lastRepeated = /(?:\S{1,255} )?last message repeated (\d{1,6}) times?\s{0,4}$/y;

export function createOriginMemory(): OriginMemory {
	let last: LineDraft | null = null;
	const isForeign = (draft: LineDraft): boolean =>
		(draft.identifier !== null && draft.identifier !== 'kernel') || (draft.facility ?? 0) !== 0;

	return {
		// journalctl indents the further lines of a message to where its text begins.
		isContinuation: (line, isSameLine) => last !== null && isForeign(last) && (isSameLine || /^(?: {4}|\t)/.test(line)),
		inherit(draft, isContinued) {
			const isBare = draft.format === 'plain' && draft.identifier === null && draft.facility === null;
			const isOwn = last !== null && isForeign(last) && last.identifier !== null && !/^[ \t]/.test(draft.line);
			if (isBare && last !== null && (isContinued || !isOwn)) {
				draft.format = last.format;
				draft.identifier = last.identifier;
				draft.facility = last.facility;
				draft.level = last.level;
				draft.host = last.host;
				draft.at = last.at;
				draft.atUncertaintyMs = last.atUncertaintyMs;
				draft.monotonicSeconds = last.monotonicSeconds;
				draft.caller ??= last.caller;
			}
			if (!isBare) last = draft;
		},
		unfold(draft) {
			const before = last;
			const start = draft.position;
			const match = draft.format === 'syslog' && draft.identifier === null ? takePattern(draft, lastRepeated) : null;
			draft.position = start;
			if (match && before) return copies({...before, at: draft.at}, Number(match[1]));
			return copies(draft, draft.repeats);
		},
	};
}

function copies(draft: LineDraft, count: number): readonly LineDraft[] {
	return count === 1 ? [draft] : Array.from({length: Math.min(count, repeatLimit)}, () => draft);
}
