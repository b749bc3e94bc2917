/** Reads ages as people type them: `12h`, `14d`, `2w`. */

const unitMs: Readonly<Record<string, number>> = {
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 7 * 86_400_000,
};

/** Milliseconds of a number and its unit (s, m, h, d, w), at most 100 years; null for anything else. */
export function parseAge(text: string): number | null {
	const [, number, unit] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
	const ageMs = Number(number) * (unitMs[unit ?? ''] ?? Number.NaN);
	return ageMs <= 36_525 * 86_400_000 ? ageMs : null;
}
