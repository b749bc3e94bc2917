/** Lines that are made only when they are drawn: a list of thousands costs no more than the rows on the screen. */
import type {Line} from './line.ts';

export type LineList = {
	readonly count: number;
	/** The lines from `from` up to, not including, `to`; fewer where the list ends. */
	slice(from: number, to: number): readonly Line[];
};

export function linesOf(lines: readonly Line[]): LineList {
	return {count: lines.length, slice: (from, to) => lines.slice(from, to)};
}

/** One line per entry. */
export function lineEach<Entry>(entries: readonly Entry[], draw: (entry: Entry) => Line): LineList {
	return {count: entries.length, slice: (from, to) => entries.slice(from, to).map(draw)};
}

export function joinLists(lists: readonly LineList[]): LineList {
	return {
		count: lists.reduce((sum, {count}) => sum + count, 0),
		slice(from, to) {
			let start = 0;
			return lists.flatMap((list) => {
				const lines = list.slice(Math.max(0, from - start), Math.max(0, to - start));
				start += list.count;
				return lines;
			});
		},
	};
}
