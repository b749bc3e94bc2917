/** Splits the text of an SSH configuration into its blocks, keeping only what tells which hosts it names. */
import {parse as parseSshConfig} from 'ssh-config';

export type SshConfigBlock = {
	/** Words after `Host`; null before the first block and in a `Match` block. */
	readonly patterns: readonly string[] | null;
	readonly hostName: string | null;
	readonly user: string | null;
	/** As written: `~`, relative paths and globs. */
	readonly includes: readonly string[];
};

type Directive = {readonly keyword: string; readonly values: readonly string[]};

/** Never throws: a line `ssh` would reject is skipped here, and named by `ssh` itself when a host is resolved. */
export function parseSshConfigBlocks(text: string): readonly SshConfigBlock[] {
	const blocks: SshConfigBlock[] = [{patterns: null, hostName: null, user: null, includes: []}];
	for (const line of text.split(/\r\n|\n|\r/)) {
		const directive = parseDirective(line);
		if (directive === null) continue;
		if (directive.keyword === 'host' || directive.keyword === 'match') {
			const patterns = directive.keyword === 'host' ? directive.values : null;
			blocks.push({patterns, hostName: null, user: null, includes: []});
		} else {
			const block = blocks.pop();
			if (block !== undefined) blocks.push(withDirective(block, directive));
		}
	}
	return blocks;
}

/** Of what is said twice the first counts, as in `ssh`. */
function withDirective(block: SshConfigBlock, {keyword, values}: Directive): SshConfigBlock {
	switch (keyword) {
		case 'hostname':
			return {...block, hostName: block.hostName ?? values[0] ?? null};
		case 'user':
			return {...block, user: block.user ?? values[0] ?? null};
		case 'include':
			return {...block, includes: [...block.includes, ...values]};
		default:
			return block;
	}
}

/** One line at a time, because the parser gives up on the whole text at the first line it does not understand. */
function parseDirective(line: string): Directive | null {
	if (!/^\s*(?:host|match|hostname|user|include)[\s=]/i.test(line)) return null;
	try {
		for (const parsed of parseSshConfig(line)) {
			if (!('param' in parsed)) continue;
			const values = typeof parsed.value === 'string' ? [parsed.value] : parsed.value.map(({val}) => val);
			return {keyword: parsed.param.toLowerCase(), values: values.filter((value) => value !== '')};
		}
	} catch {
		// An unbalanced quote, or a keyword without a value.
	}
	return null;
}
