/** Text cut and padded to terminal columns, so that wide characters never push what is beside them. */
import stringWidth from 'string-width';
import type {Line} from './line.ts';

/** What takes one column each everywhere and is most of what is drawn: ASCII and the signs of cells. */
const plain = /^[ -~…–≤]*$/;

/** Flags and skin tones, which terminals disagree on how many columns to give. */
const disputed = /\p{Regional_Indicator}|\p{Emoji_Modifier}/gu;

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** Columns the text takes on the screen. */
export function displayWidth(text: string): number {
	return plain.test(text) ? text.length : stringWidth(text);
}

/** At most `width` columns of the text; an ellipsis stands for what was cut. */
export function truncateText(text: string, width: number): string {
	if (width <= 0) return '';
	if (plain.test(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
	const safe = text.replace(disputed, '\uFFFD');
	if (safe.length <= width * 8 && stringWidth(safe) <= width) return safe;
	let kept = '';
	let used = 0;
	for (const {segment} of graphemes.segment(safe)) {
		const next = used + stringWidth(segment);
		if (next > width - 1) break;
		kept += segment;
		used = next;
	}
	return `${kept}…`;
}

/** Exactly `width` columns, text to the left. */
export function fitText(text: string, width: number): string {
	const cut = truncateText(text, width);
	return cut + ' '.repeat(Math.max(0, width - displayWidth(cut)));
}

/** Exactly `width` columns; of a longer text its end, which is what tells names of one registry apart. */
export function fitTail(text: string, width: number): string {
	const excess = displayWidth(text) - width;
	return fitText(excess <= 0 ? text : `…${skipColumns(text, excess + 1)}`, width);
}

/** The text without its first `columns` columns. */
export function skipColumns(text: string, columns: number): string {
	if (columns <= 0) return text;
	if (plain.test(text)) return text.slice(columns);
	let skipped = 0;
	let kept = '';
	for (const {segment} of graphemes.segment(text)) {
		if (skipped >= columns) kept += segment;
		skipped += stringWidth(segment);
	}
	return kept;
}

/** Exactly `width` columns of a line; the last span that does not fit is cut. */
export function fitLine(line: Line, width: number): Line {
	const fitted: {text: string; tone: Line[number]['tone']}[] = [];
	let left = width;
	for (const part of line) {
		if (left <= 0) break;
		const text = truncateText(part.text, left);
		left -= displayWidth(text);
		fitted.push({text, tone: part.tone});
	}
	if (left > 0) fitted.push({text: ' '.repeat(left), tone: 'plain'});
	return fitted;
}

/** The text in lines of at most `width` columns, broken at spaces where there are any; at most `maxLines`. */
export function wrapText(text: string, width: number, maxLines = 20): readonly string[] {
	const lines: string[] = [];
	let current = '';
	for (const word of text.split(' ')) {
		const joined = current === '' ? word : `${current} ${word}`;
		if (displayWidth(joined) <= width) {
			current = joined;
			continue;
		}
		if (current !== '') lines.push(current);
		if (lines.length >= maxLines) return lines;
		current = truncateText(word, width);
	}
	if (current !== '' || lines.length === 0) lines.push(current);
	return lines;
}
