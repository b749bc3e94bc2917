/** Reads one line of a kernel log without a clock: `<4>[  12.345678] text` of pstore, `[  12.345678] text` of a dump. */
import type {KernelRecord} from '../../model/kernel-log.ts';
import {sanitiseLine} from '../../support/sanitise.ts';

const linePattern = /^(?:<(\d{1,4})>)?(?:\[ *(\d{1,12}\.\d{1,9})\])?(?:\[ *([TC]\d{1,9})\])? ?(.*)$/s;

/** Null for an empty line. Only the kernel writes these files, but a program's line in its log is in them too. */
export function parseDumpLine(line: string): KernelRecord | null {
	const match = linePattern.exec(line);
	if (!match || line.trim() === '') return null;
	const [, rawPriority, seconds, caller, text = ''] = match;
	const priority = rawPriority === undefined ? null : Number(rawPriority);
	return {
		sequence: null,
		facility: priority === null ? null : priority >> 3,
		level: priority === null ? null : priority & 7,
		at: null,
		monotonicSeconds: seconds === undefined ? null : Number(seconds),
		text: sanitiseLine(text, 1000),
		...(caller === undefined ? {} : {caller}),
	};
}
