/** The page of signatures cannot disagree with the program. */
import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {signatures} from '../../../../source/health/kernel/catalogue/catalogue.ts';
import {formatSignatureTable} from './format-signature-table.ts';

test('docs/kernel-signatures.md lists the signatures as the program has them (npm run docs:signatures rewrites it)', async () => {
	const page = await readFile(new URL('../../../../docs/kernel-signatures.md', import.meta.url), 'utf8');
	expect(page).toBe(formatSignatureTable(signatures));
});
