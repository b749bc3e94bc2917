/** One character per severity, so that colour never carries meaning alone. */
import type {Severity} from '../model/finding.ts';

export const severityMarks: Readonly<Record<Severity, string>> = {
	critical: '✖',
	warning: '▲',
	notice: '○',
	ok: '●',
	unknown: '?',
};
