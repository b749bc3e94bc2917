/** Turns kernel incidents into findings; those that only inform stay in the kernel tab. */
import type {Finding, FindingCategory, Severity} from '../model/finding.ts';
import type {IncidentSeverity, KernelCategory, KernelIncident} from '../model/kernel-incident.ts';
import {valueOf} from '../model/reading.ts';
import type {Container} from '../model/readings.ts';
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
export function assessKernel({incidents, readings, now}: HealthInput): readonly Finding[] {
	const containers = valueOf(readings.containers) ?? [];
	return incidents.flatMap((incident) => {
		const severity = severityOf[incident.severity];
		return severity === null ? [] : [incidentFinding(incident, severity, containers, now)];
	});
}

function incidentFinding(
	incident: KernelIncident,
	severity: Severity,
	containers: readonly Container[],
	now: number,
): Finding {
	const {id, title, subject, lines, firstAt, count, meaning} = incident;
	const name = containerName(incident, containers);
	const isPast = incident.state === 'over' || isSettled(incident, now);
	return {
		id,
		severity: isPast ? 'notice' : severity,
		category: categoryOf[incident.category],
		subject: name ?? subject,
		summary: `${name === null ? title : title.replaceAll(subject, name)}${isPast ? ' (past)' : ''}`,
		evidence: lines.slice(0, evidenceLines),
		since: firstAt,
		count,
		meaning: incident.unverifiedOrigin ? `${meaning} ${unverifiedWords}` : meaning,
		advice: incident.advice,
	};
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
