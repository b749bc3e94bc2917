/** Turns the dates of logs into wall clock, and says how far off it may be where year or zone are missing. */

export type WallTime = {
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** How far off either way, milliseconds; 0 when the log leaves nothing open. */
	readonly uncertaintyMs: number;
};

export type DateParts = {
	/** Null where the log does not say. */
	readonly year: number | null;
	/** 0 to 11. */
	readonly month: number;
	readonly day: number;
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
	/** Digits after the point, none when there are none. */
	readonly fraction: string;
	/** `Z`, `+0100`, `+01:00`, `CET`; null where the log does not say. */
	readonly zone: string | null;
};

/** Zones reach from UTC-12 to UTC+14. */
export const zoneUnknownMs = 14 * 3_600_000;
export const yearUnknownMs = 366 * 86_400_000;
/** `dmesg` computes its dates from the time since boot, which stands still while a machine sleeps. */
export const computedTimeMs = 60_000;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 0 to 11; -1 for a word that is no English month, as the C locale prints it. */
export function monthOf(name: string): number {
	return months.indexOf(name);
}

/** Hours east of UTC of zone names whose meaning does not depend on the country. */
const zoneHours: Readonly<Record<string, number>> = {
	UTC: 0,
	GMT: 0,
	Z: 0,
	WET: 0,
	WEST: 1,
	CET: 1,
	CEST: 2,
	EET: 2,
	EEST: 3,
	MSK: 3,
	JST: 9,
	EST: -5,
	EDT: -4,
	CDT: -5,
	MST: -7,
	MDT: -6,
	PST: -8,
	PDT: -7,
};

/** Null when the parts are no date. A zone not given is taken as UTC, a year not given as the nearest past one. */
export function resolveWallTime(parts: DateParts, now: number): WallTime | null {
	const {month, day, hour, minute, second, fraction, zone} = parts;
	if (month < 0 || month > 11 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return null;
	const milliseconds = fraction === '' ? 0 : Number(`0.${fraction}`) * 1000;
	const offsetMs = zone === null ? null : parseZone(zone);
	const year = parts.year ?? nearestPastYear(parts, now + zoneUnknownMs);
	const at = Date.UTC(year, month, day, hour, minute, second) + milliseconds - (offsetMs ?? 0);
	const uncertaintyMs = (offsetMs === null ? zoneUnknownMs : 0) + (parts.year === null ? yearUnknownMs : 0);
	return {at, uncertaintyMs};
}

/** Milliseconds east of UTC; null for a name that several countries use or nobody knows. */
function parseZone(zone: string): number | null {
	const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
	if (!match) {
		const hours = zoneHours[zone];
		return hours === undefined ? null : hours * 3_600_000;
	}
	const offset = (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000;
	return match[1] === '-' ? -offset : offset;
}

function nearestPastYear({month, day, hour, minute}: DateParts, latest: number): number {
	const year = new Date(latest).getUTCFullYear();
	if (month === 1 && day === 29) {
		for (let candidate = year; candidate > year - 8; candidate--) {
			const at = Date.UTC(candidate, month, day, hour, minute);
			if (new Date(at).getUTCDate() === 29 && at <= latest) return candidate;
		}
	}
	return Date.UTC(year, month, day, hour, minute) <= latest ? year : year - 1;
}
