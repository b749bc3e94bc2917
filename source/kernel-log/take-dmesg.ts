/** Takes off what `dmesg` of util-linux and busybox, pstore and the console itself put before a message. */
import {facilityOf, levelOf} from './priority-names.ts';
import {takePattern, takePriority, type LineDraft} from './line-draft.ts';
import {computedTimeMs, monthOf, resolveWallTime, type DateParts} from './wall-time.ts';

/** `[   12.345678] `, with `-d` `[   12.345678 <    0.000132>] `. */
const sinceBoot = /\[ {0,12}(\d{1,12}\.\d{1,9})(?: {0,30}<[ +]{0,12}[\d.]{1,16} {0,12}>)? {0,30}\] ?/y;
/** `[  T123] `, `[    C0]`: CONFIG_PRINTK_CALLER. */
const caller = /\[ {0,12}([TC]\d{1,10})\] ?/y;
/** `[Fri Nov 20 13:04:33 2026] `. */
const ctime =
	/\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})(?: {1,4}<[ +]{0,12}[\d.]{1,16}>)?\] ?/y;
/** `[Nov20 13:04] `: a new minute of `dmesg -H`. */
const newMinute = /\[([A-Z][a-z]{2}) ?(\d{1,2}) (\d\d):(\d\d)\] ?/y;
/** `[  +0.000132] `, and `[<    0.000132>] ` of `-d -t`. */
const sinceLast = /\[(?: {0,12}\+|< {0,12})(\d{1,12}\.\d{1,9})>?\] ?/y;
/** `kern  :warn  : `. */
const decoded = /([a-z]{2,8}\d?) {0,8}:([a-z]{3,7}) {0,8}: ?/y;
const rawPriority = /<(\d{1,4})>/y;

export function takeBracket(draft: LineDraft): boolean {
	return takeSinceBoot(draft) || takeCaller(draft) || takeCtime(draft) || takeRelative(draft);
}

function takeSinceBoot(draft: LineDraft): boolean {
	const match = takePattern(draft, sinceBoot);
	if (!match) return false;
	draft.monotonicSeconds ??= Number(match[1]);
	if (draft.format === 'plain') draft.format = 'dmesg';
	return true;
}

function takeCaller(draft: LineDraft): boolean {
	const match = takePattern(draft, caller);
	if (!match) return false;
	draft.caller ??= match[1] ?? null;
	return true;
}

function takeCtime(draft: LineDraft): boolean {
	const match = takePattern(draft, ctime);
	if (!match) return false;
	const [, month = '', day, hour, minute, second, year] = match;
	const parts = {month: monthOf(month), day: Number(day), hour: Number(hour), minute: Number(minute)};
	draft.format = 'dmesg-ctime';
	setTime(draft, {...parts, second: Number(second), year: Number(year), fraction: '', zone: null});
	return true;
}

function takeRelative(draft: LineDraft): boolean {
	const delta = takePattern(draft, sinceLast);
	if (delta) {
		draft.deltaSeconds = Number(delta[1]);
		draft.format = 'dmesg-relative';
		return true;
	}
	const match = takePattern(draft, newMinute);
	if (!match) return false;
	const [, month = '', day, hour, minute] = match;
	const parts = {month: monthOf(month), day: Number(day), hour: Number(hour), minute: Number(minute)};
	draft.format = 'dmesg-relative';
	setTime(draft, {...parts, second: 0, year: null, fraction: '', zone: null});
	return true;
}

function setTime(draft: LineDraft, parts: DateParts): void {
	const time = resolveWallTime(parts, draft.now);
	if (time === null) return;
	draft.at = time.at;
	draft.atUncertaintyMs = time.uncertaintyMs + computedTimeMs;
}

export function takeRawPriority(draft: LineDraft): boolean {
	const match = takePattern(draft, rawPriority);
	if (!match) return false;
	takePriority(draft, Number(match[1]));
	if (draft.format === 'plain' || draft.format === 'dmesg') draft.format = 'dmesg-raw';
	return true;
}

/** Only known names make a prefix: `usb :foo : ` may be the message's own. */
export function takeDecoded(draft: LineDraft): boolean {
	const start = draft.position;
	const match = takePattern(draft, decoded);
	if (!match) return false;
	const facility = facilityOf(match[1] ?? '');
	const level = levelOf(match[2] ?? '');
	if (facility === null || level === null) {
		draft.position = start;
		return false;
	}
	takePriority(draft, facility * 8 + level);
	draft.format = 'dmesg-decoded';
	return true;
}
