/** Writes docs/storage-rules.md from the rules. */
import {writeFile} from 'node:fs/promises';
import {storageRuleGroups} from '../../../source/health/storage/storage-rules.ts';
import {formatRuleTable} from './format-rule-table.ts';

await writeFile(new URL('../../../docs/storage-rules.md', import.meta.url), formatRuleTable(storageRuleGroups));
