/** Pseudo-random choices that depend only on a seed, so that every demo fleet of a size is the same fleet. */

export type Random = {
	/** 0 (included) to 1 (excluded). */
	ratio(): number;
	/** Whole number between the bounds, both included. */
	integer(from: number, to: number): number;
	chance(probability: number): boolean;
	pick<T>(list: readonly [T, ...T[]]): T;
	/** Lower-case hexadecimal digits. */
	hex(length: number): string;
};

/** FNV-1a to spread the seed, mulberry32 to draw from it. */
export function createRandom(seed: string): Random {
	let state = hashText(seed);
	const ratio = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const integer = (from: number, to: number): number => from + Math.floor(ratio() * (to - from + 1));
	return {
		ratio,
		integer,
		chance: (probability) => ratio() < probability,
		pick: (list) => list[integer(0, list.length - 1)] ?? list[0],
		hex(length) {
			let digits = '';
			while (digits.length < length) {
				digits += Math.floor(ratio() * 0x1000000)
					.toString(16)
					.padStart(6, '0');
			}
			return digits.slice(0, length);
		},
	};
}

/** 32-bit hash of a text. */
export function hashText(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return hash >>> 0;
}

/** A smooth value between -1 and 1 that drifts with time: three waves, phased by the seed. */
export function wander(seed: string, at: number, periodMs: number): number {
	const phase = hashText(seed) / 1000;
	const turn = (at / periodMs) * 2 * Math.PI;
	return (
		(Math.sin(turn + phase) + Math.sin(turn * 2.3 + phase * 3) * 0.5 + Math.sin(turn * 5.1 + phase * 7) * 0.25) / 1.75
	);
}
