/** Matches names against the patterns of `exclude:`, where `*` stands for any characters and `?` for one. */

/** Case does not count, as in host names. Linear in the length of the text for every pattern. */
export function matchesHostPattern(pattern: string, text: string): boolean {
	const wanted = pattern.toLowerCase();
	const given = text.toLowerCase();
	let at = 0;
	let index = 0;
	let star = -1;
	let resume = 0;
	while (index < given.length) {
		if (at < wanted.length && wanted[at] === '*') {
			star = at++;
			resume = index;
		} else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[index])) {
			at++;
			index++;
		} else if (star !== -1) {
			at = star + 1;
			index = ++resume;
		} else {
			return false;
		}
	}
	while (wanted[at] === '*') at++;
	return at === wanted.length;
}
