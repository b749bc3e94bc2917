/** When a kernel line was written and an incident was seen, as short as the day allows, in the person's time zone. */
import type {KernelIncident} from '../../model/kernel-incident.ts';
import type {KernelRecord} from '../../model/kernel-log.ts';
import {formatClock} from '../board/header-line.ts';
import type {Canvas} from '../line.ts';

type Timed = Pick<KernelRecord, 'at' | 'monotonicSeconds' | 'atUncertaintyMs'>;

export type TimeFormat = (record: Timed) => string;

/** Off by more than this, the seconds shown would claim too much. */
const exactMs = 1000;

/**
 * With the day on every line as soon as one of them is not of today: a boot is often long ago. A time that may be off
 * begins with `~`.
 */
export function createTimeFormat(drawn: readonly Timed[], {now}: Canvas): TimeFormat {
	const today = formatDay(now);
	const withDay = drawn.some(({at}) => at !== null && formatDay(at) !== today);
	const day = (at: number): string => (withDay ? `${formatDay(at)} ` : '');
	const withSign = drawn.some(isUncertain);
	return (record) => {
		const {at, monotonicSeconds} = record;
		const sign = withSign ? (isUncertain(record) ? '~' : ' ') : '';
		return sign + (at === null ? formatMonotonic(monotonicSeconds) : `${day(at)}${formatClock(at)}`);
	};
}

function isUncertain({at, atUncertaintyMs = 0}: Timed): boolean {
	return at !== null && atUncertaintyMs > exactMs;
}

/** `13:50–14:02`, `11-19 13:50–11-20 14:02`, `+12.0s`; empty where the log gives no time. */
export function formatIncidentTimes(incident: KernelIncident, {now}: Canvas): string {
	const {firstAt, lastAt, firstSeconds, lastSeconds} = incident;
	if (firstAt !== null) {
		const last = lastAt ?? firstAt;
		const firstDay = formatDay(firstAt);
		const lastDay = formatDay(last);
		const today = formatDay(now);
		const start = `${firstDay === today && lastDay === today ? '' : `${firstDay} `}${formatMinute(firstAt)}`;
		const end = `${firstDay === lastDay ? '' : `${lastDay} `}${formatMinute(last)}`;
		return formatMinute(firstAt) === formatMinute(last) && firstDay === lastDay ? start : `${start}–${end}`;
	}
	if (firstSeconds === null) return '';
	const start = `+${firstSeconds.toFixed(0)}s`;
	return lastSeconds === null || lastSeconds - firstSeconds < 1 ? start : `${start}–+${lastSeconds.toFixed(0)}s`;
}

/** `11-20`. */
function formatDay(at: number): string {
	const date = new Date(at);
	return `${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

function formatMinute(at: number): string {
	return formatClock(at).slice(0, 5);
}

function formatMonotonic(seconds: number | null): string {
	return seconds === null ? '        ' : `+${seconds.toFixed(1)}`.padStart(8);
}
