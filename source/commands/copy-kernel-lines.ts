/** Hands raw lines of the kernel log to the terminal's clipboard, and says what was done, which nobody can check. */
import {clipboardLimitBytes} from '../support/format-clipboard-sequence.ts';
import {formatPlural} from '../support/format.ts';
import type {KernelRecord} from '../model/kernel-log.ts';
import {bottomIndex, createRowCounter, selectKernelLayout, selectKernelWindow} from '../view-state/kernel-layout.ts';
import type {CommandContext} from './command.ts';
import {chosenIncident, openBootOf} from './scroll-kernel-log.ts';

export type CopySubject = 'incident' | 'screen';

/** Lines as `dmesg` prints them, and what they are, in words. */
export function selectCopy(
	context: Pick<CommandContext, 'view' | 'fleet'>,
	subject: CopySubject,
): {readonly lines: readonly string[]; readonly words: string} {
	const incident = chosenIncident(context);
	if (subject === 'incident' && incident !== null) return {lines: incident.lines, words: 'of the incident'};
	const open = openBootOf(context);
	if (open === null) return {lines: [], words: ''};
	const {view} = context;
	const {logRows} = selectKernelLayout(view.size, open.incidents);
	const bottom = bottomIndex(open.records, view.kernel.anchor);
	const {first, last} = selectKernelWindow(open.records, bottom, logRows, createRowCounter(view));
	return {lines: open.records.slice(first, last + 1).flatMap(formatRecord), words: 'on the screen'};
}

export function copyKernelLines(context: CommandContext, subject: CopySubject): void {
	const {lines, words} = selectCopy(context, subject);
	const fitting = firstThatFit(lines);
	context.copy(fitting.map((line) => `${line}\n`).join(''));
	const cut = fitting.length < lines.length ? `the first ${fitting.length} of ` : '';
	const text = `${cut}${formatPlural(lines.length, 'line')} ${words} copied (OSC 52; your terminal must allow it)`;
	context.dispatch({kind: 'noticed', text, at: context.now});
}

/** With the kernel's own words for lines it had to leave out (kernel/printk/printk.c). */
function formatRecord({monotonicSeconds, text, lostBefore}: KernelRecord): readonly string[] {
	const lost = lostBefore === undefined ? [] : [`** ${lostBefore} printk messages dropped **`];
	return [...lost, monotonicSeconds === null ? text : `[${monotonicSeconds.toFixed(6).padStart(12)}] ${text}`];
}

function firstThatFit(lines: readonly string[]): readonly string[] {
	let left = clipboardLimitBytes;
	const tooMany = lines.findIndex((line) => (left -= Buffer.byteLength(line) + 1) < 0);
	return tooMany < 0 ? lines : lines.slice(0, tooMany);
}
