/** Finds the word a person most likely meant, for "did you mean" hints. */

/**
 * The candidate closest to `word`: the same but for case, one it begins (from three letters on), or the one within
 * a third of its length in edits (letters added, dropped, changed or swapped). Null when nothing is close.
 */
export function closestWord(word: string, candidates: readonly string[]): string | null {
	const wanted = word.toLowerCase();
	const limit = Math.max(1, Math.floor(wanted.length / 3));
	let best: string | null = null;
	let bestDistance = limit + 1;
	for (const candidate of candidates) {
		// A longer difference cannot come within the limit, and this bounds the work on hostile input.
		if (Math.abs(candidate.length - wanted.length) > limit) continue;
		const distance = editDistance(wanted, candidate.toLowerCase());
		if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
	}
	if (best !== null || wanted.length < 3) return best;
	const begun = candidates.filter((candidate) => candidate.toLowerCase().startsWith(wanted));
	return begun.length === 1 ? (begun[0] ?? null) : null;
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, one each. */
function editDistance(from: string, to: string): number {
	let beforePrevious: number[] = [];
	let previous = Array.from({length: to.length + 1}, (_, column) => column);
	for (let row = 1; row <= from.length; row++) {
		const current = [row];
		for (let column = 1; column <= to.length; column++) {
			const isSame = from[row - 1] === to[column - 1];
			const isSwapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
			current[column] = Math.min(
				(previous[column] ?? 0) + 1,
				(current[column - 1] ?? 0) + 1,
				(previous[column - 1] ?? 0) + (isSame ? 0 : 1),
				isSwapped ? (beforePrevious[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
			);
		}
		[beforePrevious, previous] = [previous, current];
	}
	return previous[to.length] ?? 0;
}
