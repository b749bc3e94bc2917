/** Cuts a stream of bytes into lines; a line longer than the bound is cut, never kept whole. */
import {StringDecoder} from 'node:string_decoder';

export type LineSplitter = {
	/** Complete lines, without their newline. */
	push(chunk: Buffer): string[];
	/** The last line, if the stream ended without a newline after it. */
	end(): string[];
};

/** `maxLength` in UTF-16 units. */
export function createLineSplitter(maxLength: number, encoding: 'utf8' | 'utf16le' = 'utf8'): LineSplitter {
	const decoder = new StringDecoder(encoding);
	const cut = (line: string): string => (line.length > maxLength ? line.slice(0, maxLength) : line);
	let partial = '';
	const take = (text: string): string[] => {
		const lines = text.split('\n');
		// What is beyond the bound is not even appended: a line may be as long as the stream.
		lines[0] = partial.length < maxLength ? partial + (lines[0] ?? '') : partial;
		partial = cut(lines.pop() ?? '');
		return lines.map(cut);
	};
	return {
		push: (chunk) => take(decoder.write(chunk)),
		end() {
			const lines = take(decoder.end());
			const last = partial;
			partial = '';
			return last === '' ? lines : [...lines, last];
		},
	};
}
