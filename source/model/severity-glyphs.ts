/** One character per severity, the same on the board and in reports, so that colour never carries meaning alone. */
import type {Severity} from './finding.ts';

export const severityGlyphs: Readonly<Record<Severity, string>> = {
	critical: '✖',
	warning: '▲',
	notice: '▪',
	ok: '●',
	unknown: '?',
};
