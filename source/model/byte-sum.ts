/** A sum of sizes of which not all is known: never shown as more certain than it is. */

/** At least, at most; `maxBytes` null where something of unknown size counts in. */
export type ByteSum = {readonly minBytes: number; readonly maxBytes: number | null};

export const noBytes: ByteSum = {minBytes: 0, maxBytes: 0};

export function addSums(one: ByteSum, other: ByteSum): ByteSum {
	const maxBytes = one.maxBytes === null || other.maxBytes === null ? null : one.maxBytes + other.maxBytes;
	return {minBytes: one.minBytes + other.minBytes, maxBytes};
}

/** Sizes that share nothing; null is one that nobody measured. */
export function sumBytes(sizes: readonly (number | null)[]): ByteSum {
	let sum = noBytes;
	for (const size of sizes) sum = addSums(sum, {minBytes: size ?? 0, maxBytes: size});
	return sum;
}

/** The most it can be, as far as that is known: what it is sorted and drawn by. */
export function weightOf({minBytes, maxBytes}: ByteSum): number {
	return maxBytes ?? minBytes;
}
