/** The one severity of a host: that of its worst finding, where a host that is not seen is worse than a warning. */
import type {Finding, Severity} from '../model/finding.ts';
import {rankFinding} from './finding-rank.ts';

/** `ok` for no findings at all. */
export function overallSeverity(findings: readonly Finding[]): Severity {
	let worst: Pick<Finding, 'severity' | 'id'> = {severity: 'ok', id: ''};
	for (const finding of findings) {
		if (rankFinding(finding) < rankFinding(worst)) worst = finding;
	}
	return worst.severity;
}
