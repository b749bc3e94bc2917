/** Turns kernel incidents into findings: severity, meaning and advice come from the signature, the rest from the log. */
import type {Finding, Severity} from '../model/finding.ts';
import type {KernelIncident} from '../model/kernel-log.ts';
import {valueOf} from '../model/reading.ts';
import type {Container} from '../model/readings.ts';
import type {HealthInput} from './health-input.ts';
import type {KernelSignature} from './kernel/first-cut-signature.ts';
import {signatureById} from './kernel/signatures.ts';

const hourMs = 3_600_000;

/** Incidents count also while the host is away: what its kernel said stays said. */
export function assessKernel({incidents, readings, now}: HealthInput): readonly Finding[] {
	const containers = valueOf(readings.containers) ?? [];
	return incidents.flatMap((incident) => {
		const signature = signatureById(incident.signatureId);
		return signature === null ? [] : [incidentFinding(incident, signature, containers, now)];
	});
}

function incidentFinding(
	incident: KernelIncident,
	signature: KernelSignature,
	containers: readonly Container[],
	now: number,
): Finding {
	const {title, lines, firstAt, count, unverifiedOrigin} = incident;
	const subject = nameSubject(incident, signature, containers);
	const isPast = isSettled(incident, signature, now);
	return {
		id: signature.id,
		severity: isPast ? milder(signature.severity) : signature.severity,
		category: signature.category,
		subject,
		summary: `${subject === '' ? title : `${title}: ${subject}`}${isPast ? ' (past)' : ''}`,
		evidence: lines,
		since: firstAt,
		count,
		meaning: unverifiedOrigin ? `${signature.meaning} ${unverifiedWords}` : signature.meaning,
		advice: signature.advice,
	};
}

const unverifiedWords =
	'(This source of the log does not say who wrote a line, so a program on the host could have forged it.)';

/** Kernel lines know containers by id; people know them by name. */
function nameSubject({subject}: KernelIncident, {id}: KernelSignature, containers: readonly Container[]): string {
	if (id !== 'container-oom' || subject === '') return subject;
	return containers.find((container) => container.id.startsWith(subject))?.name ?? subject;
}

function isSettled({lastAt}: KernelIncident, {settlesAfterHours}: KernelSignature, now: number): boolean {
	return settlesAfterHours !== null && lastAt !== null && now - lastAt > settlesAfterHours * hourMs;
}

function milder(severity: KernelSignature['severity']): Severity {
	return severity === 'notice' ? severity : 'notice';
}
