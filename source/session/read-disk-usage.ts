/**
 * Tells the fleet what keeps a host's disk when somebody asks. Each part is asked once at a time; who asks meanwhile gets
 * the same answer, and a failure says why there is none.
 */
import type {DiskUsageEvent} from '../fleet/fleet-event.ts';
import type {HostDiskUsagePart} from '../model/disk-usage.ts';
import type {Reading, ReadingFailure} from '../model/reading.ts';
import type {Clock} from '../support/clock.ts';
import type {HostDisk} from './read-host-disk.ts';
import {readingFailure} from './reading-failure.ts';

export type DiskUsageReader = {
	/** Resolves when each of these parts has its reading; never rejects. */
	read(parts: readonly HostDiskUsagePart[]): Promise<void>;
};

export type DiskUsageReaderOptions = {
	/** Null while the host is not connected; the signal ends with the connection. */
	readonly connected: () => {readonly disk: HostDisk; readonly signal: AbortSignal} | null;
	readonly clock: Clock;
	readonly emit: (event: DiskUsageEvent) => void;
};

const lost: ReadingFailure = {code: 'lost', message: 'the host is not connected'};

export function createDiskUsageReader({connected, clock, emit}: DiskUsageReaderOptions): DiskUsageReader {
	const inFlight = new Map<HostDiskUsagePart, Promise<void>>();

	const take = async (part: HostDiskUsagePart): Promise<Reading<unknown>> => {
		const connection = connected();
		if (connection === null) return {kind: 'failed', reason: lost, at: clock.now()};
		const {disk, signal} = connection;
		try {
			return await disk.read(part, signal);
		} catch (error) {
			const reason: ReadingFailure = signal.aborted
				? {code: 'lost', message: 'the connection to the host went before the answer came'}
				: readingFailure(error);
			return {kind: 'failed', reason, at: clock.now()};
		}
	};
	const ask = (part: HostDiskUsagePart): Promise<void> => {
		const asked = inFlight.get(part);
		if (asked !== undefined) return asked;
		const answer = take(part)
			.then((reading) => emit({kind: 'disk-usage', part, reading} as DiskUsageEvent))
			.finally(() => inFlight.delete(part));
		inFlight.set(part, answer);
		return answer;
	};

	return {
		async read(parts) {
			await Promise.all([...new Set(parts)].map(ask));
		},
	};
}
