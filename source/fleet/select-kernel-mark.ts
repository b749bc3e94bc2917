/** Which signature a kernel line matches, for the log's margin. */
import {builtInCatalogue} from '../health/kernel/built-in-catalogue.ts';
import {matchKernelRecord} from '../health/kernel/match-kernel-record.ts';
import type {Severity} from '../model/finding.ts';
import type {IncidentSeverity} from '../model/kernel-incident.ts';
import type {KernelRecord} from '../model/kernel-log.ts';

export type KernelMark = {readonly signatureId: string; readonly severity: Severity};

/** Null for an ordinary line. */
export function selectKernelMark(record: KernelRecord): KernelMark | null {
	const match = matchKernelRecord(record, builtInCatalogue());
	return match === null ? null : {signatureId: match.signature.id, severity: markSeverity[match.signature.severity]};
}

const markSeverity: Readonly<Record<IncidentSeverity, Severity>> = {
	panic: 'critical',
	critical: 'critical',
	warning: 'warning',
	info: 'notice',
};
