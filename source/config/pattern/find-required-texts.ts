/** Finds the text that every line a pattern matches must contain: it spares most lines the pattern. */
import type {Pattern, PatternTerm} from './parse-pattern.ts';

/** One text for each way to match, the longest there is; null when some way needs none. */
export function findRequiredTexts(pattern: Pattern): readonly string[] | null {
	const texts = pattern.map(requiredOf);
	return texts.some((found) => found === null) ? null : texts.flatMap((found) => found ?? []);
}

/** A run of plain characters, or what a group in the sequence demands; whichever is longer. */
function requiredOf(sequence: readonly PatternTerm[]): readonly string[] | null {
	let best: readonly string[] | null = null;
	let run = '';
	for (const term of sequence) {
		if (term.character !== null && term.min >= 1) {
			run += term.character;
			best = longer(best, [run]);
			if (term.max > 1) run = '';
		} else {
			if (term.takesText) run = '';
			if (term.alternatives !== null && term.min >= 1) best = longer(best, findRequiredTexts(term.alternatives));
		}
	}
	return best;
}

function longer(one: readonly string[] | null, other: readonly string[] | null): readonly string[] | null {
	return shortest(other) > shortest(one) ? other : one;
}

function shortest(texts: readonly string[] | null): number {
	return texts === null ? 0 : Math.min(...texts.map(({length}) => length));
}
