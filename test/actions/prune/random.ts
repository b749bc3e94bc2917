/** Mulberry32: the same numbers in every run, so that a failure can be repeated. */

export type Random = {
	/** A whole number from 0 up to and without `below`. */
	below(below: number): number;
	chance(ratio: number): boolean;
	/** One of them; throws for none. */
	pick<T>(from: readonly T[]): T;
};

export function createRandom(seed: number): Random {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	return {
		below: (below) => Math.floor(next() * below),
		chance: (ratio) => next() < ratio,
		pick(from) {
			const found = from[Math.floor(next() * from.length)];
			if (found === undefined) throw new Error('nothing to pick from');
			return found;
		},
	};
}
