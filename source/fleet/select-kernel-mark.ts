/** Which signature a kernel line matches, for the log's margin. */
import {matchKernelRecord} from '../health/kernel/match-kernel-record.ts';
import type {KernelRecord} from '../model/kernel-log.ts';

/** Id of the signature, e.g. `kernel-panic`; null for an ordinary line. */
export function selectKernelMark(record: KernelRecord): string | null {
	return matchKernelRecord(record)?.signature.id ?? null;
}
