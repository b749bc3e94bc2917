import {expect, test} from 'vitest';
import {closestWord} from '../../source/support/closest-word.ts';

test.each([
	['frmat', ['format', 'timeout'], 'format'],
	['fromat', ['format', 'timeout'], 'format'],
	['FORMAT', ['format', 'timeout'], 'format'],
	['conf', ['config', 'ascii'], 'config'],
	['con', ['config', 'connect'], null],
	['xyz', ['format', 'timeout'], null],
	['', ['a', 'ab'], 'a'],
	['hots', ['host', 'hosts'], 'host'],
	['web', [], null],
])('%j among %j means %j', (word, candidates, meant) => {
	expect(closestWord(word, candidates)).toBe(meant);
});

test('a word of any length is answered at once', () => {
	expect(closestWord('x'.repeat(1_000_000), ['format', 'config'])).toBeNull();
});
