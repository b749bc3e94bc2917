/**
 * The signature catalogue, in the order of matching: the first signature that matches a line wins. Every signature must
 * have literals, examples, a meaning and advice; the tests hold all of them to it.
 */
import {crashSignatures} from './crash-signatures.ts';
import {diskSignatures} from './disk-signatures.ts';
import {filesystemSignatures} from './filesystem-signatures.ts';
import {hardwareSignatures} from './hardware-signatures.ts';
import {memorySignatures} from './memory-signatures.ts';
import {previousBootSignatures} from './previous-boot-signatures.ts';
import type {KernelSignature} from './first-cut-signature.ts';
import {stallSignatures} from './stall-signatures.ts';
import {storageDriverSignatures} from './storage-driver-signatures.ts';

export const kernelSignatures: readonly KernelSignature[] = [
	...crashSignatures,
	...stallSignatures,
	...memorySignatures,
	...storageDriverSignatures,
	...filesystemSignatures,
	...diskSignatures,
	...previousBootSignatures,
	...hardwareSignatures,
];

const byId: ReadonlyMap<string, KernelSignature> = new Map(kernelSignatures.map((one) => [one.id, one]));

/** Null for an id of another version's catalogue. */
export function signatureById(id: string): KernelSignature | null {
	return byId.get(id) ?? null;
}
