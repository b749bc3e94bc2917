import {expect, it} from 'vitest';
import {parseByteCount, parseHumanSize} from '../../../source/health/storage/parse-human-size.ts';

it.each([
	['107.4 GB', 107.4e9],
	['107.4GB', 107.4e9],
	['524.3 kB', 524_300],
	['1.02 MB', 1_020_000],
	['0 B', 0],
	['1 TB', 1e12],
	['16 GiB', 16 * 2 ** 30],
	[' 2.147 GB ', 2.147e9],
])('a driver’s size %s is that many bytes', (text, bytes) => {
	expect(parseHumanSize(text)).toBeCloseTo(bytes, 3);
});

it.each([null, '', 'a lot', '107.4', '-1 GB', '1e3 GB', '1.2.3 GB', '107.4 GBs', 'GB'])(
	'a size of %s is not known',
	(text) => {
		expect(parseHumanSize(text)).toBeNull();
	},
);

it('a plain count of bytes is read as it is, and nothing else is', () => {
	expect(parseByteCount('510797041664')).toBe(510_797_041_664);
	for (const text of [null, '', 'no', '1.5', '-3', '12 GB']) expect(parseByteCount(text)).toBeNull();
});
