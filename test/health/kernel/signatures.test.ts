import {describe, expect, it} from 'vitest';
import {matchKernelRecord, matchSignature} from '../../../source/health/kernel/match-kernel-record.ts';
import {kernelSignatures} from '../../../source/health/kernel/signatures.ts';
import type {KernelRecord} from '../../../source/model/kernel-log.ts';
import {kernelRecord, readKernelFixture} from '../kernel-lines.ts';

const examples = kernelSignatures.flatMap((signature) =>
	signature.examples.map((example) => ({id: signature.id, signature, ...example})),
);
const inBoot = {monotonicSeconds: 3};

describe('the signature catalogue', () => {
	it('has a unique id for every signature', () => {
		expect(new Set(kernelSignatures.map(({id}) => id)).size).toBe(kernelSignatures.length);
	});

	it.each(kernelSignatures)(
		'gives $id literals, examples with their origin, meaning, advice and source',
		(signature) => {
			const {literals, examples, meaning, advice, source, title} = signature;
			expect(literals.length).toBeGreaterThan(0);
			expect(examples.length).toBeGreaterThan(0);
			// Long enough to leave most lines out.
			expect(literals.filter((literal) => literal.length < 6)).toEqual([]);
			const texts = [title, meaning, advice, source, ...examples.map(({origin}) => origin)];
			expect(texts.filter((text) => text.length < 8)).toEqual([]);
		},
	);

	it.each(kernelSignatures)(
		'compiles $id without look-around, back-references and flags, as other engines need',
		(signature) => {
			const patterns = [...signature.patterns, ...(signature.vetoes ?? [])];
			expect(patterns.filter(({source, flags}) => flags !== '' || /\(\?<?[=!]|\\[1-9]|\\k</.test(source))).toEqual([]);
		},
	);

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
		const idOf = (match: ReturnType<typeof matchKernelRecord>) => match?.signature.id ?? null;
		const tryAll = (record: KernelRecord) =>
			kernelSignatures.find((signature) => matchSignature(signature, record) !== null)?.id ?? null;
		expect(records.map((record) => [record.text, idOf(matchKernelRecord(record))])).toEqual(
			records.map((record) => [record.text, tryAll(record)]),
		);
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
