/** Protect patterns: `*` and `?` over names, repositories, digests and ids, or `label:KEY[=VALUE]`. */
import {bareId, familiarName, repositoryOf} from '../../model/image-names.ts';
import {matchesWildcards} from '../../support/match-wildcards.ts';

export type Protectable = {
	readonly id: string;
	/** Names, image references and digests it goes by. */
	readonly names: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
};

/** Long enough that a short name does not protect an image whose id happens to begin so. */
const shortestIdLength = 6;

/**
 * The first pattern that protects the object; null when none does. Case does not matter, and the implied
 * `docker.io/library/` may be written or left out: protecting one too many harms nobody.
 */
export function protectingPattern(object: Protectable, patterns: readonly string[]): string | null {
	return patterns.find((pattern) => protects(pattern.trim().toLowerCase(), object)) ?? null;
}

function protects(pattern: string, {id, names, labels}: Protectable): boolean {
	if (pattern === '') return false;
	if (pattern.startsWith('label:')) return protectsLabel(pattern.slice('label:'.length), labels);
	const bare = bareId(pattern);
	if (bare.length >= shortestIdLength && bareId(id.toLowerCase()).startsWith(bare)) return true;
	if (pattern.startsWith('sha256:') && digestsOf(id, names).some((digest) => matchesWildcards(digest, pattern)))
		return true;
	const short = familiarName(pattern);
	return names.some((name) =>
		spellingsOf(name.toLowerCase()).some(
			(spelling) => matchesWildcards(spelling, pattern) || matchesWildcards(spelling, short),
		),
	);
}

/** Only for patterns that say `sha256:`, or `s*` would protect every image there is. */
function digestsOf(id: string, names: readonly string[]): readonly string[] {
	return [id, ...names.map((name) => name.split('@', 2)[1] ?? '')].map((text) => text.toLowerCase());
}

/** The name as it is and its repository, each also without the registry that is implied. */
function spellingsOf(name: string): readonly string[] {
	return [name, repositoryOf(name)].flatMap((spelling) => [spelling, familiarName(spelling)]);
}

function protectsLabel(wanted: string, labels: Readonly<Record<string, string>>): boolean {
	const equals = wanted.indexOf('=');
	const key = equals < 0 ? wanted : wanted.slice(0, equals);
	const value = equals < 0 ? '*' : wanted.slice(equals + 1);
	return Object.entries(labels).some(
		([name, text]) => matchesWildcards(name.toLowerCase(), key) && matchesWildcards(text.toLowerCase(), value),
	);
}
