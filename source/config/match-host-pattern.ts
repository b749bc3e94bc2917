/** Matches names against the patterns of `exclude:`, where `*` stands for any characters and `?` for one. */
import {matchesWildcards} from '../support/match-wildcards.ts';

/** Case does not count, as in host names. */
export function matchesHostPattern(pattern: string, text: string): boolean {
	return matchesWildcards(text.toLowerCase(), pattern.toLowerCase());
}
