/**
 * Takes all that programs and cables put before a kernel message off a line, in whatever order they did. What a message
 * itself looks like is never read as a prefix once it is known which program wrote it.
 */
import {stripVTControlCharacters} from 'node:util';
import {createLineDraft, takePattern, type LineDraft} from './line-draft.ts';
import {takeBracket, takeDecoded, takeRawPriority} from './take-dmesg.ts';
import {takeDate} from './take-date.ts';
import {takeKmsg} from './take-kmsg.ts';
import {takeKernelName, takeProgram, takeStructuredSyslog} from './take-syslog.ts';

/** More than anything real; nesting beyond is text. */
const prefixLimit = 10;

/** `** 12 printk messages dropped ** `, in older kernels with the next message on the same line. */
const dropped = /\*\* (\d{1,12}) printk messages dropped \*\* ?/y;
const repeated = /message repeated (\d{1,6}) times: \[ /y;
/** A getty's prompt, after which the console goes on. */
const prompt = /[\w.-]{1,64} login: /y;
/** `time="2026-11-20T13:04:33Z" level=error msg=`: a container engine that keeps a log file of its own. */
const engineLog = /^time="[^"]{10,40}" level=[a-z]{4,7} msg=/;

export function peelPrefixes(line: string, now: number): LineDraft {
	// dmesg colours its output when asked to, and so do terminals that are captured.
	const plain = line.includes('\u001B') ? stripVTControlCharacters(line) : line;
	const draft = createLineDraft(plain, now);
	if (takeKmsg(draft)) return draft;
	if (engineLog.test(plain)) {
		draft.identifier = 'dockerd';
		draft.format = 'engine-log';
		return draft;
	}
	for (let count = 0; count < prefixLimit; count++) {
		const start = draft.position;
		if (!takePrefix(draft) || draft.position === start) break;
	}
	return draft;
}

function takePrefix(draft: LineDraft): boolean {
	const isFromProgram = draft.identifier !== null && draft.identifier !== 'kernel';
	// Behind a message's origin only what the kernel itself prints may follow.
	if (isFromProgram || (draft.facility ?? 0) !== 0) return takeUserTime(draft);
	switch (draft.line[draft.position]) {
		case '<':
			return (draft.identifier === null && takeStructuredSyslog(draft)) || takeRawPriority(draft);
		case '[':
			return takeBracket(draft) || takeOrigin(draft);
		case '*':
			return takeDropped(draft);
		case ' ':
			return takeMargin(draft);
		default:
			return takeOrigin(draft) || takeRepeated(draft);
	}
}

/** `user  :warn  : [   12.3] systemd[1]: …`: the time is dmesg's own, all after it the program's. */
function takeUserTime(draft: LineDraft): boolean {
	const isTimed = draft.monotonicSeconds !== null || draft.at !== null;
	if (draft.identifier !== null || isTimed) return false;
	if (draft.line[draft.position] === '[') return takeBracket(draft);
	return takeDate(draft) !== null && (draft.format === 'dmesg-iso' || takeProgram(draft));
}

function takeOrigin(draft: LineDraft): boolean {
	if (draft.identifier !== null) return false;
	const date = takeDate(draft);
	if (date !== null) {
		if (date === 'log') takeProgram(draft);
		return true;
	}
	return (
		takeDecoded(draft) || (draft.facility === null && takeKernelName(draft)) || takePattern(draft, prompt) !== null
	);
}

function takeDropped(draft: LineDraft): boolean {
	const match = takePattern(draft, dropped);
	if (!match) return false;
	draft.lost += Number(match[1]);
	return true;
}

/** rsyslog folds copies: `kernel: message repeated 3 times: [ [  12.345678] message]`. */
function takeRepeated(draft: LineDraft): boolean {
	const match = draft.identifier === 'kernel' ? takePattern(draft, repeated) : null;
	if (match) draft.repeats = Number(match[1]);
	return match !== null;
}

/** Blanks before a prefix are a margin; before text they belong to it, as in a call trace. */
function takeMargin(draft: LineDraft): boolean {
	const start = draft.position;
	while (draft.line[draft.position] === ' ') draft.position += 1;
	const isPrefix = /[[<*]/.test(draft.line[draft.position] ?? '') && takePrefix(draft);
	if (!isPrefix) draft.position = start;
	return isPrefix;
}
