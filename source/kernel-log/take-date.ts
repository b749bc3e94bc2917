/** Takes off the dates that syslog programs, `journalctl`, `dmesg --time-format iso` and console loggers write. */
import {takePattern, type LineDraft} from './line-draft.ts';
import {computedTimeMs, monthOf, resolveWallTime} from './wall-time.ts';

/** `2026-11-20T13:04:33.123456+01:00 `; with a comma it is dmesg's. */
const iso = /\[?(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:([.,])(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?(?:\] ?| )/y;
/** `Fri 2026-11-20 13:04:33.123456 CET `: `journalctl -o short-full`. */
const full =
	/[A-Z][a-z]{2} (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))? ([A-Z]{1,5}|[+-]\d\d(?::?\d\d)?) /y;
/** `Nov 20 13:04:33 `, also with weekday, fraction, or the year on either side. */
const classic =
	/(?:[A-Z][a-z]{2} )?(?:(\d{4}) )?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: (\d{4}))?:? /y;
/** `1795186200.123456 `: `journalctl -o short-unix`. */
const unix = /(\d{9,10})\.(\d{6}) /y;

/** What kind of date stood there: after one of `dmesg` there is no host name. */
export type TakenDate = 'dmesg' | 'console' | 'log';

/** Null when there is no date where the draft stands. */
export function takeDate(draft: LineDraft): TakenDate | null {
	return takeIso(draft) ?? takeFull(draft) ?? takeClassic(draft) ?? takeUnix(draft);
}

function takeIso(draft: LineDraft): TakenDate | null {
	const isBracketed = draft.line[draft.position] === '[';
	const match = takePattern(draft, iso);
	if (!match) return null;
	const [, year, month, day, hour, minute, second, point, fraction = '', zone] = match;
	const isDmesg = point === ',';
	set(draft, [year, String(Number(month) - 1), day, hour, minute, second], fraction, zone ?? null);
	if (isDmesg) {
		draft.atUncertaintyMs = Math.max(draft.atUncertaintyMs, computedTimeMs);
		draft.format = 'dmesg-iso';
		return 'dmesg';
	}
	return isBracketed ? 'console' : 'log';
}

function takeFull(draft: LineDraft): TakenDate | null {
	const match = takePattern(draft, full);
	if (!match) return null;
	const [, year, month, day, hour, minute, second, fraction = '', zone = ''] = match;
	set(draft, [year, String(Number(month) - 1), day, hour, minute, second], fraction, zone);
	draft.format = 'journal';
	return 'log';
}

function takeClassic(draft: LineDraft): TakenDate | null {
	const start = draft.position;
	const match = takePattern(draft, classic);
	if (!match) return null;
	const [, yearFirst, monthName = '', day, yearMiddle, hour, minute, second, fraction = '', yearLast] = match;
	const month = monthOf(monthName);
	if (month === -1) {
		draft.position = start;
		return null;
	}
	set(draft, [yearFirst ?? yearMiddle ?? yearLast, String(month), day, hour, minute, second], fraction, null);
	return 'log';
}

function takeUnix(draft: LineDraft): TakenDate | null {
	const match = takePattern(draft, unix);
	if (!match) return null;
	draft.at = Number(match[1]) * 1000 + Number(match[2]) / 1000;
	draft.atUncertaintyMs = 0;
	draft.format = 'journal';
	return 'log';
}

type Numbers = readonly (string | undefined)[];

function set(draft: LineDraft, [year, ...others]: Numbers, fraction: string, zone: string | null): void {
	const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = others.map(Number);
	const parts = {year: year === undefined ? null : Number(year), month, day, hour, minute, second, fraction, zone};
	const time = resolveWallTime(parts, draft.now);
	if (time === null) return;
	// Of nested dates the innermost is nearest to the event: relays and console loggers put theirs in front.
	draft.at = time.at;
	draft.atUncertaintyMs = time.uncertaintyMs;
	if (draft.format === 'plain') draft.format = 'syslog';
}
