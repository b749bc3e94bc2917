/** The page of rules cannot disagree with the program. */
import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {storageRuleGroups} from '../../../source/health/storage/storage-rules.ts';
import {formatRuleTable} from './format-rule-table.ts';

test('docs/storage-rules.md lists the rules as the program has them (npm run docs:storage rewrites it)', async () => {
	const page = await readFile(new URL('../../../docs/storage-rules.md', import.meta.url), 'utf8');
	expect(page).toBe(formatRuleTable(storageRuleGroups));
});
