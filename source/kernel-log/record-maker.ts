/** Makes records of lines whose prefixes are off: gives each its time, its boot, and the losses before it. */
import type {KernelRecord} from '../model/kernel-log.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {createHostBoots} from './host-boots.ts';
import type {KernelLogFormat} from './kernel-log-format.ts';
import type {LineDraft} from './line-draft.ts';
import {createPriorityTrust} from './priority-trust.ts';
import {createTimekeeper} from './timekeeper.ts';
import {unescapeBytes} from './unescape-bytes.ts';

export type LogEntry = {
	readonly record: KernelRecord;
	/** The host's name in the log; null where it names none. */
	readonly host: string | null;
	/** Number of the boot in what was read of this host, 1 for the first. */
	readonly boot: number;
	readonly format: KernelLogFormat;
};

export type RecordMaker = {
	/** `bootId` null where the log does not name the boot. */
	make(draft: LineDraft, bootId: string | null): LogEntry;
	/** A marker says that another boot of the host last named begins. */
	beginBoot(bootId: string | null): void;
	/** What follows is a crash dump, as the kernel itself wrote it. */
	beginDump(): void;
	/** Records are known to be lost at this point. */
	lose(count: number): void;
};

const textLimit = 1000;
/** Prefixes and what is kept of the text stand well within; the rest of a longer line is not looked at. */
export const lineLimit = 8192;

export function createRecordMaker(bootedAtMs: number | null): RecordMaker {
	const timekeeper = createTimekeeper(bootedAtMs);
	const boots = createHostBoots();
	let host: string | null = null;
	let lost = 0;
	const priorities = createPriorityTrust();

	const takeLost = (draft: LineDraft): number => {
		const isKernel = draft.identifier === null || draft.identifier === 'kernel';
		const before = draft.lost + (isKernel ? lost : 0);
		if (isKernel) lost = 0;
		return before;
	};

	return {
		make(draft, bootId) {
			host = draft.host ?? host;
			const tracker = boots.of(host);
			if (bootId !== null) tracker.begin(bootId);
			const {monotonicSeconds} = draft;
			const {facility, format} = priorities.judge(draft);
			const text = sanitiseLine(unescapeBytes(messageOf(draft)), textLimit);
			const boot = tracker.note({text, monotonicSeconds, at: draft.at});
			const {at, uncertaintyMs} = timekeeper.resolve(draft, tracker);
			const lostBefore = takeLost(draft);
			const record: KernelRecord = {
				sequence: draft.sequence,
				facility,
				level: draft.level,
				at,
				monotonicSeconds,
				text,
				...(uncertaintyMs > 0 && {atUncertaintyMs: uncertaintyMs}),
				...(draft.identifier !== null && {identifier: draft.identifier}),
				...(draft.caller !== null && {caller: draft.caller}),
				...(lostBefore > 0 && {lostBefore}),
			};
			return {record, host, boot, format};
		},
		beginDump: () => priorities.beginDump(),
		beginBoot: (bootId) => boots.of(host).begin(bootId),
		lose(count) {
			lost += count;
		},
	};
}

function messageOf({line, position, repeats}: LineDraft): string {
	const end = repeats > 1 && line.endsWith(']') ? line.length - 1 : lineLimit;
	return line.slice(position, end);
}
