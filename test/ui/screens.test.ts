/** The screens as people see them, kept as text to be read in review. */
import {expect, test} from 'vitest';
import {openScreen} from './harness/open-screen.ts';

const sizes = [
	[80, 24],
	[120, 40],
	[200, 50],
] as const;

test.each(sizes)('the ward board at %ix%i', async (columns, rows) => {
	const {terminal} = await openScreen({columns, rows, demo: true});
	await expect(`${terminal.rows().join('\n')}\n`).toMatchFileSnapshot(`__screens__/board-${columns}x${rows}.txt`);
});

const tabs = ['findings', 'containers', 'disk', 'kernel', 'storage'] as const;

test.each(sizes.flatMap(([columns, rows]) => tabs.map((tab, index) => [tab, columns, rows, index + 1] as const)))(
	'the %s of a host at %ix%i',
	async (tab, columns, rows, digit) => {
		const {terminal, press} = await openScreen({columns, rows});
		await press('/host:web-07\r\r');
		await press(String(digit));
		await terminal.waitFor((screen) => screen.includes(`[${digit} ${tab}`));
		await expect(`${terminal.rows().join('\n')}\n`).toMatchFileSnapshot(`__screens__/${tab}-${columns}x${rows}.txt`);
	},
);

test('the board in ASCII', async () => {
	const {terminal} = await openScreen({ascii: true});
	await expect(`${terminal.rows().join('\n')}\n`).toMatchFileSnapshot('__screens__/board-ascii.txt');
	expect(terminal.rows().join('')).toMatch(/^[ -~]*$/);
});
