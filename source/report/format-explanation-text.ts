/** The explanation of saved logs for eyes: what happened, what it means and what to do, the worst first. */
import type {ExplainedIncident, Explanation} from '../explain/explanation.ts';
import type {IncidentSeverity} from '../model/kernel-incident.ts';
import {severityGlyphs} from '../model/severity-glyphs.ts';
import {formatCount, formatPlural} from '../support/format.ts';
import {truncateText, wrapText} from './fit-text.ts';
import {formatTime} from './format-report-text.ts';

export type ExplanationTextOptions = {
	readonly version: string;
	/** Width to write for; 80 unless told. */
	readonly columns?: number;
};

const minimumColumns = 40;
const lineLimit = 6;

const glyphs: Readonly<Record<IncidentSeverity, string>> = {
	panic: severityGlyphs.critical,
	critical: severityGlyphs.critical,
	warning: severityGlyphs.warning,
	info: severityGlyphs.notice,
};

/** Ends with a newline; holds no control characters. */
export function formatExplanationText(explanation: Explanation, options: ExplanationTextOptions): string {
	const width = Math.max(minimumColumns, options.columns ?? 80);
	const isMany = {
		logs: explanation.logs.length > 1,
		boots: explanation.logs.some(({boots}) => boots > 1),
	};
	const sections = [
		formatHead(explanation, options.version, width),
		...explanation.incidents.map((incident) => formatIncident(incident, width, isMany)),
		...(explanation.leftOut > 0 ? [[`${formatPlural(explanation.leftOut, 'milder incident')} left out.`]] : []),
	];
	return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function formatHead(explanation: Explanation, version: string, width: number): readonly string[] {
	const {incidents, lines, formats, troubles} = explanation;
	const trouble = incidents.filter(({severity}) => severity !== 'info');
	const verdict =
		trouble.length > 0
			? `${formatPlural(trouble.length, 'incident')}, the worst first.`
			: lines.kernel + lines.programs === 0
				? 'Nothing to explain: no line of a log was found.'
				: `Nothing known found in ${formatPlural(lines.kernel, 'kernel line')}; this is no proof that nothing happened.`;
	const counts = [
		`${formatPlural(lines.read, 'line')} read: ${formatCount(lines.kernel)} from the kernel`,
		`${formatCount(lines.programs)} from other programs`,
		...(lines.unreadable > 0 ? [`${formatCount(lines.unreadable)} not text`] : []),
		...(lines.lost > 0 ? [`${formatCount(lines.lost)} lost before they reached the log`] : []),
	];
	const sentences = [
		`Sickbay ${version}`,
		`${counts.join(', ')}.${formats.length === 0 ? '' : ` Form: ${formats.join(', ')}.`}`,
		...describeAssumptions(explanation),
		...troubles.map((trouble) => `${severityGlyphs.unknown} Not all was read: ${trouble}.`),
		verdict,
	];
	return sentences.flatMap((sentence) => wrapText(sentence, width));
}

function describeAssumptions({assumed}: Explanation): readonly string[] {
	const parts = [
		...(assumed.includes('year') ? ['year, taken as the latest possible'] : []),
		...(assumed.includes('zone') ? ['time zone, taken as UTC'] : []),
	];
	return parts.length === 0 ? [] : [`The log does not give its ${parts.join(', nor its ')}.`];
}

function formatIncident(
	incident: ExplainedIncident,
	width: number,
	isMany: {readonly logs: boolean; readonly boots: boolean},
): readonly string[] {
	const {severity, title, meaning, advice, lines, follows} = incident;
	const facts = [
		`${severity}, ${incident.id}`,
		describeCount(incident),
		...(incident.via === null ? [] : [`via ${incident.via}`]),
		...(incident.state === 'over' ? ['over'] : []),
		...(isMany.logs ? [incident.host ?? incident.file] : []),
		...(isMany.boots ? [`boot ${incident.boot} of this log`] : []),
		describeTime(incident),
	];
	const notes = [
		...(follows === null ? [] : [`May be only a consequence of ${follows} before it in this boot.`]),
		...(incident.unverifiedOrigin ? ['Nothing in these lines proves that the kernel wrote them.'] : []),
	];
	const shown = lines.slice(0, lineLimit).map((line) => `    | ${truncateText(line, width - 6)}`);
	const hidden = lines.length > lineLimit ? [`    | (${formatPlural(lines.length - lineLimit, 'more line')})`] : [];
	return [
		...indent(wrapText(title, width - 2), `${glyphs[severity]} `, '  '),
		...indent(wrapText(facts.filter((fact) => fact !== '').join(' · '), width - 4), '    ', '    '),
		...[meaning, ...notes].flatMap((text) => indent(wrapText(text, width - 4), '    ', '    ')),
		...shown,
		...hidden,
		...indent(wrapText(advice, width - 6), '  → ', '    '),
	];
}

function indent(lines: readonly string[], first: string, others: string): readonly string[] {
	return lines.map((line, index) => `${index === 0 ? first : others}${line}`);
}

function describeCount({count, isLowerBound}: ExplainedIncident): string {
	if (count === 1 && !isLowerBound) return 'once';
	return `${formatCount(count)}${isLowerBound ? '+' : ''} times`;
}

function describeTime({first, last, firstSeconds, lastSeconds}: ExplainedIncident): string {
	if (first !== null) {
		const from = formatTime(first);
		return last === null || last.slice(0, 19) === first.slice(0, 19) ? from : `${from} to ${formatTime(last)}`;
	}
	if (firstSeconds === null) return '';
	const from = `${formatCount(Math.floor(firstSeconds))} s after boot`;
	return lastSeconds === null || Math.floor(lastSeconds) === Math.floor(firstSeconds)
		? from
		: `${formatCount(Math.floor(firstSeconds))} to ${formatCount(Math.floor(lastSeconds))} s after boot`;
}
