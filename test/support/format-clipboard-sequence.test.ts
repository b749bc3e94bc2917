/** What is written to the terminal to copy text. */
import {expect, test} from 'vitest';
import {clipboardLimitBytes, formatClipboardSequence} from '../../source/support/format-clipboard-sequence.ts';

test('text goes to the clipboard as base64, whatever it holds', () => {
	const sequence = formatClipboardSequence('é\u001B[31m\n', {tmux: false});
	expect(sequence).toBe(`\u001B]52;c;${Buffer.from('é\u001B[31m\n').toString('base64')}\u0007`);
});

test('within tmux it is also sent as what tmux passes through', () => {
	const plain = formatClipboardSequence('x', {tmux: false}) ?? '';
	expect(formatClipboardSequence('x', {tmux: true})).toBe(`${plain}\u001BPtmux;\u001B${plain}\u001B\\`);
});

test('the longest text makes a sequence that terminals take, and a longer one makes none', () => {
	const longest = formatClipboardSequence('x'.repeat(clipboardLimitBytes), {tmux: false}) ?? '';
	expect(longest.length).toBeGreaterThan(99_000);
	expect(longest.length).toBeLessThanOrEqual(100_000);
	expect(formatClipboardSequence('x'.repeat(clipboardLimitBytes + 1), {tmux: false})).toBeNull();
});
