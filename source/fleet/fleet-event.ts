/** Everything that can happen to the fleet, each event tagged with its host and time. */
import type {HostDiskUsage, HostDiskUsagePart} from '../model/disk-usage.ts';
import type {Host, HostKey} from '../model/host.ts';
import type {KernelRecord} from '../model/kernel-log.ts';
import type {Ladder} from '../model/ladder.ts';
import type {HostReadings} from '../model/readings.ts';

type ReadingChange = {
	[Name in keyof HostReadings]: {readonly name: Name; readonly reading: HostReadings[Name]};
}[keyof HostReadings];

/** One part of what keeps the host's disk was read, because somebody asked. */
export type DiskUsageEvent = {
	[Part in HostDiskUsagePart]: {
		readonly kind: 'disk-usage';
		readonly part: Part;
		readonly reading: HostDiskUsage[Part];
	};
}[HostDiskUsagePart];

export type HostEvent =
	| {readonly kind: 'host-added'; readonly host: Host}
	/** The host turned out to be another row's machine: its sources move there and its row goes. */
	| {readonly kind: 'host-merged'; readonly into: HostKey}
	| {readonly kind: 'attempt-started'}
	| {readonly kind: 'ladder-changed'; readonly ladder: Ladder}
	/** The connection is up; `transport` says in words how. */
	| {readonly kind: 'connected'; readonly transport: string; readonly address: string}
	/** Something, anything, was heard from the host. */
	| {readonly kind: 'heard'}
	| ({readonly kind: 'reading'} & ReadingChange)
	| DiskUsageEvent
	| {readonly kind: 'kernel-records'; readonly records: readonly KernelRecord[]}
	/** The log is read anew from its start (first connection, or a new boot): what was kept is dropped. */
	| {readonly kind: 'kernel-log-restarted'}
	/** Time passed without news: findings about age are assessed again. */
	| {readonly kind: 'clock-ticked'};

export type FleetEvent = HostEvent & {readonly hostKey: HostKey; readonly at: number};
