/** Takes off host and program of a line of syslog, of `journalctl`'s text forms, and whole heads of RFC 5424. */
import {sanitiseLine} from '../support/sanitise.ts';
import {takePattern, takePriority, type LineDraft} from './line-draft.ts';
import {facilityOf, levelOf} from './priority-names.ts';
import {takeDate} from './take-date.ts';

/** `web-1 dockerd[1290]: `, busybox: `web-1 kern.warn kernel: `, OpenWrt: `kern.warn kernel: `. */
const program =
	/(?:([^\s[\]]{0,254}[^\s[\]:]) )?(?:([a-z]{2,8}\d?)\.([a-z]{3,7}) )?([^\s:[\]]{1,128})(?:\[(\d{1,10})\])?: ?/y;
const priorityWord = /^([a-z]{2,8}\d?)\.([a-z]{3,7})$/;
const version = /<(\d{1,3})>1 /y;
const word = /(\S{1,512}) /y;
const structuredData = /(?:-|(?:\[[^\]]{0,2000}\]){1,20})(?: |$)/y;
const kernelOnly = /([^\s:[\]]{1,255}) kernel: ?/y;
const bareKernel = /kernel: ?/y;
const relayHost = /[^\s:[\]]{1,255} /y;

export function takeProgram(draft: LineDraft): boolean {
	const start = draft.position;
	const match = takePattern(draft, program);
	if (!match) return skipRelay(draft);
	const [, first, secondFacility, secondLevel, name = ''] = match;
	// OpenWrt names no host, so that the priority stands in its place.
	const swapped = secondFacility === undefined ? priorityWord.exec(first ?? '') : null;
	const host = swapped ? undefined : first;
	const facility = facilityOf(secondFacility ?? swapped?.[1] ?? '');
	const level = levelOf(secondLevel ?? swapped?.[2] ?? '');
	if (facility !== null && level !== null) takePriority(draft, facility * 8 + level);
	if (host === undefined && facility === null && name !== 'kernel') {
		draft.position = start;
		return skipRelay(draft);
	}
	if (host !== undefined) draft.host = sanitiseLine(host, 255);
	draft.identifier = sanitiseLine(name, 128);
	return true;
}

/** A log server may put its own date and host in front of the sender's. */
function skipRelay(draft: LineDraft): boolean {
	const start = draft.position;
	if (takePattern(draft, relayHost) && takeDate(draft) !== null) return takeProgram(draft);
	draft.position = start;
	return false;
}

/** `journalctl -o short-monotonic` has no date; only the kernel's own name is told from a message there. */
export function takeKernelName(draft: LineDraft): boolean {
	if (takePattern(draft, bareKernel)) {
		draft.identifier = 'kernel';
		return true;
	}
	const match = takePattern(draft, kernelOnly);
	if (!match) return false;
	draft.host = sanitiseLine(match[1] ?? '', 255);
	draft.identifier = 'kernel';
	draft.format = 'journal';
	return true;
}

/** `<134>1 2026-11-20T13:04:33.123456+01:00 web-1 kernel - - - message` (RFC 5424, section 6). */
export function takeStructuredSyslog(draft: LineDraft): boolean {
	const start = draft.position;
	const match = takePattern(draft, version);
	if (!match) return false;
	const isDated = takeDate(draft) !== null;
	if (!isDated && !takePattern(draft, word)) draft.position = start;
	const [host, name, process, id] = [word, word, word, word].map((each) => takePattern(draft, each)?.[1]);
	if (host === undefined || name === undefined || process === undefined || id === undefined) {
		draft.position = start;
		return false;
	}
	takePattern(draft, structuredData);
	if (draft.line.charCodeAt(draft.position) === 0xfeff) draft.position += 1;
	takePriority(draft, Number(match[1]));
	draft.host = host === '-' ? null : sanitiseLine(host, 255);
	draft.identifier = sanitiseLine(name, 128);
	draft.format = 'syslog-5424';
	return true;
}
