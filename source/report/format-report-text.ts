/** The report for eyes: a summary, the table of hosts, then what is wrong with each sick one and what to do. */
import type {Severity} from '../model/finding.ts';
import {formatCount, formatPlural} from '../support/format.ts';
import {truncateText, wrapText} from './fit-text.ts';
import {formatHostTable, type Paint} from './format-host-table.ts';
import type {Report, ReportFinding, ReportHost} from './report.ts';
import {severityGlyphs} from '../model/severity-glyphs.ts';

export type ReportTextOptions = {
	/** Width to write for; 80 unless told. */
	readonly columns?: number;
	/** Colours as escape sequences; none unless told, so that piped output carries no control characters. */
	readonly colour?: boolean;
};

const minimumColumns = 40;
const evidenceLimit = 3;
const findingLimit = 10;

/** Ends with a newline. */
export function formatReportText(report: Report, {columns = 80, colour = false}: ReportTextOptions = {}): string {
	const width = Math.max(minimumColumns, columns);
	const paint: Paint = colour ? paintSeverity : (_severity, text) => text;
	const sick = report.hosts.filter(({findings}) => findings.length > 0);
	const table = report.hosts.length === 0 ? ['No hosts.'] : formatHostTable(report.hosts, width, paint);
	const sections = [formatHead(report, paint), table, ...sick.map((host) => formatSickHost(host, width, paint))];
	return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function formatHead({version, generatedAt, demo, summary, notices}: Report, paint: Paint): readonly string[] {
	const order: readonly Severity[] = ['critical', 'unknown', 'warning', 'notice', 'ok'];
	const counts = order.map((severity) => {
		const words = `${severityGlyphs[severity]} ${formatCount(summary[severity])} ${severity}`;
		return summary[severity] === 0 ? words : paint(severity, words);
	});
	return [
		`Sickbay ${version} · ${formatTime(generatedAt)}${demo ? ' · DEMO fleet, none of these hosts is real' : ''}`,
		`${formatPlural(summary.hosts, 'host')}: ${counts.join('  ')}`,
		...notices.map((notice) => paint('warning', `${severityGlyphs.warning} ${notice}`)),
	];
}

function formatSickHost(
	{name, address, severity, findings}: ReportHost,
	width: number,
	paint: Paint,
): readonly string[] {
	const shown = findings.slice(0, findingLimit);
	const hidden = findings.length - shown.length;
	return [
		paint(
			severity,
			truncateText(`${severityGlyphs[severity]} ${name}${address === null ? '' : ` (${address})`}`, width),
		),
		...shown.flatMap((finding) => formatFinding(finding, width, paint)),
		...(hidden > 0 ? [`  and ${formatPlural(hidden, 'more finding')}; --format json has all`] : []),
	];
}

function formatFinding(
	{severity, summary, evidence, since, count, advice}: ReportFinding,
	width: number,
	paint: Paint,
): readonly string[] {
	const facts = [
		...(since === null ? [] : [`since ${formatTime(since)}`]),
		...(count > 1 ? [`${formatCount(count)} times`] : []),
	];
	const head = wrapText(facts.length === 0 ? summary : `${summary} (${facts.join(', ')})`, width - 4);
	const lines = evidence.slice(0, evidenceLimit).map((line) => `      ${truncateText(line, width - 6)}`);
	const steps = wrapText(advice, width - 6).map((line, index) => `    ${index === 0 ? '→' : ' '} ${line}`);
	const marked = head.map(
		(line, index) =>
			`  ${index === 0 ? paint(severity, severityGlyphs[severity]) : ' '} ${truncateText(line, width - 4)}`,
	);
	return [...marked, ...lines, ...steps];
}

/** `2026-11-20 14:02:11 UTC`. */
export function formatTime(iso: string): string {
	return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}

const colours: Readonly<Record<Severity, number>> = {critical: 31, warning: 33, notice: 36, ok: 32, unknown: 35};

const paintSeverity: Paint = (severity, text) => `\u001B[${colours[severity]}m${text}\u001B[39m`;
