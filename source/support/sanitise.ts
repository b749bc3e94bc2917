/** Makes text from a host safe to draw: applied once, where the text enters the program. */
import {stripVTControlCharacters} from 'node:util';

/** C0 and C1 controls and DEL. */
const controls = /[\u0000-\u001F\u007F-\u009F]/g;

/** Characters that move, hide or reorder the text around them, and lone surrogates. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029\uFFF9-\uFFFB]|\p{Surrogate}/gu;

/** Shorter parts are copied by V8 itself. */
const slicedFrom = 13;

/** Printable ASCII alone. */
const harmless = /^[ -~]*$/;

/** Combining marks beyond this many in a row pile up over neighbouring lines. */
const piledMarks = /(\p{Mark}{3})\p{Mark}+/gu;

/**
 * One drawable line: escape sequences removed, tabs and newlines turned into spaces, other controls and invisible or
 * reordering characters replaced by `\uFFFD`, at most `maxLength` UTF-16 units (an ellipsis marks a cut).
 */
export function sanitiseLine(text: string, maxLength = 1000): string {
	// Nearly every line is harmless, and logs have millions.
	if (text.length <= maxLength && harmless.test(text)) return copy(text, 'latin1');
	const bounded = text.length > maxLength * 4 ? text.slice(0, maxLength * 4) : text;
	const clean = stripVTControlCharacters(bounded)
		.replace(/[\t\n\r\v\f]+/g, ' ')
		.replace(controls, '\uFFFD')
		.replace(invisible, '\uFFFD')
		.replace(piledMarks, '$1');
	return copy(clean.length > maxLength || bounded.length < text.length ? cutAt(clean, maxLength) : clean, 'utf8');
}

/** Sanitised lines of a text, at most `maxLines`, empty ones dropped. */
export function sanitiseLines(text: string, maxLines = 50, maxLength = 1000): string[] {
	return text
		.split(/\r\n|\n|\r/)
		.filter((line) => line.trim() !== '')
		.slice(0, maxLines)
		.map((line) => sanitiseLine(line, maxLength));
}

/** A command's output as it was but for what is not drawable: lines and tabs stay, so that it can still be parsed. */
export function sanitiseOutput(text: string): string {
	return stripVTControlCharacters(text)
		.replaceAll('\r\n', '\n')
		.replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '\uFFFD')
		.replace(invisible, '\uFFFD')
		.replace(piledMarks, '$1');
}

/** A part of a text keeps all of it in memory (V8's sliced strings): a line kept for hours must not hold its whole read. */
function copy(text: string, encoding: 'latin1' | 'utf8'): string {
	return text.length < slicedFrom ? text : Buffer.from(text, encoding).toString(encoding);
}

function cutAt(text: string, maxLength: number): string {
	const end =
		text.codePointAt(maxLength - 2) !== undefined && (text.codePointAt(maxLength - 2) ?? 0) > 0xffff
			? maxLength - 2
			: maxLength - 1;
	return `${text.slice(0, end)}…`;
}
