/** Fits text to columns of a terminal; wide characters count two, combining ones none. */
import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** At most `width` columns; an ellipsis marks a cut. */
export function truncateText(text: string, width: number): string {
	if (stringWidth(text) <= width) return text;
	let kept = '';
	let used = 0;
	for (const {segment} of graphemes.segment(text)) {
		const segmentWidth = stringWidth(segment);
		if (used + segmentWidth > width - 1) break;
		kept += segment;
		used += segmentWidth;
	}
	return `${kept}…`;
}

/** Exactly `width` columns, cut or padded at the end. */
export function padText(text: string, width: number): string {
	const fitted = truncateText(text, width);
	return fitted + ' '.repeat(Math.max(0, width - stringWidth(fitted)));
}

/** Lines of at most `width` columns, broken between words; a word that is longer stays whole, to be copied. */
export function wrapText(text: string, width: number): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		if (line !== '' && stringWidth(line) + 1 + stringWidth(word) > width) {
			lines.push(line);
			line = word;
		} else {
			line = line === '' ? word : `${line} ${word}`;
		}
	}
	return line === '' ? lines : [...lines, line];
}

/** Column width: the widest of the texts, at most `limit`. */
export function widestOf(texts: readonly string[], limit: number): number {
	return texts.reduce((width, text) => Math.min(limit, Math.max(width, stringWidth(text))), 0);
}
