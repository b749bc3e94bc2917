/** Many host names in few words, which can be typed back. */
import {expect, test} from 'vitest';
import {expandHostRange} from '../../source/config/expand-host-range.ts';
import {foldHostNames} from '../../source/support/fold-host-names.ts';

test.each<[string, readonly string[], readonly string[]]>([
	['names in a row', ['web-02', 'web-01', 'web-03'], ['web-[01-03]']],
	['a row with gaps', ['web-1', 'web-3', 'web-7', 'web-8', 'web-9'], ['web-[1,3,7-9]']],
	['a padded row over a power of ten', ['n08', 'n09', 'n10', 'n11'], ['n[08-11]']],
	['a row that outgrows its padding', ['n98', 'n99', 'n100'], ['n[98-100]']],
	['widths that do not go together', ['n1', 'n01'], ['n[1,01]']],
	['names that differ elsewhere', ['web-01', 'db-02'], ['db-02', 'web-01']],
	['a number in the middle', ['web01.dc2.example', 'web02.dc2.example'], ['web[01-02].dc2.example']],
	['addresses', ['10.0.0.9', '10.0.0.10', '10.0.0.11'], ['10.0.0.[9-11]']],
	['the same name twice', ['a1', 'a1'], ['a1']],
	['names without numbers', ['gateway', 'bastion'], ['bastion', 'gateway']],
	['ids too long to count in', ['i-12345678901', 'i-12345678902'], ['i-12345678901', 'i-12345678902']],
	['names with brackets, which could not be read back', ['[::1]', '[::2]'], ['[::1]', '[::2]']],
	['nothing', [], []],
])('%s', (_words, names, folded) => {
	expect(foldHostNames(names)).toEqual(folded);
});

test('what is folded can be typed back and means the same hosts', () => {
	const names = [
		...Array.from({length: 120}, (_, index) => `web-${String(index).padStart(2, '0')}`),
		...Array.from({length: 30}, (_, index) => `rack${index % 5}-node${index * 7}.example`),
		'a1b2',
		'a1b3',
		'a2b2',
		'a9',
		'a10',
		'lone',
		'x007',
		'x7',
		'x8',
	];
	const folded = foldHostNames(names);
	expect(folded.length).toBeLessThan(20);
	expect(folded.flatMap((pattern) => [...expandHostRange(pattern)]).toSorted()).toEqual([...new Set(names)].toSorted());
});
