/** `sickbay report`: asks every host once and prints what is wrong. */
import {version} from '../cli/version.ts';
import type {ReportFormat, ReportInvocation} from '../cli/invocation.ts';
import {buildReport} from '../report/build-report.ts';
import type {Report} from '../report/report.ts';
import {exitCodeOf} from '../report/exit-code-of.ts';
import {formatReportJson} from '../report/format-report-json.ts';
import {formatReportMarkdown} from '../report/format-report-markdown.ts';
import {formatReportText} from '../report/format-report-text.ts';
import {systemClock} from '../support/clock.ts';
import {openFleet} from './open-fleet.ts';
import {printLine} from './print.ts';
import {settleCoalesceMs, settleFleet} from './settle-fleet.ts';

/** Answers with the exit code of the worst host: 0 ok, 1 warning, 2 critical, 3 unreachable or unknown. */
export async function runReport(invocation: ReportInvocation): Promise<number> {
	const fleet = await openFleet(invocation, systemClock, {place: 'terminal', coalesceMs: settleCoalesceMs});
	try {
		const ended = await settleFleet(fleet, systemClock, invocation.timeoutMs);
		if (ended !== null) return ended;
		const report = buildReport(fleet.store.getState(), {now: systemClock.now(), version, demo: fleet.demo});
		await printLine(formatReport(report, invocation.format));
		return exitCodeOf(report);
	} finally {
		await fleet.close();
	}
}

function formatReport(report: Report, format: ReportFormat): string {
	switch (format) {
		case 'text':
			return formatReportText(report, process.stdout.isTTY ? {columns: process.stdout.columns} : {});
		case 'json':
			return formatReportJson(report);
		case 'markdown':
			return formatReportMarkdown(report);
	}
}
