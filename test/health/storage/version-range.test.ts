import {describe, expect, it} from 'vitest';
import {parseVersion} from '../../../source/health/parse-version.ts';
import {compareVersions, isWithin, parseVersionRange} from '../../../source/health/storage/version-range.ts';

describe('a range of versions', () => {
	it.each([
		['>=19.3', '19.03.0', true],
		['>=19.3', '18.09.9', false],
		['>=19.3 <24', '23.0.6', true],
		['>=19.3 <24', '24.0.0', false],
		['<18.9.9 || >=19.3 <19.3.3', '18.09.8', true],
		['<18.9.9 || >=19.3 <19.3.3', '18.09.9', false],
		['<18.9.9 || >=19.3 <19.3.3', '19.03.2', true],
		['<18.9.9 || >=19.3 <19.3.3', '19.03.3', false],
		['=29.1.0', '29.1.0', true],
		['=29.1.0', '29.1.1', false],
		['>=3.13 <3.20', '3.16.0-4-amd64', true],
		['>=4', '3.19.8', false],
		['<3.10', '3.9.11', true],
		['<1.13', '1.12.6', true],
		['<1.13', '1.2.0', true],
		['>=18.9', '20.10.24+dfsg1', true],
		['>=1.12', '17.03.0-ce', true],
	])('%s holds %s: %s', (range, version, expected) => {
		expect(isWithin(parseVersion(version), parseVersionRange(range))).toBe(expected);
	});

	it('never holds a version that is not known', () => {
		for (const range of ['<99', '>=0', '=0.0']) {
			expect(isWithin(null, parseVersionRange(range))).toBe(false);
			expect(isWithin(parseVersion('dev'), parseVersionRange(range))).toBe(false);
			expect(isWithin(undefined, parseVersionRange(range))).toBe(false);
		}
	});

	it.each(['', '19', '~1.2', '>=', '>=1.2.3.4', '>= 1', '<1 |', '>=1.x'])('refuses "%s", which is none', (text) => {
		expect(() => parseVersionRange(text)).toThrow('not a bound of a version');
	});

	it('orders versions by number, not by letter', () => {
		expect(compareVersions([1, 9, 0], [1, 10, 0])).toBeLessThan(0);
		expect(compareVersions([19, 3, 15], [19, 3, 2])).toBeGreaterThan(0);
		expect(compareVersions([4, 0, 0], [4, 0, 0])).toBe(0);
	});
});
