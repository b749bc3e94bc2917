/** Which signature a kernel line matches, for the log's margin. */
import {matchKernelRecord} from '../health/kernel/match-kernel-record.ts';
import type {Severity} from '../model/finding.ts';
import type {KernelRecord} from '../model/kernel-log.ts';

export type KernelMark = {readonly signatureId: string; readonly severity: Severity};

/** Null for an ordinary line. */
export function selectKernelMark(record: KernelRecord): KernelMark | null {
	const match = matchKernelRecord(record);
	return match === null ? null : {signatureId: match.signature.id, severity: match.signature.severity};
}
