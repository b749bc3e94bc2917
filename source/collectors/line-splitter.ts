/** Cuts a stream of bytes into lines; a line longer than the bound is cut, never kept whole. */
import {StringDecoder} from 'node:string_decoder';

export type LineSplitter = {
	/** Complete lines, without their newline. */
	push(chunk: Buffer): string[];
};

/** `maxLength` in UTF-16 units. */
export function createLineSplitter(maxLength: number): LineSplitter {
	const decoder = new StringDecoder('utf8');
	let partial = '';
	return {
		push(chunk) {
			const lines = decoder.write(chunk).split('\n');
			lines[0] = partial + (lines[0] ?? '');
			partial = (lines.pop() ?? '').slice(0, maxLength);
			return lines.map((line) => (line.length > maxLength ? line.slice(0, maxLength) : line));
		},
	};
}
