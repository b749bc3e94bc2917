/** Cuts a line of a console capture where a kernel message begins in the middle of something else. */

/** `[   12.345678] `, as the kernel prints it; anything looser could be part of a message. */
const timestamp = /\[ {0,6}\d{1,8}\.\d{6}\](?:\[ {0,8}[TC]\d{1,10}\])? /g;
const partLimit = 8;

/**
 * The parts in order; null for a line that is one. `textStart` is where the prefixes end that are known to be some. A
 * message that another interrupted, or that a prompt stands before, is as much evidence as one on a line of its own.
 */
export function splitConsoleLine(line: string, textStart: number): readonly string[] | null {
	if (!line.includes('] ', textStart)) return null;
	const starts: number[] = [];
	timestamp.lastIndex = textStart;
	for (let match = timestamp.exec(line); match && starts.length < partLimit; match = timestamp.exec(line)) {
		starts.push(match.index);
	}
	const [start] = starts;
	if (start === undefined) return null;
	const parts = starts.map((from, index) => line.slice(from, starts[index + 1]));
	return /\w/.test(line.slice(textStart, start)) ? [line.slice(0, start), ...parts] : parts;
}
