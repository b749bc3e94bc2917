/**
 * Names the keys in one piece of terminal input. A piece may hold several keys (`jj`, a whole typed line), so the
 * result is a list. Names: the character itself, `Space`, `Enter`, `Esc`, `Tab`, `Shift+Tab`, `Backspace`, `Up`,
 * `Down`, `Left`, `Right`, `Home`, `End`, `PgUp`, `PgDn`, `^r` for Control, `F1` and `F5`.
 */

/** The part of Ink's `Key` that names keys without a character. */
export type KeyFlags = {
	readonly upArrow: boolean;
	readonly downArrow: boolean;
	readonly leftArrow: boolean;
	readonly rightArrow: boolean;
	readonly pageUp: boolean;
	readonly pageDown: boolean;
	readonly home: boolean;
	readonly end: boolean;
	readonly return: boolean;
	readonly escape: boolean;
	readonly tab: boolean;
	readonly shift: boolean;
	readonly backspace: boolean;
	readonly delete: boolean;
	readonly ctrl: boolean;
	readonly meta: boolean;
};

/** Private-use characters that stand for function keys in text, as macOS assigns them. */
export const functionKeyCharacters = {F1: '\uF704', F5: '\uF708'} as const;

const namedFlags: readonly (readonly [keyof KeyFlags, string])[] = [
	['upArrow', 'Up'],
	['downArrow', 'Down'],
	['leftArrow', 'Left'],
	['rightArrow', 'Right'],
	['pageUp', 'PgUp'],
	['pageDown', 'PgDn'],
	['home', 'Home'],
	['end', 'End'],
	['return', 'Enter'],
	['escape', 'Esc'],
	['backspace', 'Backspace'],
	['delete', 'Backspace'],
];

const namedCharacters: Readonly<Record<string, string>> = {
	' ': 'Space',
	'\r': 'Enter',
	'\n': 'Enter',
	'\t': 'Tab',
	'\u001B': 'Esc',
	'\u0008': 'Backspace',
	'\u007F': 'Backspace',
	[functionKeyCharacters.F1]: 'F1',
	[functionKeyCharacters.F5]: 'F5',
};

export function parseKeyPresses(input: string, key: KeyFlags): readonly string[] {
	const named = namedFlags.find(([flag]) => key[flag]);
	if (named !== undefined) return [named[1]];
	if (key.tab) return [key.shift ? 'Shift+Tab' : 'Tab'];
	if (key.ctrl) return input === ' ' || input.length !== 1 ? [] : [`^${input}`];
	const presses = [...input].map(pressOf).filter((press) => press !== null);
	// Escape and the next key typed fast, or over a slow line, arrive as one "meta" key.
	return key.meta ? ['Esc', ...presses] : presses;
}

/** True for input that only a paste into a terminal without bracketed paste can have made: lines of text at once. */
export function isLikelyPaste(input: string): boolean {
	return /[^\r\n]{3}[\r\n]+[^\r\n]{3}/.test(input);
}

function pressOf(character: string): string | null {
	const named = namedCharacters[character];
	if (named !== undefined) return named;
	const code = character.codePointAt(0) ?? 0;
	if (code < 0x20) return `^${String.fromCodePoint(code + 0x60)}`;
	return /^[\p{C}]$/u.test(character) ? null : character;
}
