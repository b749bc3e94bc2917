/**
 * Folds kernel lines into incidents: one per signature and subject, with count, times and first lines. The lines of one
 * event (an oops, its header, the panic after it) become one incident, titled by its cause.
 */
import type {KernelIncident, KernelRecord} from '../../model/kernel-log.ts';
import {findCulprit} from './find-culprit.ts';
import {matchKernelRecord, type SignatureMatch} from './match-kernel-record.ts';
import type {KernelSignature} from './first-cut-signature.ts';
import {signatureById} from './signatures.ts';

/** Incidents kept per host; beyond it the least severe go first, then the oldest. */
export const incidentLimit = 64;
const lineLimit = 5;

/** The lines of a crash report follow each other within this time; a slow serial console stretches it to seconds. */
const crashBlock = {blocks: ['crash'], withinSeconds: 10} as const;

/** `records` in the order of the log; returns the same array when none of them matters. */
export function foldKernelRecords(
	incidents: readonly KernelIncident[],
	records: readonly KernelRecord[],
): readonly KernelIncident[] {
	let folded = incidents;
	for (const record of records) folded = foldRecord(folded, record);
	return folded;
}

function foldRecord(incidents: readonly KernelIncident[], record: KernelRecord): readonly KernelIncident[] {
	const match = matchKernelRecord(record);
	if (match === null) return nameCulprit(incidents, record);
	const joined = match.subject === '' ? findBlock(incidents, match.signature.continues, record) : null;
	if (joined !== null) return replace(incidents, joined, joinBlock(joined, match, record));
	const same = incidents.find((one) => one.signatureId === match.signature.id && one.subject === match.subject);
	if (same !== undefined) return replace(incidents, same, repeatIncident(same, match, record));
	return bounded([...incidents, newIncident(match, record)]);
}

function newIncident({signature, subject, detail}: SignatureMatch, record: KernelRecord): KernelIncident {
	return {
		signatureId: signature.id,
		subject,
		title: titleOf(signature, detail),
		count: 1,
		firstAt: record.at,
		lastAt: record.at,
		lines: [record.text],
		unverifiedOrigin: record.facility === null,
	};
}

function repeatIncident(incident: KernelIncident, match: SignatureMatch, record: KernelRecord): KernelIncident {
	return {...addLine(incident, record), title: titleOf(match.signature, match.detail), count: incident.count + 1};
}

/** A further line of the same event: it adds evidence, not another occurrence. */
function joinBlock(incident: KernelIncident, {signature}: SignatureMatch, record: KernelRecord): KernelIncident {
	const grown = addLine(incident, record);
	if (signature.takesOver !== true || signature.id === incident.signatureId) return grown;
	const cause = signature.severity === 'critical' ? causeOf(incident.title) : '';
	return {...grown, signatureId: signature.id, title: titleOf(signature, cause)};
}

function addLine(incident: KernelIncident, record: KernelRecord): KernelIncident {
	return {
		...incident,
		lastAt: record.at ?? incident.lastAt,
		lines: incident.lines.length < lineLimit ? [...incident.lines, record.text] : incident.lines,
		unverifiedOrigin: incident.unverifiedOrigin && record.facility === null,
	};
}

/** `kernel oops: NULL pointer dereference` caused the panic as `NULL pointer dereference`. */
function causeOf(title: string): string {
	return title.replace(/^kernel oops: /, '');
}

function titleOf(signature: KernelSignature, detail: string): string {
	return detail === ''
		? signature.title.replace(/(?: at|:)? \{detail\}/, '')
		: signature.title.replace('{detail}', () => detail);
}

/** The line of a crash report that says where the kernel was adds that place to the crash's title. */
function nameCulprit(incidents: readonly KernelIncident[], record: KernelRecord): readonly KernelIncident[] {
	if (incidents.length === 0 || (record.facility !== null && record.facility !== 0)) return incidents;
	const culprit = findCulprit(record.text);
	if (culprit === null) return incidents;
	const crash = findBlock(incidents, crashBlock, record);
	if (crash === null || / in \S+(?: \[\w+\])?$/.test(crash.title)) return incidents;
	return replace(incidents, crash, {...addLine(crash, record), title: `${crash.title} in ${culprit}`});
}

/** The newest incident of the named blocks whose last line is at most the window before this one. */
function findBlock(
	incidents: readonly KernelIncident[],
	continues: KernelSignature['continues'],
	record: KernelRecord,
): KernelIncident | null {
	if (continues === undefined) return null;
	const {blocks, withinSeconds} = continues;
	const open = incidents.filter((incident) => {
		const block = signatureById(incident.signatureId)?.block;
		return block !== undefined && blocks.includes(block) && isClose(incident.lastAt, record.at, withinSeconds);
	});
	return open.reduce<KernelIncident | null>(
		(newest, one) => (newest === null || (one.lastAt ?? 0) >= (newest.lastAt ?? 0) ? one : newest),
		null,
	);
}

/** Lines without times are taken in their order, as one event. */
function isClose(lastAt: number | null, at: number | null, withinSeconds: number): boolean {
	return lastAt === null || at === null ? lastAt === at : Math.abs(at - lastAt) <= withinSeconds * 1000;
}

function replace(
	incidents: readonly KernelIncident[],
	old: KernelIncident,
	fresh: KernelIncident,
): readonly KernelIncident[] {
	return incidents.map((one) => (one === old ? fresh : one));
}

const severityOrder = {critical: 0, warning: 1, notice: 2} as const;

function bounded(incidents: readonly KernelIncident[]): readonly KernelIncident[] {
	if (incidents.length <= incidentLimit) return incidents;
	const rank = (one: KernelIncident): number => severityOrder[signatureById(one.signatureId)?.severity ?? 'notice'];
	const leaving = incidents.reduce((worst, one) => {
		const difference = rank(one) - rank(worst);
		return difference > 0 || (difference === 0 && (one.lastAt ?? 0) < (worst.lastAt ?? 0)) ? one : worst;
	});
	return incidents.filter((one) => one !== leaving);
}
