/** How old a reading may be before it no longer speaks for the host. */
import {valueOf} from '../model/reading.ts';
import type {HostReadings, ReadingName} from '../model/readings.ts';

/**
 * Milliseconds; null for what is read once per connection and holds as long as that (identity, the way to the kernel
 * log, earlier boots) and for what no judgement rests on (images). Each limit is several times the pace of its collector.
 */
export const readingAgeLimitsMs: Readonly<Record<ReadingName, number | null>> = {
	identity: null,
	vitals: 60_000,
	filesystems: 180_000,
	engine: 90 * 60_000,
	containers: 10 * 60_000,
	images: null,
	kernelLog: null,
	kernelCounters: 10 * 60_000,
	boots: null,
};

export function isTooOld(name: ReadingName, readings: HostReadings, now: number): boolean {
	const limitMs = readingAgeLimitsMs[name];
	const reading = readings[name];
	return reading.kind === 'ok' && limitMs !== null && now - reading.at > limitMs;
}

type ValueOf<Name extends ReadingName> = Extract<HostReadings[Name], {kind: 'ok'}>['value'];

/** The value of a reading that succeeded and is young enough to judge by; null otherwise. */
export function freshValue<Name extends ReadingName>(
	name: Name,
	{readings, now}: {readonly readings: HostReadings; readonly now: number},
): ValueOf<Name> | null {
	return isTooOld(name, readings, now) ? null : (valueOf<unknown>(readings[name]) as ValueOf<Name> | null);
}
