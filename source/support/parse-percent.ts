/** Reads a share as people type it: `70%`. */

/** 0.01..1 for `1%` to `100%`, the sign may be left out; null for anything else. */
export function parsePercent(text: string): number | null {
	const [, digits] = /^(\d{1,3})\s?%?$/.exec(text) ?? [];
	const percent = Number(digits);
	return percent >= 1 && percent <= 100 ? percent / 100 : null;
}
