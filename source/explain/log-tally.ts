/** Counts what was read: how many lines of whom, in which forms, and what their dates leave out. */
import {kernelLogFormatWords, type KernelLogFormat} from '../kernel-log/kernel-log-format.ts';
import type {LogEntry} from '../kernel-log/record-maker.ts';
import {yearUnknownMs, zoneUnknownMs} from '../kernel-log/wall-time.ts';
import type {Explanation} from './explanation.ts';

export type LogTally = {
	noteLine(): void;
	note(entry: LogEntry): void;
	noteUnreadable(lines: number): void;
	total(): Pick<Explanation, 'lines' | 'formats' | 'assumed'>;
};

export function createLogTally(): LogTally {
	const formats = new Map<KernelLogFormat, number>();
	const assumed = new Set<'year' | 'zone'>();
	let [read, kernel, programs, unreadable, lost] = [0, 0, 0, 0, 0];

	return {
		noteLine() {
			read += 1;
		},
		note({record, format}) {
			const {identifier, facility, atUncertaintyMs: off = 0} = record;
			const isProgram = (identifier !== undefined && identifier !== 'kernel') || (facility ?? 0) !== 0;
			if (isProgram) programs += 1;
			else kernel += 1;
			lost += record.lostBefore ?? 0;
			formats.set(format, (formats.get(format) ?? 0) + 1);
			if (off >= yearUnknownMs) assumed.add('year');
			if (off % yearUnknownMs >= zoneUnknownMs) assumed.add('zone');
		},
		noteUnreadable(lines) {
			unreadable += lines;
		},
		total: () => ({
			lines: {read, kernel, programs, unreadable, lost},
			formats: [...formats]
				.toSorted(([, one], [, other]) => other - one)
				.map(([format]) => kernelLogFormatWords[format]),
			assumed: [...assumed].toSorted(),
		}),
	};
}
