/** Ranges of versions written as people write them, `>=19.3 <24`, and whether a version lies in one. */
import type {Version} from '../parse-version.ts';

type Bound = {readonly operator: '>=' | '<' | '='; readonly version: Version};

/** One of the alternatives must hold, and in it every bound. */
export type VersionRange = readonly (readonly Bound[])[];

/**
 * `<18.9.9 || >=19.3 <19.3.3`: bounds side by side must all hold, `||` parts alternatives. Numbers left out count as 0.
 * Throws on anything else: ranges are part of the program.
 */
export function parseVersionRange(text: string): VersionRange {
	return text.split('||').map((alternative) =>
		alternative
			.trim()
			.split(' ')
			.map((bound) => parseBound(bound)),
	);
}

function parseBound(text: string): Bound {
	const found = /^(>=|<|=)(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?$/.exec(text);
	const operator = found?.[1];
	if (found === null || (operator !== '>=' && operator !== '<' && operator !== '=')) {
		throw new Error(`not a bound of a version: ${text}`);
	}
	return {operator, version: [Number(found[2]), Number(found[3] ?? 0), Number(found[4] ?? 0)]};
}

/** False for a version that is not known. */
export function isWithin(version: Version | null | undefined, range: VersionRange): boolean {
	if (version === null || version === undefined) return false;
	return range.some((bounds) => bounds.every((bound) => holds(version, bound)));
}

function holds(version: Version, bound: Bound): boolean {
	const order = compareVersions(version, bound.version);
	switch (bound.operator) {
		case '>=':
			return order >= 0;
		case '<':
			return order < 0;
		case '=':
			return order === 0;
	}
}

/** Negative when `a` is the older one. */
export function compareVersions(a: Version, b: Version): number {
	return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
