/** Names what is not known of a connected host: readings that failed, that are still awaited, and that grew too old. */
import type {Finding, FindingCategory} from '../model/finding.ts';
import type {FailedReading} from '../model/reading.ts';
import type {ReadingName} from '../model/readings.ts';
import {formatDuration} from '../support/format.ts';
import {adviseOnFailure} from './advise-on-failure.ts';
import {listCounters, nameRaised} from './describe-counters.ts';
import {freshValue, isTooOld} from './fresh-value.ts';
import {grantLogRights} from './grant-log-rights.ts';
import type {HealthInput} from './health-input.ts';

const words: Readonly<Record<ReadingName, string>> = {
	identity: 'identity',
	vitals: 'load and memory',
	filesystems: 'file systems',
	engine: 'engine',
	containers: 'containers',
	images: 'images',
	kernelLog: 'kernel log',
	kernelCounters: 'kernel counters',
	boots: 'earlier boots',
};

const categories: Readonly<Record<ReadingName, FindingCategory>> = {
	identity: 'reachability',
	vitals: 'memory',
	filesystems: 'disk',
	engine: 'engine',
	containers: 'container',
	images: 'disk',
	kernelLog: 'kernel',
	kernelCounters: 'kernel',
	boots: 'kernel',
};

/** Since the host's first answer: most hosts have told all they are judged by within this time. */
const slowMs = 3000;

const names = Object.keys(words) as readonly ReadingName[];
/** No judgement of the present rests on images and on earlier boots, and both may take long to read. */
const late: ReadonlySet<ReadingName> = new Set(['images', 'boots']);
const engineNames: ReadonlySet<ReadingName> = new Set(['engine', 'containers', 'images']);

/** The engine's own readings are left to its finding while its rung is broken, all others to that of a missing shell. */
export function assessReadings(input: HealthInput): readonly Finding[] {
	const {readings, ladder, now} = input;
	const judged = names.filter((name) =>
		engineNames.has(name) ? ladder.broken === null : ladder.withoutShell === undefined,
	);
	const failed = judged.flatMap((name) => {
		const reading = readings[name];
		return reading.kind === 'failed' ? [failedReading(name, reading, input)] : [];
	});
	const old = judged.flatMap((name) => (isTooOld(name, readings, now) ? [oldReading(name, input)] : []));
	const awaited = judged.filter((name) => !late.has(name) && readings[name].kind === 'pending');
	return [...failed, ...old, ...(awaited.length > 0 ? [awaitedReadings(awaited, input)] : [])];
}

function failedReading(name: ReadingName, failed: FailedReading, input: HealthInput): Finding {
	const {reason, at} = failed;
	if (name === 'kernelLog' && reason.code === 'not-permitted') return forbiddenLog(failed, input);
	return {
		id: 'reading-failed',
		severity: late.has(name) || isKernelWithoutLog(name, reason.code, input) ? 'notice' : 'unknown',
		category: categories[name],
		subject: words[name],
		summary: `${words[name]} not read: ${reason.message}`,
		evidence: [reason.message],
		since: at,
		count: 1,
		meaning: `The host’s ${words[name]} could not be read; that is not the same as all being well.`,
		advice: adviseOnFailure(name, reason),
	};
}

/** What the kernel counts for everybody is evidence of what went wrong, never of what did not. */
function forbiddenLog({reason, at}: FailedReading, input: HealthInput): Finding {
	const counters = freshValue('kernelCounters', input);
	const raised = counters === null ? [] : nameRaised(counters);
	const told = counters === null ? 'counters not read' : `counters only: ${raised.join(', ') || 'none raised'}`;
	return {
		id: 'kernel-log-forbidden',
		severity: 'unknown',
		category: 'kernel',
		subject: '',
		summary: `kernel log: not permitted, ${told}`,
		evidence: [...(counters === null ? [] : listCounters(counters)), reason.message],
		since: at,
		count: 1,
		meaning:
			'This account may not read the kernel log, so disk errors, lockups and what a crash was about would go unseen. The kernel’s counters tell of some of it, and are no clean bill.',
		advice: `Let the account read it: ${grantLogRights(input)}.`,
	};
}

/** Engines on macOS and the like run in a machine of their own; there is no Linux log to miss. */
function isKernelWithoutLog(name: ReadingName, code: string, {readings}: HealthInput): boolean {
	const {identity} = readings;
	return (
		name === 'kernelLog' && code === 'unsupported' && identity.kind === 'ok' && identity.value.kernel.name !== 'Linux'
	);
}

function oldReading(name: ReadingName, {readings, now}: HealthInput): Finding {
	const reading = readings[name];
	const at = reading.kind === 'ok' ? reading.at : now;
	return {
		id: 'reading-too-old',
		severity: 'unknown',
		category: categories[name],
		subject: words[name],
		summary: `${words[name]} not refreshed`,
		evidence: [`last read ${formatDuration(now - at)} ago`],
		since: at,
		count: 1,
		meaning: `What is shown of the host’s ${words[name]} is old, and no longer judged by.`,
		advice: 'Refresh the host; if it stays old, run `sickbay doctor HOST`.',
	};
}

/** Names what is slow only once it is: in the first moments everything is awaited. */
function awaitedReadings(awaited: readonly ReadingName[], {readings: {identity}, now}: HealthInput): Finding {
	const list = awaited.map((name) => words[name]).join(', ');
	const isSlow = identity.kind !== 'pending' && now - identity.at > slowMs;
	return {
		id: 'reading-awaited',
		severity: 'unknown',
		category: 'reachability',
		subject: '',
		summary: isSlow ? `slow to read: ${list}` : 'reading…',
		evidence: [`not read yet: ${list}`],
		since: null,
		count: 1,
		meaning: 'The host answers, but not all that it is judged by has been read yet.',
		advice: 'Wait: each of these ends with a value or with a reason.',
	};
}
