/** What arrives when a person presses keys, fast or over a slow line. */
import {expect, test} from 'vitest';
import {isLikelyPaste, parseKeyPresses, type KeyFlags} from '../../source/commands/parse-key-presses.ts';

const none: KeyFlags = {
	upArrow: false,
	downArrow: false,
	leftArrow: false,
	rightArrow: false,
	pageUp: false,
	pageDown: false,
	home: false,
	end: false,
	return: false,
	escape: false,
	tab: false,
	shift: false,
	backspace: false,
	delete: false,
	ctrl: false,
	meta: false,
};

test.each([
	['jj', none, ['j', 'j']],
	['/web\r', none, ['/', 'w', 'e', 'b', 'Enter']],
	[' ', none, ['Space']],
	['j\u0004', none, ['j', '^d']],
	['', {...none, downArrow: true}, ['Down']],
	['', {...none, tab: true, shift: true}, ['Shift+Tab']],
	['r', {...none, ctrl: true}, ['^r']],
	['j', {...none, meta: true}, ['Esc', 'j']],
	['\uF708', none, ['F5']],
	['é数', none, ['é', '数']],
	['\u0000\u200B', none, ['^`']],
])('%j', (input, flags, presses) => {
	expect(parseKeyPresses(input, flags)).toEqual(presses);
});

test('only lines of text at once pass for a paste', () => {
	expect(isLikelyPaste('rm -rf /tmp\nreboot\n')).toBe(true);
	expect(isLikelyPaste('/host:web-07\r\r4')).toBe(false);
	expect(isLikelyPaste('jjjjjjjjjj')).toBe(false);
});
