/** Pattern lists of known_hosts and `Host` lines: `*`, `?` and `!`, as sshd(8) and ssh_config(5) describe them. */
import {matchesWildcards} from '../../support/match-wildcards.ts';

/** True when a pattern of the list matches and no negated one does; names and patterns are compared in lower case. */
export function matchesPatternList(name: string, patterns: readonly string[]): boolean {
	let matched = false;
	for (const pattern of patterns) {
		const negated = pattern.startsWith('!');
		if (!matchesWildcards(name.toLowerCase(), (negated ? pattern.slice(1) : pattern).toLowerCase())) continue;
		if (negated) return false;
		matched = true;
	}
	return matched;
}
