/** The README cannot disagree with the program: its tables are the program's own. */
import {existsSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {formatOptionsMarkdown} from '../source/cli/format-help.ts';
import {formatKeyTable} from '../source/commands/format-key-table.ts';

const fileOf = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const readme = fileOf('README.md');

/** What stands between `<!-- name:start -->` and `<!-- name:end -->`. */
const blocks: Readonly<Record<string, () => Promise<string>>> = {
	options: () => Promise.resolve(formatOptionsMarkdown()),
	keys: () => Promise.resolve(formatKeyTable()),
	report: () => readFile(fileOf('source/report/report-shape.md'), 'utf8'),
	explain: () => readFile(fileOf('source/report/explain-shape.md'), 'utf8'),
	prune: () => readFile(fileOf('source/report/prune-shape.md'), 'utf8'),
};

const patternOf = (name: string): RegExp => new RegExp(`(<!-- ${name}:start -->\n)(.*?)(<!-- ${name}:end -->)`, 's');

describe('the README', () => {
	test.each(Object.entries(blocks))(
		'holds the %s as the program has them (UPDATE=1 npx vitest run test/readme rewrites them)',
		async (name, content) => {
			const expected = (await content()).trim();
			if (process.env['UPDATE'] === '1') {
				const text = await readFile(readme, 'utf8');
				await writeFile(
					readme,
					text.replace(patternOf(name), (_all, start: string, _old, end: string) => `${start}\n${expected}\n\n${end}`),
				);
			}
			const found = patternOf(name).exec(await readFile(readme, 'utf8'))?.[2];
			expect(found, `README.md has no lines <!-- ${name}:start --> and <!-- ${name}:end -->`).toBeDefined();
			expect(found?.trim()).toBe(expected);
		},
	);

	test('names only scripts that package.json has', async () => {
		const {scripts} = JSON.parse(await readFile(fileOf('package.json'), 'utf8')) as {scripts: Record<string, string>};
		const named = [...(await readFile(readme, 'utf8')).matchAll(/\bnpm run (?:--\w+ )*([\w:-]+)/g)].map(
			([, name]) => name,
		);
		expect(named).toContain('demo');
		expect(named.filter((name) => name === undefined || !(name in scripts))).toEqual([]);
	});

	test('links and shows only files that are there', async () => {
		const text = await readFile(readme, 'utf8');
		const targets = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
			([, link, attribute]) => link ?? attribute ?? '',
		);
		const files = targets
			.filter((target) => !/^(?:https?:|#)/.test(target))
			.map((target) => target.replace(/#.*$/, ''));
		expect(files.filter((file) => !existsSync(fileOf(file)))).toEqual([]);
	});

	test('tells the exit codes the program ends with', async () => {
		const text = await readFile(readme, 'utf8');
		for (const code of ['0', '1', '2', '3', '64']) expect(text).toMatch(new RegExp(`^\\W*${code}\\b`, 'm'));
	});
});
