/** Which signature a kernel line matches, for the log's margin. */
import {builtInCatalogue} from '../health/kernel/built-in-catalogue.ts';
import {matchKernelRecord} from '../health/kernel/match-kernel-record.ts';
import type {Severity} from '../model/finding.ts';
import type {IncidentSeverity} from '../model/kernel-incident.ts';
import type {KernelRecord} from '../model/kernel-log.ts';
import type {FleetState} from './fleet-state.ts';

export type KernelMark = {readonly signatureId: string; readonly severity: Severity};

/** Null for an ordinary line. */
export type MarkRecord = (record: KernelRecord) => KernelMark | null;

/** By the signatures the fleet's logs are judged with, the user's own among them. */
export function selectKernelMarks({catalogue = builtInCatalogue()}: Pick<FleetState, 'catalogue'>): MarkRecord {
	return (record) => {
		const match = matchKernelRecord(record, catalogue);
		return match === null ? null : {signatureId: match.signature.id, severity: markSeverity[match.signature.severity]};
	};
}

const markSeverity: Readonly<Record<IncidentSeverity, Severity>> = {
	panic: 'critical',
	critical: 'critical',
	warning: 'warning',
	info: 'notice',
};
