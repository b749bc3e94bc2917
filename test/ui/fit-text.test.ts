/** Text in columns, whatever script it is in. */
import {expect, test} from 'vitest';
import {displayWidth, fitText, skipColumns, truncateText, wrapText} from '../../source/ui/fit-text.ts';

const texts = [
	'plain',
	'数据库服务器',
	'🐳🐳🐳',
	'e\u0301e\u0301e\u0301',
	'mixed 数据 text',
	'',
	'x'.repeat(10_000),
	'🇩🇪👩🏽',
];

test.each(texts)('%s fits exactly', (text) => {
	for (const width of [1, 2, 3, 7, 20]) {
		expect(displayWidth(fitText(text, width))).toBe(width);
		expect(displayWidth(truncateText(text, width))).toBeLessThanOrEqual(width);
	}
});

test('a wide character that does not fit whole is left out', () => {
	expect(truncateText('数据库', 4)).toBe('数…');
	expect(fitText('数据库', 4)).toBe('数… ');
});

test('words wrap at spaces and a word too long is cut', () => {
	expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
	expect(wrapText(`a ${'b'.repeat(20)} c`, 8)).toEqual(['a', 'bbbbbbb…', 'c']);
	expect(wrapText('', 8)).toEqual(['']);
});

test('columns are skipped by width', () => {
	expect(skipColumns('abcdef', 2)).toBe('cdef');
	expect(skipColumns('数据库', 2)).toBe('据库');
});
