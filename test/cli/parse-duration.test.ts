import {expect, test} from 'vitest';
import {parseDuration} from '../../source/cli/parse-duration.ts';

test.each([
	['500ms', 500],
	['20s', 20_000],
	['2m', 120_000],
	['1.5s', 1500],
	['1h', 3_600_000],
	['100ms', 100],
])('%s is %i milliseconds', (text, durationMs) => {
	expect(parseDuration(text)).toBe(durationMs);
});

test.each(['', '20', 's', '20 s', '-1s', '1e3s', '20S', '1d', '0x10s', '20s ', '\u001B[1s', '9999999999s'])(
	'%j is not a duration',
	(text) => {
		expect(() => parseDuration(text)).toThrow('is not a duration');
	},
);

test.each(['0s', '99ms', '2h', '61m'])('%s is too short or too long to mean', (text) => {
	expect(() => parseDuration(text)).toThrow('is not between 100ms and 1h');
});
