/** Tells text from what is none, such as an archive given by mistake. */

/** Controls other than tab and escape, and what is left of bytes that are no UTF-8. */
const unprintable = /[\u0000-\u0008\u000B\u000C\u000E-\u001A\u001C-\u001F\u007F\uFFFD]/g;
const sampleLength = 400;

/** Binary names of tasks may stand in a line; a line that is mostly such bytes is no text. */
export function isReadable(line: string): boolean {
	const sample = line.length > sampleLength ? line.slice(0, sampleLength) : line;
	const count = sample.match(unprintable)?.length ?? 0;
	return count === 0 || count < sample.length * 0.2;
}
