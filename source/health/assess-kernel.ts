/** Turns kernel incidents into findings; those that only inform stay in the kernel tab. */
import type {Finding, FindingCategory, Severity} from '../model/finding.ts';
import type {IncidentSeverity, KernelCategory, KernelIncident} from '../model/kernel-incident.ts';
import {valueOf} from '../model/reading.ts';
import type {Container} from '../model/readings.ts';
import {formatPlural} from '../support/format.ts';
import type {HealthInput} from './health-input.ts';

const hourMs = 3_600_000;
const evidenceLines = 10;

const severityOf: Readonly<Record<IncidentSeverity, Severity | null>> = {
	panic: 'critical',
	critical: 'critical',
	warning: 'warning',
	info: null,
};

const categoryOf: Readonly<Record<KernelCategory, FindingCategory>> = {
	kernel: 'kernel',
	memory: 'memory',
	filesystem: 'filesystem',
	disk: 'disk',
	hardware: 'hardware',
	'storage-driver': 'storage-driver',
	'docker-daemon': 'engine',
	network: 'network',
};

/** Incidents count also while the host is away: what its kernel said stays said. */
export function assessKernel({incidents, kernelLinesLost = 0, readings, now}: HealthInput): readonly Finding[] {
	const containers = valueOf(readings.containers) ?? [];
	const findings = incidents.flatMap((incident) => {
		const severity = severityOf[incident.severity];
		return severity === null ? [] : [incidentFinding(incident, severity, containers, now)];
	});
	return kernelLinesLost === 0 ? findings : [...findings, lostLinesFinding(kernelLinesLost)];
}

/** What was in them nobody knows: the counts above are too low, and an incident may be missing. */
function lostLinesFinding(count: number): Finding {
	return {
		id: 'kernel-lines-lost',
		severity: 'notice',
		category: 'kernel',
		subject: '',
		summary: `at least ${formatPlural(count, 'line')} of the kernel log ${count === 1 ? 'was' : 'were'} lost before being read`,
		evidence: [],
		since: null,
		count,
		meaning:
			'The kernel wrote faster than its log was read, and its buffer took new lines over old ones. What they told is not judged.',
		advice:
			'Look whether the journal has them (`journalctl -k -b`); the boot option log_buf_len=4M makes the buffer larger.',
	};
}

function incidentFinding(
	incident: KernelIncident,
	severity: Severity,
	containers: readonly Container[],
	now: number,
): Finding {
	const {id, title, subject, firstAt, count, meaning} = incident;
	const name = containerName(incident, containers);
	const isPast = incident.state === 'over' || isSettled(incident, now);
	return {
		id,
		severity: isPast ? 'notice' : severity,
		category: categoryOf[incident.category],
		subject: name ?? subject,
		summary: `${name === null ? title : title.replaceAll(subject, name)}${isPast ? ' (past)' : ''}`,
		evidence: selectEvidence(incident),
		since: firstAt,
		count,
		meaning: incident.unverifiedOrigin ? `${meaning} ${unverifiedWords}` : meaning,
		advice: incident.advice,
	};
}

/** A report of the kernel begins with registers and stacks: the lines that say what happened go before these. */
function selectEvidence({lines, telling = []}: KernelIncident): readonly string[] {
	if (lines.length <= evidenceLines) return lines;
	const chosen = new Set([...new Set([...telling, ...lines])].slice(0, evidenceLines));
	return [...chosen]
		.filter((line) => !lines.includes(line))
		.concat([...new Set(lines)].filter((line) => chosen.has(line)));
}

const unverifiedWords =
	'(This source of the log does not say who wrote a line, so a program on the host could have forged it.)';

/** Kernel lines know containers by id; people know them by name. Null for what is no container of this host. */
function containerName({category, subject}: KernelIncident, containers: readonly Container[]): string | null {
	if (category !== 'memory' || !/^[0-9a-f]{6,64}$/.test(subject)) return null;
	return containers.find(({id}) => id.startsWith(subject))?.name ?? null;
}

function isSettled({lastAt, settlesAfterHours = null}: KernelIncident, now: number): boolean {
	return settlesAfterHours !== null && lastAt !== null && now - lastAt > settlesAfterHours * hourMs;
}
