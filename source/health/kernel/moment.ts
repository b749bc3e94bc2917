/** When a line was logged, on whatever clock its source has; clocks are never mixed. */
import type {KernelRecord} from '../../model/kernel-log.ts';

export type Moment = {
	/** Position in the log, lines. */
	readonly line: number;
	readonly monotonicSeconds: number | null;
	/** Milliseconds since the epoch. */
	readonly at: number | null;
};

export function momentOf(record: KernelRecord, line: number): Moment {
	return {line, monotonicSeconds: record.monotonicSeconds, at: record.at};
}

/** Seconds from `earlier` to `later`; null when no clock has both. */
export function secondsBetween(earlier: Moment, later: Moment): number | null {
	if (earlier.monotonicSeconds !== null && later.monotonicSeconds !== null) {
		return later.monotonicSeconds - earlier.monotonicSeconds;
	}
	return earlier.at === null || later.at === null ? null : (later.at - earlier.at) / 1000;
}

/** Processors print into one log, so that neighbours may stand a little out of order. */
const disorderSeconds = 5;

/** Without a common clock `maxLines` decides. */
export function isWithin(earlier: Moment, later: Moment, seconds: number, maxLines = 80): boolean {
	const elapsed = secondsBetween(earlier, later);
	if (elapsed === null) return later.line - earlier.line <= maxLines;
	return elapsed >= -disorderSeconds && elapsed <= seconds;
}

/** `40 s`, `2 minutes`, `3 hours`: a span a person reads, rounded up. */
export function formatSpan(seconds: number): string {
	if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
	if (seconds < 5400) return plural(Math.ceil(seconds / 60 - 0.05), 'minute');
	return plural(Math.round(seconds / 3600), 'hour');
}

function plural(count: number, unit: string): string {
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
