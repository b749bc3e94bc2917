/**
 * Lets F1 and F5 through to the key table. Ink's `useInput` reports every function key alike, as empty input; here
 * their escape sequences are replaced, where input is read, by one private-use character each.
 */
import {functionKeyCharacters} from '../commands/parse-key-presses.ts';

/** As xterm, the VT220, rxvt and the Linux console send them. */
const sequences: readonly (readonly [RegExp, string])[] = [
	[/\u001B(?:OP|\[P|\[11~|\[\[A)/g, functionKeyCharacters.F1],
	[/\u001B\[(?:15~|\[E)/g, functionKeyCharacters.F5],
];

/** The same stream; only what `read` returns differs. */
export function withFunctionKeys<Stream extends NodeJS.ReadableStream>(stdin: Stream): Stream {
	return new Proxy(stdin, {
		get(target, name) {
			if (name === 'read') return (size?: number) => translate(target.read(size));
			const value: unknown = Reflect.get(target, name, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}

function translate(chunk: string | Buffer | null): string | Buffer | null {
	if (typeof chunk !== 'string' || !chunk.includes('\u001B')) return chunk;
	return sequences.reduce((text, [sequence, character]) => text.replace(sequence, character), chunk);
}
