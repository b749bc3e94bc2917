/** Keeps the incidents of all boots, the worst of them when there are too many. */
import {incidentSeverities, type IncidentSeverity} from '../model/kernel-incident.ts';
import type {ExplainedIncident} from './explanation.ts';

export type IncidentShelf = {
	add(incidents: readonly ExplainedIncident[]): void;
	/** Worst first, then in the order added. */
	incidents(): readonly ExplainedIncident[];
	leftOut(): number;
};

/** More than a person reads; the lines of one incident may take 60 kB. */
const incidentLimit = 500;

export function createIncidentShelf(limit = incidentLimit): IncidentShelf {
	let kept: ExplainedIncident[] = [];
	let leftOut = 0;
	const sort = (): ExplainedIncident[] =>
		kept.toSorted((one, other) => weightOf(one.severity) - weightOf(other.severity));
	return {
		add(incidents) {
			kept.push(...incidents);
			if (kept.length < limit * 2) return;
			leftOut += kept.length - limit;
			kept = sort().slice(0, limit);
		},
		incidents: () => sort().slice(0, limit),
		leftOut: () => leftOut + Math.max(0, kept.length - limit),
	};
}

function weightOf(severity: IncidentSeverity): number {
	return incidentSeverities.indexOf(severity);
}
