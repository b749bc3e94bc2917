/** The report for scripts. */
import type {Report} from './report.ts';

/** Two spaces of indentation, one newline at the end. */
export function formatReportJson(report: Report): string {
	return `${JSON.stringify(report, null, 2)}\n`;
}
