/** The catalogue holds what it promises: each signature finds its own lines, and nothing that only looks like them. */
import {describe, expect, it} from 'vitest';
import {builtInCatalogue} from '../../../../source/health/kernel/built-in-catalogue.ts';
import {matchKernelRecord, matchSignature} from '../../../../source/health/kernel/match-kernel-record.ts';
import {signatures} from '../../../../source/health/kernel/catalogue/catalogue.ts';
import type {KernelSignature} from '../../../../source/health/kernel/signature.ts';
import type {KernelRecord} from '../../../../source/model/kernel-log.ts';
import {kernelRecord} from '../../kernel-lines.ts';
import {lookAlikes} from './look-alikes.ts';
import {findPatternFault} from './pattern-rules.ts';

const examples = signatures.flatMap((signature) =>
	signature.examples.map((example) => ({id: signature.id, signature, ...example})),
);

/** As the program that writes such lines would log it; `kernel` unless the signature names programs. */
function recordFor({identifiers}: KernelSignature, text: string): KernelRecord {
	const [identifier = 'kernel'] = identifiers ?? [];
	return kernelRecord(text, {monotonicSeconds: 3, identifier, facility: identifiers === undefined ? 0 : 3});
}

/** Every expression of the signature, with what it is for. */
function expressionsOf(signature: KernelSignature): readonly RegExp[] {
	const {patterns, vetoes = [], closedBy, details = [], onKernels = []} = signature;
	return [
		...patterns,
		...vetoes,
		...(closedBy?.patterns ?? []),
		...details.map(({pattern}) => pattern),
		...onKernels.map(({release}) => release),
	];
}

describe('the signature catalogue', () => {
	it('has a unique id for every signature', () => {
		expect(new Set(signatures.map(({id}) => id)).size).toBe(signatures.length);
		expect(signatures.length).toBeGreaterThanOrEqual(167);
	});

	it.each(signatures)('tells what $id means, what to do, and where the knowledge comes from', (signature) => {
		const {title, meaning, advice, source, examples, literals} = signature;
		expect([meaning, advice].filter((text) => !/^\S.{20,}[^\s,;:]$/.test(text))).toEqual([]);
		expect([title, source, ...examples.map(({origin}) => origin)].filter((text) => text.length < 6)).toEqual([]);
		expect(examples.length).toBeGreaterThan(0);
		// Short texts would leave too many lines to the patterns.
		expect(literals.filter((literal) => literal.length < 4)).toEqual([]);
		expect(literals.length).toBeGreaterThan(0);
	});

	it.each(examples)('recognises "$text" as $id', ({id, signature, text}) => {
		expect(matchKernelRecord(recordFor(signature, text), builtInCatalogue())?.signature.id).toBe(id);
	});

	it.each(signatures)('has an example for every pattern of $id, and one of its literals in each', (signature) => {
		const texts = signature.examples.map(({text}) => text);
		expect(signature.patterns.filter((pattern) => !texts.some((text) => pattern.test(text)))).toEqual([]);
		expect(texts.filter((text) => !signature.literals.some((literal) => text.includes(literal)))).toEqual([]);
	});

	it.each(signatures)('fills the title of $id only with what its patterns can know', (signature) => {
		const {title, storms = [], details = []} = signature;
		const groups = expressionsOf(signature).flatMap(({source}) =>
			[...source.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name ?? ''),
		);
		// The engine adds these, and lines of the same report know the container, the sector and the process.
		const known = [...groups, 'frame', 'cause', 'count', 'amount', 'span', 'subjects', 'subject', 'cpu', 'component'];
		const joined: Readonly<Record<string, readonly string[]>> = {
			oom: ['container', 'slice', 'task'],
			disk: ['sector'],
			crash: ['detail'],
		};
		const borrowed = joined[signature.part ?? ''] ?? [];
		const titles = [title, ...storms.map((storm) => storm.title ?? ''), ...details.map((detail) => detail.title ?? '')];
		const used = titles.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''));
		expect(used.filter((name) => ![...known, ...borrowed].includes(name))).toEqual([]);
	});

	it.each(signatures)('reads hostile lines with $id in a time that grows with their length only', (signature) => {
		expect(expressionsOf(signature).flatMap((pattern) => findPatternFault(pattern) ?? [])).toEqual([]);
	});

	it('finds by literals just what trying every pattern finds', () => {
		const records = [
			...examples.map(({signature, text}) => recordFor(signature, text)),
			...lookAlikes.map(({text, facts}) => kernelRecord(text, {identifier: 'kernel', ...facts})),
		].filter(({text}) => !/ommand line: |^---\[ end /.test(text));
		const tryAll = (record: KernelRecord) =>
			signatures.find((signature) => matchSignature(signature, record) !== null)?.id ?? null;
		expect(
			records.map((record) => [record.text, matchKernelRecord(record, builtInCatalogue())?.signature.id ?? null]),
		).toEqual(records.map((record) => [record.text, tryAll(record)]));
	});
});

describe('a healthy host', () => {
	it.each(lookAlikes)('raises nothing over "$text"', ({text, facts}) => {
		const record = kernelRecord(text, {monotonicSeconds: 3, identifier: 'kernel', ...facts});
		const match = matchKernelRecord(record, builtInCatalogue());
		expect(match === null || match.signature.severity === 'info' ? null : match.signature.id).toBeNull();
	});
});
