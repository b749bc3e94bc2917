/** The exit code that lets a script act without reading the report. */
import type {Report} from './report.ts';

/** 2 if any host is critical, else 3 if any is unreachable or unknown, else 1 if any has a warning, else 0. */
export function exitCodeOf({summary}: Pick<Report, 'summary'>): 0 | 1 | 2 | 3 {
	if (summary.critical > 0) return 2;
	if (summary.unknown > 0) return 3;
	return summary.warning > 0 ? 1 : 0;
}
