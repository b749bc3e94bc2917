/** The report for a ticket or a chat: a table of hosts and the findings of each sick one. */
import {formatPlural} from '../support/format.ts';
import {escapeMarkdown, fenceLines} from './escape-markdown.ts';
import {formatTime} from './format-report-text.ts';
import {formatHostCells} from './host-cells.ts';
import type {Report, ReportFinding, ReportHost} from './report.ts';
import {severityGlyphs} from '../model/severity-glyphs.ts';

const evidenceLimit = 5;

/** GitHub-flavoured; ends with a newline. */
export function formatReportMarkdown(report: Report): string {
	const {summary, version, generatedAt, demo, notices} = report;
	const sick = report.hosts.filter(({findings}) => findings.length > 0);
	const lines = [
		`# Sickbay report${demo ? ' (DEMO)' : ''}`,
		'',
		...(demo ? ['**DEMO fleet: none of these hosts is real.**', ''] : []),
		`${formatPlural(summary.hosts, 'host')}: ${summary.critical} critical, ${summary.unknown} unknown, ${summary.warning} warning, ${summary.notice} notice, ${summary.ok} ok.`,
		`Sickbay ${escapeMarkdown(version)}, ${formatTime(generatedAt)}.`,
		'',
		...notices.flatMap((notice) => [`**${escapeMarkdown(notice)}**`, '']),
		...formatTable(report.hosts),
		...sick.flatMap(formatSickHost),
	];
	return `${lines.join('\n').trimEnd()}\n`;
}

const titles = ['', 'Host', 'Why', 'Engine', 'Driver', 'Root', 'Images', 'Kernel', 'Up', 'Containers'];

function formatTable(hosts: readonly ReportHost[]): readonly string[] {
	const rows = hosts.map((host) => {
		const {why, engine, driver, root, images, kernel, up, containers} = formatHostCells(host);
		const mark = `${severityGlyphs[host.severity]} ${host.severity}`;
		return [mark, host.name, why, engine, driver, root, images, kernel, up, containers].map(escapeMarkdown);
	});
	return [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function formatSickHost({name, address, severity, findings}: ReportHost): readonly string[] {
	const where = address === null ? '' : ` (${escapeMarkdown(address)})`;
	return ['', `## ${severityGlyphs[severity]} ${escapeMarkdown(name)}${where}`, '', ...findings.flatMap(formatFinding)];
}

function formatFinding({severity, summary, evidence, since, count, meaning, advice}: ReportFinding): readonly string[] {
	const facts = [
		severity,
		...(since === null ? [] : [`since ${formatTime(since)}`]),
		...(count > 1 ? [`${count} times`] : []),
	];
	return [
		`- ${severityGlyphs[severity]} **${escapeMarkdown(summary)}** (${facts.join(', ')})`,
		...(evidence.length === 0 ? [] : ['', ...fenceLines(evidence.slice(0, evidenceLimit), '  '), '']),
		`  ${escapeMarkdown(meaning)}`,
		'',
		`  **Do:** ${escapeAdvice(advice)}`,
		'',
	];
}

/** Advice shows commands as code, and these may hold a name with backticks: no two marks may ever touch. */
function escapeAdvice(advice: string): string {
	const parts = advice.split('`');
	if (parts.length % 2 === 0) return escapeMarkdown(advice);
	return parts
		.map((part, index) => {
			const isCode = index % 2 === 1;
			if (isCode) return `\`${part.replaceAll(/\s+/g, ' ') || ' '}\``;
			const isBetween = index > 0 && index < parts.length - 1;
			return escapeMarkdown(part) || (isBetween ? ' ' : '');
		})
		.join('');
}
