/**
 * Reads `last -Fxw reboot shutdown runlevel` of util-linux, `wtmpdb last` and busybox. Only what was recorded counts: the
 * end that util-linux prints for a boot that crashed is that of a later one (login-utils/last.c), so ends are taken from
 * the records of shutdowns.
 */
import type {WtmpBoot} from '../../model/boots.ts';
import {sanitiseLine} from '../../support/sanitise.ts';

type WtmpLine = {
	readonly kind: 'boot' | 'stop';
	readonly startedAt: number;
	readonly endedAt: number | null;
	readonly word: 'running' | 'crash' | 'down' | null;
	readonly release: string | null;
};

/** `now`, milliseconds since the epoch, dates lines that name no year. Newest first; times are UTC. */
export function parseWtmp(text: string, now: number): readonly WtmpBoot[] {
	const lines = text.split('\n', 200).flatMap((line) => parseLine(line, now));
	const boots = lines.filter(({kind}) => kind === 'boot').sort((a, b) => b.startedAt - a.startedAt);
	const stops = lines.filter(({kind}) => kind === 'stop').map(({startedAt}) => startedAt);
	return boots.map((boot, index) => {
		const next = index === 0 ? Infinity : (boots[index - 1]?.startedAt ?? Infinity);
		// A start and a stop within the same second belong to the boot before.
		const stop = stops.filter((at) => at > boot.startedAt && at <= next).sort((a, b) => a - b)[0];
		return {
			startedAt: boot.startedAt,
			...endOf(boot, {stop: stop ?? null, isNewest: index === 0, recordsStops: stops.length > 0}),
			kernelRelease: boot.release,
		};
	});
}

function endOf(
	{word, endedAt}: WtmpLine,
	{
		stop,
		isNewest,
		recordsStops,
	}: {readonly stop: number | null; readonly isNewest: boolean; readonly recordsStops: boolean},
): Pick<WtmpBoot, 'endedAt' | 'ending'> {
	if (isNewest) return {endedAt: null, ending: 'running'};
	if (stop !== null) return {endedAt: stop, ending: 'down'};
	if (word === 'crash') return {endedAt: null, ending: 'crash'};
	if (word === 'down') return {endedAt, ending: 'down'};
	// wtmpdb records no shutdowns but writes the end into the boot's own entry.
	if (!recordsStops && endedAt !== null) return {endedAt, ending: 'down'};
	return {endedAt: null, ending: 'crash'};
}

function parseLine(line: string, now: number): readonly WtmpLine[] {
	const [name = ''] = line.split(/\s/, 1);
	const isStop = name === 'shutdown' || (name === 'runlevel' && /\(to lvl [06]/.test(line));
	if (name !== 'reboot' && !isStop) return [];
	const times = findTimes(line, now);
	const first = times[0];
	if (first === undefined) return [];
	const rest = line.slice(first.end);
	const words = /^reboot\s+(?:system boot|~)\s+(\S{1,100})\s/.exec(line.slice(0, first.start));
	return [
		{
			kind: isStop ? 'stop' : 'boot',
			startedAt: first.at,
			endedAt: times[1]?.at ?? null,
			word: wordOf(rest),
			release: words?.[1] === undefined ? null : sanitiseLine(words[1], 100),
		},
	];
}

function wordOf(rest: string): WtmpLine['word'] {
	if (rest.includes('still running')) return 'running';
	if (rest.includes('crash')) return 'crash';
	return /- down\b/.test(rest) ? 'down' : null;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const datePattern =
	/(?:[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d)(?::(\d\d))?(?: (\d{4})\b)?|(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d))/g;

function findTimes(line: string, now: number): readonly {at: number; start: number; end: number}[] {
	return [...line.matchAll(datePattern)].flatMap((match) => {
		const at = match[7] === undefined ? timeOf(match.slice(1, 7), now) : isoTimeOf(match.slice(7, 13));
		return at === null ? [] : [{at, start: match.index, end: match.index + match[0].length}];
	});
}

function timeOf(
	[month = '', day, hours, minutes, seconds = '0', year]: readonly (string | undefined)[],
	now: number,
): number | null {
	const monthIndex = months.indexOf(month);
	if (monthIndex === -1) return null;
	const inYear = (one: number): number =>
		Date.UTC(one, monthIndex, Number(day), Number(hours), Number(minutes), Number(seconds));
	if (year !== undefined) return inYear(Number(year));
	const thisYear = new Date(now).getUTCFullYear();
	return inYear(thisYear) > now + 86_400_000 ? inYear(thisYear - 1) : inYear(thisYear);
}

function isoTimeOf(parts: readonly (string | undefined)[]): number | null {
	const [year, month, day, hours, minutes, seconds] = parts.map(Number);
	const at = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hours, minutes, seconds);
	return Number.isNaN(at) ? null : at;
}
