/** Reads the escapes of the kernel's own log format back into text. */

/** The kernel writes every byte it finds unprintable, and the backslash, as `\xNN`; text is UTF-8 underneath. */
export function unescapeBytes(text: string): string {
	if (!text.includes('\\x')) return text;
	return text.replace(/(?:\\x[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('\\x', ''), 'hex').toString('utf8'));
}
