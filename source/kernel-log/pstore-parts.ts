/** Puts the parts of a crash dump kept by pstore into reading order: part 1 holds the newest text (fs/pstore/platform.c). */
import {parseDumpPart, type DumpPart} from './log-marker.ts';

type Section = DumpPart & {readonly lines: readonly string[]};

/**
 * The lines of one or several dumps in reading order, headers kept; `lines` are those of all files, one after the other.
 * A part that comes a second time begins the dump of another boot. Lines before the first header stay in front.
 */
export function orderDumpParts(lines: readonly string[]): readonly string[] {
	const before: string[] = [];
	const dumps: Section[][] = [];
	let open: string[] = before;
	for (const line of lines) {
		const part = parseDumpPart(line);
		if (part !== null) {
			open = [line];
			const section = {...part, lines: open};
			const dump = dumps.at(-1);
			if (dump === undefined || dump.some((known) => isSamePart(known, section))) dumps.push([section]);
			else dump.push(section);
		} else open.push(line);
	}
	return [...before, ...dumps.flatMap((dump) => dump.toSorted(inReadingOrder).flatMap((section) => section.lines))];
}

function isSamePart(one: DumpPart, other: DumpPart): boolean {
	return one.reason === other.reason && one.counter === other.counter && one.part === other.part;
}

function inReadingOrder(one: DumpPart, other: DumpPart): number {
	return one.counter - other.counter || other.part - one.part;
}
