import {describe, expect, it} from 'vitest';
import {matchKernelRecord, matchSignature} from '../../../source/health/kernel/match-kernel-record.ts';
import {kernelSignatures} from '../../../source/health/kernel/signatures.ts';
import {kernelRecord, readKernelFixture} from '../kernel-lines.ts';

const examples = kernelSignatures.flatMap((signature) =>
	signature.examples.map((example) => ({id: signature.id, signature, ...example})),
);
const inBoot = {monotonicSeconds: 3};

describe('the signature catalogue', () => {
	it('has a unique id, literals, examples with their origin, meaning, advice and source for every signature', () => {
		expect(new Set(kernelSignatures.map(({id}) => id)).size).toBe(kernelSignatures.length);
		for (const {id, literals, examples, meaning, advice, source, title} of kernelSignatures) {
			expect(literals.length, id).toBeGreaterThan(0);
			expect(examples.length, id).toBeGreaterThan(0);
			expect(
				examples.every(({origin}) => origin.length > 5),
				id,
			).toBe(true);
			expect(
				[title, meaning, advice, source].every((text) => text.length > 8),
				id,
			).toBe(true);
			// Short enough to leave every examined line out of them.
			expect(
				literals.every((literal) => literal.length >= 6),
				id,
			).toBe(true);
		}
	});

	it('uses neither look-around nor back-references, so that other engines can compile it', () => {
		for (const {id, patterns, vetoes = []} of kernelSignatures) {
			for (const {source, flags} of [...patterns, ...vetoes]) {
				expect(source, id).not.toMatch(/\(\?<?[=!]|\\[1-9]|\\k</);
				expect(flags, id).toBe('');
			}
		}
	});

	it.each(examples)('recognises "$text" as $id', ({id, text}) => {
		expect(matchKernelRecord(kernelRecord(text, inBoot))?.signature.id).toBe(id);
	});

	it.each(readKernelFixture('benign').map(({text}) => ({text})))('stays silent on "$text"', ({text}) => {
		expect(matchKernelRecord(kernelRecord(text))?.signature.id).toBeUndefined();
	});

	it('finds by literals just what trying every pattern finds', () => {
		const records = [
			...examples.map(({text}) => kernelRecord(text, inBoot)),
			...['benign', 'aufs-panic', 'container-oom'].flatMap(readKernelFixture),
		].filter(({text}) => !/ommand line: |^---\[ end /.test(text));
		for (const record of records) {
			const naive = kernelSignatures.find((signature) => matchSignature(signature, record) !== null)?.id;
			expect(matchKernelRecord(record)?.signature.id, record.text).toBe(naive);
		}
	});

	it('answers a line made to be slow within moments', () => {
		const hostile = [
			'BUG: unable to handle ',
			'XFS (a): ',
			'oom-kill:constraint=CONSTRAINT_MEMCG,task_memcg=',
			'BTRFS ',
			'nvme0n1: ',
		].map((start) => start + '-/a(device : '.repeat(80) + ' (sct 0x2 / sc 0x hutting down filesystem csum failed');
		const startedAt = performance.now();
		for (let round = 0; round < 20; round++) for (const text of hostile) matchKernelRecord(kernelRecord(text));
		expect(performance.now() - startedAt).toBeLessThan(2000);
	});
});
