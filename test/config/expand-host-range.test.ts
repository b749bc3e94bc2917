import {describe, expect, test} from 'vitest';
import {expandHostRange} from '../../source/config/expand-host-range.ts';
import {outcomeOf, userErrorOf} from './user-error-of.ts';

/** Mulberry32: the same numbers in every run, so that a failure can be repeated. */
function createRandom(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}

describe('a range of hosts', () => {
	test.each([
		['web', ['web']],
		['web-[1-3]', ['web-1', 'web-2', 'web-3']],
		['web-[01-03]', ['web-01', 'web-02', 'web-03']],
		['web-[08-11]', ['web-08', 'web-09', 'web-10', 'web-11']],
		['web-[098-101]', ['web-098', 'web-099', 'web-100', 'web-101']],
		['web-[9-11]', ['web-9', 'web-10', 'web-11']],
		['web-[1,3,7-9].dc1', ['web-1.dc1', 'web-3.dc1', 'web-7.dc1', 'web-8.dc1', 'web-9.dc1']],
		['r[1-2]n[1-2]', ['r1n1', 'r1n2', 'r2n1', 'r2n2']],
		['[1-2].example.com', ['1.example.com', '2.example.com']],
		['web-[5]', ['web-5']],
		['web-[007]', ['web-007']],
		['10.0.0.[1-2]', ['10.0.0.1', '10.0.0.2']],
	])('%s names %j', (pattern, names) => {
		expect(expandHostRange(pattern)).toEqual(names);
	});

	test('of forty names forty hosts, in order', () => {
		const names = expandHostRange('web-[01-40]');
		expect(names).toHaveLength(40);
		expect(names[0]).toBe('web-01');
		expect(names[39]).toBe('web-40');
	});

	test('with random bounds names each host between them once, all of one width when padded', () => {
		const random = createRandom(7);
		for (let round = 0; round < 500; round++) {
			const from = random(2000);
			const to = from + random(50);
			const width = random(2) === 0 ? 0 : 4 + random(3);
			const pad = (value: number): string => String(value).padStart(width, '0');
			const names = expandHostRange(`a[${pad(from)}-${pad(to)}]b[0-1]`);
			expect(names).toHaveLength((to - from + 1) * 2);
			expect(new Set(names).size).toBe(names.length);
			for (const [index, name] of names.entries()) {
				expect(name).toBe(`a${pad(from + Math.floor(index / 2))}b${index % 2}`);
			}
		}
	});

	test('made of random brackets and digits either expands or is a mistake with a hint, never anything else', () => {
		const random = createRandom(11);
		const alphabet = '[]-,0129a:.';
		let mistakes = 0;
		for (let round = 0; round < 3000; round++) {
			const pattern = Array.from({length: random(14)}, () => alphabet[random(alphabet.length)]).join('');
			const {value: names, hint} = outcomeOf(() => expandHostRange(pattern));
			expect(names === undefined ? hint?.includes('web-[01-40]') : names.every((name) => !/[[\]]/.test(name))).toBe(
				true,
			);
			if (names === undefined) mistakes++;
		}
		expect(mistakes).toBeGreaterThan(100);
	});

	test.each([
		['web-[1-3', 'has a "[" without a "]" after it'],
		['web-1-3]', 'has a "]" without a "[" before it'],
		['web-[]', 'is not a number'],
		['web-[a-c]', '"a-c" in "web-[a-c]" is not a number'],
		['web-[1-]', 'is not a number'],
		['web-[1,,2]', 'is not a number'],
		['web-[[1-2]]', 'is not a number'],
		['web-[3-1]', 'counts down'],
		['web-[1-010]', 'different widths'],
		['web-[1-99999999999]', 'too many digits'],
	])('written as %s is refused: %s', (pattern, problem) => {
		expect(userErrorOf(() => expandHostRange(pattern)).message).toContain(problem);
	});

	test('of exactly ten thousand hosts is taken, of one more refused with the count', () => {
		expect(expandHostRange('[1-100][1-100]')).toHaveLength(10_000);
		expect(userErrorOf(() => expandHostRange('n[1-10001]')).message).toBe(
			'"n[1-10001]" names 10,001 hosts, more than 10,000',
		);
	});

	test('that would name more hosts than fit in memory is refused at once', () => {
		expect(userErrorOf(() => expandHostRange('[0-999999999]'.repeat(50))).message).toContain('more than 10,000');
	});
});
