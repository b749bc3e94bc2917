/** What the screen is made of: lines of spans. Views build them as plain data, so that a view is a pure function. */
import type {MarkRecord} from '../fleet/select-kernel-mark.ts';

/** What a span means; the theme decides how each looks. */
export type Tone =
	'plain' | 'dim' | 'strong' | 'accent' | 'critical' | 'warning' | 'notice' | 'ok' | 'unknown' | 'badge' | 'inverse';

export type Span = {readonly text: string; readonly tone: Tone};

export type Line = readonly Span[];

/** What every view needs to know to draw. */
export type Canvas = {
	/** Milliseconds since the epoch, of the picture drawn: when frozen, the time it was frozen. */
	readonly now: number;
	readonly columns: number;
	/** What the margin of a kernel log says of a line. */
	readonly markOf: MarkRecord;
};

export const blankLine: Line = [];

export function span(text: string, tone: Tone = 'plain'): Span {
	return {text, tone};
}

export function sameLine(a: Line, b: Line): boolean {
	return (
		a === b ||
		(a.length === b.length && a.every((part, index) => part.text === b[index]?.text && part.tone === b[index]?.tone))
	);
}
