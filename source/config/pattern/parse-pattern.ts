/**
 * Reads a regular expression far enough to judge it: its groups, alternatives, repetitions and the characters it
 * demands. It expects a pattern that compiles; what it does not know it takes for "any character".
 */

export type PatternTerm = {
	/** The one character it stands for; null for classes, groups, dots and anything else. */
	readonly character: string | null;
	/** Of a group, its alternatives; null for all else. */
	readonly alternatives: readonly (readonly PatternTerm[])[] | null;
	/** False for look-around and anchors, which take no characters. */
	readonly takesText: boolean;
	readonly min: number;
	readonly max: number;
	/** The term with its quantifier, as written. */
	readonly source: string;
};

export type Pattern = readonly (readonly PatternTerm[])[];

type Reader = {readonly text: string; at: number};

export function parsePattern(text: string): Pattern {
	return readAlternatives({text, at: 0});
}

function readAlternatives(reader: Reader): PatternTerm[][] {
	const alternatives: PatternTerm[][] = [[]];
	while (reader.at < reader.text.length && reader.text[reader.at] !== ')') {
		if (reader.text[reader.at] === '|') {
			reader.at += 1;
			alternatives.push([]);
		} else alternatives.at(-1)?.push(readTerm(reader));
	}
	return alternatives;
}

function readTerm(reader: Reader): PatternTerm {
	const start = reader.at;
	const atom = readAtom(reader);
	const {min, max} = readQuantifier(reader);
	return {...atom, min, max, source: reader.text.slice(start, reader.at)};
}

type Atom = Pick<PatternTerm, 'character' | 'alternatives' | 'takesText'>;

const anyCharacter: Atom = {character: null, alternatives: null, takesText: true};
const noText: Atom = {character: null, alternatives: null, takesText: false};

function readAtom(reader: Reader): Atom {
	const {text} = reader;
	const first = text[reader.at] ?? '';
	if (first === '(') return readGroup(reader);
	if (first === '[') return readClass(reader);
	if (first === '\\') return readEscape(reader);
	reader.at += 1;
	if (first === '^' || first === '$') return noText;
	return first === '.' ? anyCharacter : {...anyCharacter, character: first};
}

const groupStart = /\((?:\?(?:<[A-Za-z_$][\w$]*>|[a-z-]*:|<?[=!]))?/y;

function readGroup(reader: Reader): Atom {
	groupStart.lastIndex = reader.at;
	const start = groupStart.exec(reader.text)?.[0] ?? '(';
	reader.at += start.length;
	const alternatives = readAlternatives(reader);
	reader.at += 1;
	if (/^\(\?<?[=!]$/.test(start)) return noText;
	// Within `(?i:...)` a letter is no longer that letter.
	return /^\(\?[a-z-]+:$/.test(start) ? anyCharacter : {character: null, alternatives, takesText: true};
}

function readClass(reader: Reader): Atom {
	reader.at += 1;
	while (reader.at < reader.text.length && reader.text[reader.at] !== ']') {
		reader.at += reader.text[reader.at] === '\\' ? 2 : 1;
	}
	reader.at += 1;
	return anyCharacter;
}

const longEscape = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]+\}|c[A-Za-z]|k<[^>]*>|[pP]\{[^}]*\}|\d+)/y;

function readEscape(reader: Reader): Atom {
	longEscape.lastIndex = reader.at;
	const long = longEscape.exec(reader.text)?.[0];
	if (long !== undefined) {
		reader.at += long.length;
		return anyCharacter;
	}
	const escaped = reader.text[reader.at + 1] ?? '';
	reader.at += 2;
	if (escaped === 'b' || escaped === 'B') return noText;
	return /[A-Za-z0-9]/.test(escaped) ? anyCharacter : {...anyCharacter, character: escaped};
}

const quantifier = /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/y;

function readQuantifier(reader: Reader): {readonly min: number; readonly max: number} {
	quantifier.lastIndex = reader.at;
	const found = quantifier.exec(reader.text);
	if (found === null) return {min: 1, max: 1};
	const [whole, low, comma, high] = found;
	reader.at += whole.length;
	if (low === undefined) return {min: whole.startsWith('+') ? 1 : 0, max: whole.startsWith('?') ? 1 : Infinity};
	const min = Number(low);
	if (comma === undefined) return {min, max: min};
	return {min, max: high === '' ? Infinity : Number(high)};
}
