import {expect, test} from 'vitest';
import {matchesHostPattern} from '../../source/config/match-host-pattern.ts';

test.each([
	['web', 'web', true],
	['web', 'web-1', false],
	['web-*', 'web-1', true],
	['web-*', 'web-', true],
	['*.old', 'a.b.old', true],
	['*.old', 'old', false],
	['web-?', 'web-1', true],
	['web-?', 'web-10', false],
	['w*b*1', 'web-b-11', true],
	['*', '', true],
	['?', '', false],
	['GitHub.com', 'github.COM', true],
	['a.c', 'abc', false],
	['[ab]', 'a', false],
])('the pattern %s on %s: %s', (pattern, text, matches) => {
	expect(matchesHostPattern(pattern, text)).toBe(matches);
});

test('a pattern made to backtrack without end answers at once', () => {
	expect(matchesHostPattern(`${'*a'.repeat(120)}b`, 'a'.repeat(255))).toBe(false);
});
