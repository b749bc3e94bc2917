/** Finds mistakes that are good YAML by its grammar but never meant: a key twice, an alias to nothing. */
import {type Document, isMap, isScalar, type Node, visit, type YAMLMap} from 'yaml';
import {quoteWord} from '../support/quote-word.ts';

export type YamlFlaw = {readonly offset: number; readonly message: string; readonly hint?: string};

/** The first flaw in the order of the text, or null; takes time in proportion to the text. */
export function findYamlFlaw(document: Document.Parsed): YamlFlaw | null {
	const anchors = new Set<string>();
	let flaw: YamlFlaw | null = null;
	const stopAt = (found: YamlFlaw | null): symbol | undefined => {
		flaw = found;
		return found === null ? undefined : visit.BREAK;
	};
	visit(document, {
		Value(_, node) {
			if (node.anchor !== undefined) anchors.add(node.anchor);
			return isMap(node) ? stopAt(findRepeatedKey(node)) : undefined;
		},
		Alias(_, node) {
			if (anchors.has(node.source)) return undefined;
			const written = quoteWord(`*${node.source}`);
			return stopAt({
				offset: node.range?.[0] ?? 0,
				message: `${written} is an alias without an anchor`,
				// Most likely `*.example.com` among the patterns to exclude.
				hint: `If it is a pattern, write it in quotes: ${written}`,
			});
		},
	});
	return flaw;
}

/** Own work, because the parser compares every key with every other. */
function findRepeatedKey(map: YAMLMap): YamlFlaw | null {
	const seen = new Set<unknown>();
	for (const {key} of map.items) {
		if (!isScalar(key)) continue;
		if (seen.has(key.value)) return {offset: (key as Node).range?.[0] ?? 0, message: 'this key is given twice'};
		seen.add(key.value);
	}
	return null;
}
