/** Writes many host names short: `web-01`, `web-02` and `web-03` become `web-[01-03]`, as ranges are written elsewhere. */

/** Longer numbers are ids, not places in a row. */
const maxDigits = 9;

type Numbered = {readonly name: string; readonly prefix: string; readonly digits: string; readonly suffix: string};

/** Each name once, in natural order; names that differ in one number only share an entry. */
export function foldHostNames(names: readonly string[]): readonly string[] {
	const splits = [...new Set(names)].map((name) => ({name, ways: splitAtNumbers(name)}));
	const sizes = new Map<string, number>();
	for (const {ways} of splits) for (const way of ways) sizes.set(groupOf(way), (sizes.get(groupOf(way)) ?? 0) + 1);
	const groups = new Map<string, Numbered[]>();
	const folded: {name: string; group: Numbered[] | null}[] = [];
	for (const {name, ways} of splits) {
		const way = ways.toSorted((a, b) => (sizes.get(groupOf(b)) ?? 0) - (sizes.get(groupOf(a)) ?? 0))[0];
		const known = way === undefined ? undefined : groups.get(groupOf(way));
		if (known !== undefined && way !== undefined) {
			known.push(way);
			continue;
		}
		const group = way === undefined ? null : [way];
		if (way !== undefined && group !== null) groups.set(groupOf(way), group);
		folded.push({name, group});
	}
	return folded
		.map(({name, group}) => (group === null || group.length === 1 ? name : formatGroup(group)))
		.sort(byName.compare);
}

/** Natural order, so that `web-9` comes before `web-10`. */
const byName = new Intl.Collator('en', {numeric: true, sensitivity: 'variant'});

/** The last number first: among equals, names count at their end. A name with brackets would not be read back as it is. */
function splitAtNumbers(name: string): readonly Numbered[] {
	if (/[[\]]/.test(name)) return [];
	return [...name.matchAll(/\d+/g)]
		.filter(([digits]) => digits.length <= maxDigits)
		.map(({0: digits, index}) => ({
			name,
			prefix: name.slice(0, index),
			digits,
			suffix: name.slice(index + digits.length),
		}))
		.toReversed();
}

function groupOf({prefix, suffix}: Numbered): string {
	return `${prefix}[${suffix}`;
}

function formatGroup(group: readonly Numbered[]): string {
	const spans: {first: string; last: string}[] = [];
	const ordered = group.toSorted((a, b) => Number(a.digits) - Number(b.digits) || a.digits.length - b.digits.length);
	for (const {digits} of ordered) {
		const span = spans.at(-1);
		if (span !== undefined && digits === following(span)) span.last = digits;
		else spans.push({first: digits, last: digits});
	}
	const items = spans.map(({first, last}) => (first === last ? first : `${first}-${last}`));
	const [{prefix, suffix} = {prefix: '', suffix: ''}] = group;
	return `${prefix}[${items.join(',')}]${suffix}`;
}

/** A first number with leading zeros sets the width of those after it. */
function following({first, last}: {readonly first: string; readonly last: string}): string {
	const width = first.startsWith('0') ? first.length : 0;
	return String(Number(last) + 1).padStart(width, '0');
}
