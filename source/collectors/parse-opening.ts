/** Reads the first words of the program that follows the kernel log: which way works, and in which boot. */
import type {KernelLogMethod} from '../model/readings.ts';
import {isKernelLogMethod} from './kernel-log-access.ts';

export type KernelLogOpening = {
	readonly method: KernelLogMethod;
	/** Null where the host has none, or did not say. */
	readonly bootId: string | null;
	/** By the host's clock, milliseconds since the epoch. */
	readonly bootedAtMs: number | null;
};

const opening = /^method ([a-z-]{1,20})(?: ([0-9a-f-]{36})(?: (\d{1,12}))?)? ?$/;

/** Null for any other line, such as one of a login script. */
export function parseOpening(line: string): KernelLogOpening | 'refused' | null {
	if (line === 'refused') return 'refused';
	const match = opening.exec(line);
	const method = match?.[1] ?? '';
	if (!match || !isKernelLogMethod(method)) return null;
	return {
		method,
		bootId: match[2] ?? null,
		bootedAtMs: match[3] === undefined ? null : Number(match[3]) * 1000,
	};
}
