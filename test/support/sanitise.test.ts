import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {sanitiseLine, sanitiseLines} from '../../source/support/sanitise.ts';

describe('text from a host', () => {
	it.each([
		['a colour', '\u001B[31mred\u001B[0m', 'red'],
		['a screen clear', 'a\u001B[2Jb', 'ab'],
		['a window title', '\u001B]0;pwned\u0007after', 'after'],
		['a hyperlink', '\u001B]8;;http://x\u001B\\text\u001B]8;;\u001B\\', 'text'],
		['newlines and tabs', 'a\r\nb\tc', 'a b c'],
		['a bell and a backspace', 'a\u0007b\b', 'a\uFFFDb\uFFFD'],
		['an 8-bit control sequence', 'a\u009B31mb', 'ab'],
		['a right-to-left override', 'a\u202Etxt', 'a\uFFFDtxt'],
		['an isolate', '\u2066x\u2069', '\uFFFDx\uFFFD'],
		['a zero-width space', 'a\u200Bb', 'a\uFFFDb'],
		['a lone surrogate', 'a\uD800b', 'a\uFFFDb'],
	])('loses %s', (_name, hostile, safe) => {
		expect(sanitiseLine(hostile)).toBe(safe);
	});

	it('keeps letters of every script', () => {
		expect(sanitiseLine('größe 容器 контейнер')).toBe('größe 容器 контейнер');
	});

	it('cuts at the limit and marks the cut', () => {
		const cut = sanitiseLine('x'.repeat(10_000), 80);
		expect(cut).toHaveLength(80);
		expect(cut.endsWith('…')).toBe(true);
	});

	it('never cuts a character in half', () => {
		expect(sanitiseLine('🐳'.repeat(100), 10)).not.toMatch(/\p{Surrogate}/u);
	});

	it('limits marks piled on one letter', () => {
		expect(stringWidth(sanitiseLine(`e${'\u0301'.repeat(500)}`))).toBe(1);
		expect(sanitiseLine(`e${'\u0301'.repeat(500)}`).length).toBeLessThan(6);
	});

	it('is left with nothing that a terminal would obey, whatever it was', () => {
		for (let code = 0; code < 0x300; code++) {
			const text = sanitiseLine(`${String.fromCharCode(code)}[31mX${String.fromCharCode(code)}]0;t`);
			expect(text).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
		}
	});

	it('comes as a bounded number of lines', () => {
		expect(sanitiseLines('a\n\nb\r\nc\n', 2)).toEqual(['a', 'b']);
	});
});
