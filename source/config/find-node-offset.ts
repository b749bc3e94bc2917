/** Finds where a key path of a YAML document stands in its text, following aliases. */
import {type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node} from 'yaml';

/**
 * Offset of the value at `path`, or of its key; of the nearest enclosing node when the path leaves the document, as
 * it does for a missing key.
 */
export function findNodeOffset(
	document: Document.Parsed,
	path: readonly PropertyKey[],
	wanted: 'key' | 'value',
): number {
	let node: Node | null = document.contents;
	let offset = startOf(node) ?? 0;
	for (const [depth, segment] of path.entries()) {
		const container: Node | null = isAlias(node) ? (node.resolve(document) ?? null) : node;
		const isLast = depth === path.length - 1;
		if (isMap(container)) {
			const pair = container.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === segment);
			if (pair === undefined) return offset;
			const keyOffset = startOf(pair.key as Node | null) ?? offset;
			if (isLast && wanted === 'key') return keyOffset;
			node = pair.value as Node | null;
			offset = startOf(node) ?? keyOffset;
		} else if (isSeq(container) && typeof segment === 'number') {
			node = (container.items[segment] as Node | undefined) ?? null;
			offset = startOf(node) ?? offset;
		} else {
			return offset;
		}
	}
	return offset;
}

function startOf(node: Node | null): number | undefined {
	return node?.range?.[0];
}
