import {spawnSync} from 'node:child_process';
import {describe, expect, it} from 'vitest';
import {backoffDelayMs} from '../../source/support/backoff.ts';
import {formatBytes, formatDuration, formatRatio} from '../../source/support/format.ts';
import {createLimiter} from '../../source/support/limiter.ts';
import {appendBounded} from '../../source/support/ring-buffer.ts';
import {shellQuote} from '../../source/support/shell-quote.ts';

describe('an argument sent to a shell', () => {
	it.each([
		'plain',
		'',
		"it's",
		'$(reboot)',
		'`id`',
		'a b',
		'"',
		'\\',
		'!x',
		'*',
		'~',
		"'; rm -rf / #",
		'new\nline',
		'-n',
		'é',
	])('%j arrives as it was written', (argument) => {
		const {stdout} = spawnSync('/bin/sh', ['-c', `printf %s ${shellQuote(argument)}`], {encoding: 'utf8'});
		expect(stdout).toBe(argument);
	});

	it('with a NUL character is refused, because no shell can carry it', () => {
		expect(() => shellQuote('a\0b')).toThrow(RangeError);
	});
});

describe('figures', () => {
	it.each([
		[0, '0 B'],
		[999, '999 B'],
		[1500, '1.5 kB'],
		[18_000_000_000, '18 GB'],
		[999_600, '1.0 MB'],
		[1_900_000_000_000, '1.9 TB'],
	])('%d bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

	it.each([
		[-5, '0s'],
		[59_999, '59s'],
		[60_000, '1m'],
		[3_600_000, '1h'],
		[47 * 3_600_000, '47h'],
		[12 * 86_400_000, '12d'],
	])('%d ms read %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));

	it('only a full disk reads 100 %', () => {
		expect(formatRatio(0.9999)).toBe('99 %');
		expect(formatRatio(1)).toBe('100 %');
	});
});

describe('waiting and bounds', () => {
	it('backoff grows, is capped and is never nothing', () => {
		const range = {firstMs: 1000, capMs: 60_000};
		expect(backoffDelayMs(range, 0, () => 1)).toBe(1000);
		expect(backoffDelayMs(range, 3, () => 1)).toBe(8000);
		expect(backoffDelayMs(range, 1000, () => 1)).toBe(60_000);
		expect(backoffDelayMs(range, 0, () => 0)).toBe(100);
	});

	it('a bounded list keeps its newest members', () => {
		expect(appendBounded([1, 2, 3], [4, 5], 3)).toEqual([3, 4, 5]);
		expect(appendBounded([1], [2, 3, 4, 5], 2)).toEqual([4, 5]);
		const same = [1];
		expect(appendBounded(same, [], 2)).toBe(same);
	});

	it('a limiter never runs more tasks than allowed and runs them all', async () => {
		const limiter = createLimiter(3);
		let running = 0;
		let most = 0;
		const results = await Promise.all(
			Array.from({length: 20}, (_, index) =>
				limiter.run(async () => {
					most = Math.max(most, ++running);
					await Promise.resolve();
					running--;
					return index;
				}),
			),
		);
		expect(most).toBe(3);
		expect(results).toHaveLength(20);
	});

	it('a task that gives up while waiting leaves its turn to the next', async () => {
		const limiter = createLimiter(1);
		let finishFirst = (): void => {};
		const first = limiter.run(() => new Promise<void>((resolve) => (finishFirst = resolve)));
		const abort = new AbortController();
		const second = limiter.run(() => Promise.resolve('second'), abort.signal);
		const third = limiter.run(() => Promise.resolve('third'));
		abort.abort(new Error('gave up'));
		await expect(second).rejects.toThrow('gave up');
		finishFirst();
		await first;
		expect(await third).toBe('third');
	});
});
