/** How meanings look: colours where they are wanted, and one-column replacements where only ASCII is. */
import type {Tone} from './line.ts';

/** The part of Ink's text properties that a tone sets. */
export type TextStyle = {
	readonly color?: string;
	readonly backgroundColor?: string;
	readonly bold?: boolean;
	readonly dimColor?: boolean;
	readonly inverse?: boolean;
};

export type Theme = {
	/** Null for plain text, which needs no styling. */
	style(tone: Tone): TextStyle | null;
	/** The text as the terminal can show it, with the same width. */
	drawable(text: string): string;
	/** True where even the ellipsis of a cut line must be drawn by this program. */
	readonly ascii: boolean;
};

const colours: Readonly<Record<Tone, TextStyle | null>> = {
	plain: null,
	dim: {dimColor: true},
	strong: {bold: true},
	accent: {color: 'cyan'},
	critical: {color: 'redBright', bold: true},
	warning: {color: 'yellow'},
	notice: {color: 'blueBright'},
	ok: {color: 'green'},
	unknown: {color: 'magenta'},
	badge: {color: 'black', backgroundColor: 'yellow', bold: true},
	inverse: {inverse: true},
};

const attributes: Readonly<Record<Tone, TextStyle | null>> = {
	plain: null,
	dim: {dimColor: true},
	strong: {bold: true},
	accent: {bold: true},
	critical: {bold: true},
	warning: {bold: true},
	notice: null,
	ok: null,
	unknown: null,
	badge: {inverse: true},
	inverse: {inverse: true},
};

const asciiOf: Readonly<Record<string, string>> = {
	'✖': 'X',
	'▲': '!',
	'▪': '-',
	'●': '*',
	'✓': '+',
	'›': '>',
	'◆': '#',
	'…': '.',
	'▏': '_',
	'–': '-',
	'·': '.',
	'×': 'x',
	'≤': '<',
	'≥': '>',
	'█': '#',
	'░': '.',
	'─': '-',
	'│': '|',
	'↑': '^',
	'↓': 'v',
	'←': '<',
	'→': '>',
};

export function createTheme(options: {readonly colour: boolean; readonly ascii: boolean}): Theme {
	const styles = options.colour ? colours : attributes;
	return {
		style: (tone) => styles[tone],
		drawable: options.ascii ? toAscii : (text) => text,
		ascii: options.ascii,
	};
}

/** Single-column characters become one ASCII character, wide ones two, marks none. */
function toAscii(text: string): string {
	if (/^[ -~]*$/.test(text)) return text;
	return text
		.replace(/\p{Mark}/gu, '')
		.replace(/[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]/g, '??')
		.replace(/[\u{1F000}-\u{3FFFF}]/gu, '??')
		.replace(/[^ -~]/gu, (character) => asciiOf[character] ?? '?');
}
