/** Which incident a line of the kernel log belongs to: incidents keep the text of their lines, not their places. */
import type {KernelIncident} from '../model/kernel-incident.ts';
import type {KernelRecord} from '../model/kernel-log.ts';
import {selectKernelMark} from './select-kernel-mark.ts';

/** A trace is printed within moments of the line that has the incident's time. */
const slackMs = 2000;

/** Tells the incident's lines from the rest of its log; for many records, make the test once. */
export function createIncidentTest(incident: KernelIncident): (record: KernelRecord) => boolean {
	const texts = new Set(incident.lines);
	return (record) => texts.has(record.text) && isWithin(record, incident);
}

/**
 * Finds the incident that has the line; for a marked line that none kept, one of its signature; null for an ordinary
 * line. For many records, make the finder once.
 */
export function createIncidentFinder(
	incidents: readonly KernelIncident[],
): (record: KernelRecord) => KernelIncident | null {
	const byText = Map.groupBy(
		incidents.flatMap((incident) => incident.lines.map((text) => ({text, incident}))),
		({text}) => text,
	);
	return (record) => {
		const owner = byText.get(record.text)?.find(({incident}) => isWithin(record, incident));
		return owner === undefined ? findKin(record, incidents) : owner.incident;
	};
}

function findKin(record: KernelRecord, incidents: readonly KernelIncident[]): KernelIncident | null {
	const mark = incidents.length === 0 ? null : selectKernelMark(record);
	if (mark === null) return null;
	const kin = incidents.filter(({id, also}) => id === mark.signatureId || also.includes(mark.signatureId));
	return kin.find((incident) => isWithin(record, incident)) ?? null;
}

/** The same words are printed again by other incidents at other times. */
function isWithin({monotonicSeconds, at}: KernelRecord, incident: KernelIncident): boolean {
	const {firstSeconds, lastSeconds, firstAt, lastAt} = incident;
	if (monotonicSeconds !== null && firstSeconds !== null && lastSeconds !== null) {
		const slack = slackMs / 1000;
		return monotonicSeconds >= firstSeconds - slack && monotonicSeconds <= lastSeconds + slack;
	}
	if (at !== null && firstAt !== null && lastAt !== null) return at >= firstAt - slackMs && at <= lastAt + slackMs;
	return true;
}
