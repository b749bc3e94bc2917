/** Writes docs/kernel-signatures.md from the catalogue. */
import {writeFile} from 'node:fs/promises';
import {signatures} from '../../../../source/health/kernel/catalogue/catalogue.ts';
import {formatSignatureTable} from './format-signature-table.ts';

await writeFile(new URL('../../../../docs/kernel-signatures.md', import.meta.url), formatSignatureTable(signatures));
