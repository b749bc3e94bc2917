/** One line while its prefixes are taken off, one after the other; what stands further out is believed first. */
import type {KernelLogFormat} from './kernel-log-format.ts';

export type LineDraft = {
	readonly line: string;
	/** When it is read, milliseconds since the epoch: a year that is missing is looked for before it. */
	readonly now: number;
	/** Where the part not yet understood begins. */
	position: number;
	format: KernelLogFormat;
	sequence: number | null;
	facility: number | null;
	level: number | null;
	/** Milliseconds since the epoch. */
	at: number | null;
	atUncertaintyMs: number;
	/** Seconds after the line before; null where the line does not count that way. */
	deltaSeconds: number | null;
	monotonicSeconds: number | null;
	host: string | null;
	identifier: string | null;
	caller: string | null;
	/** Records said to be lost before this one. */
	lost: number;
	/** Copies of this line that a program folded into it. */
	repeats: number;
};

export function createLineDraft(line: string, now: number): LineDraft {
	return {
		line,
		now,
		position: 0,
		format: 'plain',
		sequence: null,
		facility: null,
		level: null,
		at: null,
		atUncertaintyMs: 0,
		deltaSeconds: null,
		monotonicSeconds: null,
		host: null,
		identifier: null,
		caller: null,
		lost: 0,
		repeats: 1,
	};
}

/** Moves on if the sticky pattern matches where the draft stands; null otherwise. */
export function takePattern(draft: LineDraft, pattern: RegExp): RegExpExecArray | null {
	pattern.lastIndex = draft.position;
	const match = pattern.exec(draft.line);
	if (match) draft.position = pattern.lastIndex;
	return match;
}

/** Priority as in `<30>`: facility * 8 + level. The outermost counts, since only that was written by the log itself. */
export function takePriority(draft: LineDraft, priority: number): void {
	draft.facility ??= priority >> 3;
	draft.level ??= priority & 7;
}
