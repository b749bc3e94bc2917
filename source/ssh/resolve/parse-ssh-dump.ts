/** Reads what `ssh -G` prints: one `keyword value` per line, keywords in lower case, some of them more than once. */
import {keptKeywords} from './kept-keywords.ts';

/** Values per keyword in the order given; the common form of `ssh -G` and of the parsed-file fallback. */
export type SshSettings = ReadonlyMap<string, readonly string[]>;

/** Only the keywords this program looks at. */
export function parseSshDump(output: string): SshSettings {
	const settings = new Map<string, string[]>();
	for (const line of output.split('\n')) {
		const space = line.indexOf(' ');
		if (space <= 0) continue;
		const keyword = line.slice(0, space).toLowerCase();
		if (!keptKeywords.has(keyword)) continue;
		const value = line.slice(space + 1).trim();
		const values = settings.get(keyword);
		if (values === undefined) settings.set(keyword, [value]);
		else values.push(value);
	}
	return settings;
}
