/** Pattern lists of known_hosts and `Host` lines: `*`, `?` and `!`, as sshd(8) and ssh_config(5) describe them. */

/** True when a pattern of the list matches and no negated one does; names and patterns are compared in lower case. */
export function matchesPatternList(name: string, patterns: readonly string[]): boolean {
	let matched = false;
	for (const pattern of patterns) {
		const negated = pattern.startsWith('!');
		if (!matchesPattern(name.toLowerCase(), (negated ? pattern.slice(1) : pattern).toLowerCase())) continue;
		if (negated) return false;
		matched = true;
	}
	return matched;
}

/** `*` and `?`, case and all. Goes back only to the last `*`, so that no pattern can take exponential time. */
export function matchesPattern(name: string, pattern: string): boolean {
	let at = 0;
	let position = 0;
	let star = -1;
	let resumeAt = 0;
	while (at < name.length) {
		const symbol = pattern[position];
		if (symbol === '*') {
			star = position++;
			resumeAt = at;
		} else if (symbol !== undefined && (symbol === '?' || symbol === name[at])) {
			position++;
			at++;
		} else if (star >= 0) {
			position = star + 1;
			at = ++resumeAt;
		} else {
			return false;
		}
	}
	while (pattern[position] === '*') position++;
	return position === pattern.length;
}
