/** Matches a text against a pattern in which `*` stands for any characters and `?` for one. */

/** Case counts. Goes back only to the last `*`, so that no pattern can take exponential time. */
export function matchesWildcards(text: string, pattern: string): boolean {
	let at = 0;
	let position = 0;
	let star = -1;
	let resumeAt = 0;
	while (at < text.length) {
		const symbol = pattern[position];
		if (symbol === '*') {
			star = position++;
			resumeAt = at;
		} else if (symbol !== undefined && (symbol === '?' || symbol === text[at])) {
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
