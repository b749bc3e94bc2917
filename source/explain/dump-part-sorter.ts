/** Passes lines on as they come, and those of crash dumps once they can be put into reading order. */
import {parseDumpPart} from '../kernel-log/log-marker.ts';
import {orderDumpParts} from '../kernel-log/pstore-parts.ts';

export type DumpPartSorter = {
	push(line: string): readonly string[];
	end(): readonly string[];
};

/** A dump is as long as the kernel's buffer at most; beyond this it is read as it comes. */
const heldLimit = 50_000;

export function createDumpPartSorter(): DumpPartSorter {
	let held: string[] | null = null;
	const flush = (): readonly string[] => {
		const lines = held === null ? [] : orderDumpParts(held);
		held = null;
		return lines;
	};
	return {
		push(line) {
			if (held === null && parseDumpPart(line) === null) return [line];
			held ??= [];
			held.push(line);
			return held.length >= heldLimit ? flush() : [];
		},
		end: flush,
	};
}
