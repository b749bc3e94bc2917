/**
 * What keeps a pattern linear, checked by its form: a repetition of a repetition, or one without a bound that competes
 * with what stands next to it, is what makes a regular expression take for ever.
 */

const escapedOrClass = /\\.|\[(?:\\.|[^\]\\])*\]/g;

/** Null when the pattern keeps the rules; otherwise the rule and the pattern. */
export function findPatternFault({source, flags}: RegExp): string | null {
	// Characters and classes become one letter each, `D` for digits, so that only structure is left.
	const bare = source
		.replaceAll(/\(\?<(?![=!])\w+>/g, '(')
		.replaceAll(escapedOrClass, (atom) => (atom === '\\d' || atom === '[0-9a-f]' ? 'D' : 'x'));
	const fault =
		(flags !== '' && 'flags') ||
		(/\(\?<?[=!]/.test(bare) && 'look-around') ||
		(/\\[1-9]|\\k</.test(source) && 'a back-reference') ||
		(/\)(?:[*+]|\{)/.test(bare) && 'a repeated group') ||
		(/[^D](?:[*+]|\{\d+,\})/.test(bare) && 'a repetition of anything but digits without a bound') ||
		(/^\(*D(?:[*+]|\{\d+,\})/.test(bare) && 'a start that repeats') ||
		(boundsOf(bare).some((bound) => bound > 600) && 'a bound of more than 600') ||
		null;
	return fault === null ? null : `${fault}: ${source}`;
}

function boundsOf(bare: string): readonly number[] {
	return [...bare.matchAll(/\{(?:\d+,)?(\d+)\}/g)].map(([, upper]) => Number(upper));
}
