/**
 * Finds the signature a kernel line matches. One search for any literal of the catalogue spares most lines the patterns;
 * only lines the kernel itself wrote can match, because any program may write to `/dev/kmsg` but never as facility 0
 * (linux kernel/printk/printk.c, devkmsg_write).
 */
import type {KernelRecord} from '../../model/kernel-log.ts';
import type {KernelSignature} from './first-cut-signature.ts';
import {kernelSignatures} from './signatures.ts';

export type SignatureMatch = {
	readonly signature: KernelSignature;
	/** Device, task, container id; empty when the line names none. */
	readonly subject: string;
	/** Words of the line for the title; empty when the signature takes none. */
	readonly detail: string;
};

/** Boot parameters are echoed as text, and a report's closing line repeats its opening one. */
const echoes = /ommand line: |^---\[ end /;

const kernelFacility = 0;
const anyLiteral = new RegExp([...new Set(kernelSignatures.flatMap(({literals}) => literals))].map(escape).join('|'));

/** Null for lines of other programs and for lines that mean no trouble. */
export function matchKernelRecord(record: KernelRecord): SignatureMatch | null {
	if (record.facility !== null && record.facility !== kernelFacility) return null;
	const {text} = record;
	if (!anyLiteral.test(text) || echoes.test(text)) return null;
	for (const signature of kernelSignatures) {
		if (!signature.literals.some((literal) => text.includes(literal))) continue;
		const match = matchSignature(signature, record);
		if (match !== null) return match;
	}
	return null;
}

/** Tries one signature, without the literals: what `matchKernelRecord` must agree with. */
export function matchSignature(signature: KernelSignature, record: KernelRecord): SignatureMatch | null {
	const {withinBootSeconds, vetoes = []} = signature;
	if (
		withinBootSeconds !== undefined &&
		!(record.monotonicSeconds !== null && record.monotonicSeconds <= withinBootSeconds)
	) {
		return null;
	}
	for (const pattern of signature.patterns) {
		const found = pattern.exec(record.text);
		if (found === null) continue;
		if (vetoes.some((veto) => veto.test(record.text))) return null;
		return {signature, subject: found.groups?.subject ?? '', detail: found.groups?.detail ?? ''};
	}
	return null;
}

function escape(literal: string): string {
	return literal.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
