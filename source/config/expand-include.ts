/** Finds the files an `Include` of the SSH configuration names, as glob(3) would: sorted, hidden files left out. */
import {readdir, stat} from 'node:fs/promises';
import path from 'node:path';

/** One pattern cannot make us list more than this. */
const maxMatches = 1000;

/** Existing paths that match an absolute pattern with `*`, `?` and `[…]`; a path that cannot be read matches nothing. */
export async function expandInclude(pattern: string): Promise<readonly string[]> {
	let found = ['/'];
	for (const segment of pattern.split('/').filter((part) => part !== '')) {
		const next: string[] = [];
		for (const directory of found) {
			if (next.length >= maxMatches) break;
			next.push(...(await matchSegment(directory, segment)));
		}
		found = next.slice(0, maxMatches);
	}
	return found;
}

async function matchSegment(directory: string, segment: string): Promise<readonly string[]> {
	if (!/[*?[]/.test(segment)) {
		const candidate = path.join(directory, segment);
		return (await isThere(candidate)) ? [candidate] : [];
	}
	const matcher = toMatcher(segment);
	try {
		const names = (await readdir(directory)).sort();
		return names
			.filter((name) => matcher.test(name) && (!name.startsWith('.') || segment.startsWith('.')))
			.map((name) => path.join(directory, name));
	} catch {
		return [];
	}
}

async function isThere(file: string): Promise<boolean> {
	try {
		await stat(file);
		return true;
	} catch {
		return false;
	}
}

function toMatcher(segment: string): RegExp {
	// Runs of `*` are one: several in a row would backtrack without end on a hostile pattern.
	const source = segment
		.replaceAll(/\*+/g, '*')
		.replaceAll(/\[([!^]?)([^\]/\\[]+)\]|[\s\S]/g, (text, negation?: string, set?: string) => {
			if (set !== undefined) return `[${negation === '' ? '' : '^'}${set.replaceAll('^', String.raw`\^`)}]`;
			if (text === '*') return '[^/]*';
			return text === '?' ? '[^/]' : text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
		});
	try {
		return new RegExp(`^${source}$`, 's');
	} catch {
		// A set such as `[z-a]`, which glob(3) matches with nothing.
		return /^(?!)/;
	}
}
