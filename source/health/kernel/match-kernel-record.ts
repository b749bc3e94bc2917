/**
 * Finds the signature a log line matches. Only lines the kernel itself wrote can match a signature of the kernel,
 * because any program may write to `/dev/kmsg` but never as facility 0 (linux kernel/printk/printk.c, devkmsg_write).
 */
import type {KernelRecord} from '../../model/kernel-log.ts';
import type {CompiledCatalogue} from './compile-catalogue.ts';
import type {KernelSignature} from './signature.ts';

export type SignatureMatch = {
	readonly signature: KernelSignature;
	/** What the pattern captured, by the name of the group; groups that took no part are absent. */
	readonly groups: Readonly<Record<string, string>>;
};

/** Boot parameters are echoed as text, and a report's closing line repeats its opening one. */
const echo = /ommand line: |^\s*---\[ end /;

const kernelFacility = 0;

/** Null for lines that mean no trouble, and for those of programs the catalogue does not listen to. */
export function matchKernelRecord(record: KernelRecord, catalogue: CompiledCatalogue): SignatureMatch | null {
	const found = catalogue.lookUp(record.text);
	return found === null ? null : matchAny(record, found.signatures);
}

/** The first of `signatures` that matches. */
export function matchAny(record: KernelRecord, signatures: readonly KernelSignature[]): SignatureMatch | null {
	if (signatures.length === 0 || echo.test(record.text)) return null;
	for (const signature of signatures) {
		const match = matchSignature(signature, record);
		if (match !== null) return match;
	}
	return null;
}

/** Tries one signature, without its literals: what `matchKernelRecord` must agree with. */
export function matchSignature(signature: KernelSignature, record: KernelRecord): SignatureMatch | null {
	if (!mayBeWrittenBy(signature, record) || isTooLate(signature, record)) return null;
	for (const pattern of signature.patterns) {
		const found = pattern.exec(record.text);
		if (found === null) continue;
		if (signature.vetoes?.some((veto) => veto.test(record.text)) === true) return null;
		return {signature, groups: takenGroups(found.groups)};
	}
	return null;
}

/** True when the kernel wrote the line, or nothing says that somebody else did. */
export function isFromKernel({facility, identifier}: KernelRecord): boolean {
	return (facility === null || facility === kernelFacility) && (identifier === undefined || identifier === 'kernel');
}

/**
 * Programs are known by the name their log gives. What they write to `/dev/kmsg` names itself, as anybody may: good
 * enough for a note only.
 */
function mayBeWrittenBy({identifiers, severity}: KernelSignature, record: KernelRecord): boolean {
	if (identifiers === undefined) return isFromKernel(record);
	const {identifier} = record;
	if (identifier !== undefined) return identifiers.includes(identifier);
	return severity === 'info' && identifiers.some((name) => record.text.startsWith(`${name}[`));
}

function isTooLate({withinBootSeconds}: KernelSignature, {monotonicSeconds}: KernelRecord): boolean {
	if (withinBootSeconds === undefined) return false;
	return monotonicSeconds === null || monotonicSeconds > withinBootSeconds;
}

function takenGroups(groups: Readonly<Record<string, string | undefined>> | undefined): Record<string, string> {
	const taken: Record<string, string> = {};
	for (const [name, value] of Object.entries(groups ?? {})) if (value !== undefined) taken[name] = value;
	return taken;
}
