/** Makes text from hosts plain in Markdown: no markup, no HTML, no links, and no way out of a table's cell or a fence. */

/** For prose and table cells; one line. The zero-width space after an `@` keeps a task's name from calling people. */
export function escapeMarkdown(text: string): string {
	return text
		.replaceAll(/\s+/g, ' ')
		.replaceAll(/[\\`*_[\]|~#{}!$]/g, String.raw`\$&`)
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('://', ':\\//')
		.replaceAll(/www\./gi, (found) => `${found.slice(0, 3)}\\.`)
		.replaceAll(/(^|\W)@/g, '$1@&#8203;');
}

/** Lines in a fenced block, whose fence is longer than any run of backticks in them. */
export function fenceLines(lines: readonly string[], indent: string): readonly string[] {
	const clean = lines.map((line) => line.replaceAll(/[\r\n]+/g, ' '));
	const longest = clean.flatMap((line) => line.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
	const fence = '`'.repeat(longest + 1);
	return [`${fence}text`, ...clean, fence].map((line) => `${indent}${line}`);
}
