/** Scrolling and searching the kernel log, held at a record rather than at a line number: new lines do not move it. */
import {createIncidentFinder} from '../fleet/select-incident-of-record.ts';
import {selectOpenBoot, type OpenBoot} from '../fleet/select-open-boot.ts';
import type {KernelIncident} from '../model/kernel-incident.ts';
import type {KernelRecord} from '../model/kernel-log.ts';
import {
	bottomIndex,
	createRowCounter,
	indexOfRecord,
	isTrouble,
	selectKernelLayout,
} from '../view-state/kernel-layout.ts';
import type {CommandContext} from './command.ts';

/** Lines of others that may stand within an incident's own without making it two. */
const interruptionLines = 3;

/** The boot in the open kernel tab; null where no host is open. */
export function openBootOf({view, fleet}: Pick<CommandContext, 'view' | 'fleet'>): OpenBoot | null {
	const host = view.route.kind === 'host' ? fleet.hosts.get(view.route.hostKey) : undefined;
	return host === undefined ? null : selectOpenBoot(host, view.kernel.bootKey);
}

/** Scrolls by lines, down when positive; at the newest record the log follows again. */
export function scrollKernelLog(context: CommandContext, byLines: number): void {
	const {records, incidents} = openBootOf(context) ?? nothing;
	const {view} = context;
	const last = records.length - 1;
	const bottom = bottomIndex(records, view.kernel.anchor);
	const {logRows} = selectKernelLayout(view.size, incidents);
	const highest = fill(records, 0, logRows, createRowCounter(view));
	const next = Math.max(Math.min(last, highest), Math.min(last, bottom + byLines));
	context.dispatch({kind: 'kernel-log-held', anchor: next >= last ? null : (records[next] ?? null)});
}

/** Shows the next record that contains the search, older ones for direction -1; starts over at the other end. */
export function findInKernelLog(context: CommandContext, direction: 1 | -1, startAtNewest: boolean): void {
	const {search} = context.view.kernel;
	const {records} = openBootOf(context) ?? nothing;
	const wanted = search.toLowerCase();
	const hits = records.flatMap((record, index) => (record.text.toLowerCase().includes(wanted) ? [index] : []));
	const next = nextStop(hits, startAtNewest ? records.length : placeOf(context, records), direction);
	if (next === undefined) notice(context, `no line contains "${search}"`);
	else jumpTo(context, next);
}

/** Shows the next place where trouble begins or comes back, and chooses that incident. */
export function findIncidentLine(context: CommandContext, direction: 1 | -1): void {
	const {records, incidents} = openBootOf(context) ?? nothing;
	const owners = records.map(createIncidentFinder(incidents));
	const stops = owners.flatMap((owner, index) =>
		owner !== null && isTrouble(owner) && !owners.slice(Math.max(0, index - interruptionLines), index).includes(owner)
			? [index]
			: [],
	);
	const next = nextStop(stops, placeOf(context, records), direction);
	if (next === undefined) notice(context, 'the lines of the incidents are not among those kept; Enter shows them');
	else jumpTo(context, next, owners[next]?.key);
}

/** Chooses the incident below (1) or above (-1) the chosen one, and shows its first line where it is still kept. */
export function chooseIncident(context: CommandContext, direction: 1 | -1): void {
	const {records, incidents} = openBootOf(context) ?? nothing;
	const chosen = chosenIncident(context);
	const from = chosen === null ? -1 : incidents.indexOf(chosen);
	const next = incidents[Math.max(0, Math.min(incidents.length - 1, from + direction))];
	if (next === undefined) return;
	const findIncident = createIncidentFinder(incidents);
	const place = records.findIndex((record) => findIncident(record) === next);
	const {anchor, cursor} = context.view.kernel;
	if (place >= 0) jumpTo(context, place, next.key);
	else {
		context.dispatch({kind: 'kernel-log-jumped', anchor, cursor, incidentKey: next.key});
		notice(context, 'its lines are not among those kept; Enter shows it');
	}
}

/** The incident under the cursor of the list: the chosen one, or the worst. */
export function chosenIncident(context: Pick<CommandContext, 'view' | 'fleet'>): KernelIncident | null {
	const {incidents} = openBootOf(context) ?? nothing;
	return incidents.find(({key}) => key === context.view.kernel.incidentKey) ?? incidents[0] ?? null;
}

const nothing: OpenBoot = {boot: null, records: [], incidents: []};

/** The line jumped to, or just below the window: so that the newest line is found first. */
function placeOf({view}: CommandContext, records: readonly KernelRecord[]): number {
	const {cursor, anchor} = view.kernel;
	const place = cursor === null ? -1 : indexOfRecord(records, cursor);
	return place >= 0 ? place : bottomIndex(records, anchor) + 1;
}

function nextStop(stops: readonly number[], from: number, direction: 1 | -1): number | undefined {
	return direction === -1
		? (stops.findLast((index) => index < from) ?? stops.at(-1))
		: (stops.find((index) => index > from) ?? stops[0]);
}

/** With some lines above it, and as much below it as fits: what follows a line explains it. */
function jumpTo(context: CommandContext, index: number, incidentKey?: string): void {
	const {records, incidents} = openBootOf(context) ?? nothing;
	const {logRows} = selectKernelLayout(context.view.size, incidents);
	const below = fill(records, index, Math.ceil(logRows * 0.7), createRowCounter(context.view));
	const isNewest = below >= records.length - 1;
	context.dispatch({
		kind: 'kernel-log-jumped',
		anchor: (isNewest ? records.at(-1) : records[below]) ?? null,
		cursor: records[index] ?? null,
		...(incidentKey === undefined ? {} : {incidentKey}),
	});
}

/** The last record of as many as fit into `rows` lines, from `index` on. */
function fill(
	records: readonly KernelRecord[],
	index: number,
	rows: number,
	rowsOf: (record: KernelRecord) => number,
): number {
	let left = rows;
	let last = index;
	for (let at = index; at < records.length; at++) {
		const record = records[at];
		left -= record === undefined ? 0 : rowsOf(record);
		if (left < 0) break;
		last = at;
	}
	return last;
}

function notice({dispatch, now}: CommandContext, text: string): void {
	dispatch({kind: 'noticed', text, at: now});
}
