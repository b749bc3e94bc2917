/** What the disk tab asked of which host, and when. */
import type {HostDiskUsagePart} from '../model/disk-usage.ts';
import type {HostKey} from '../model/host.ts';
import {isConnected, rungs, type Ladder} from '../model/ladder.ts';
import type {Reading} from '../model/reading.ts';

/** When each part was last asked, milliseconds since the epoch. */
export type AskedAt = Readonly<Partial<Record<HostDiskUsagePart, number>>>;

export type DiskView = {readonly askedAt: ReadonlyMap<HostKey, AskedAt>};

export type DiskAction = {
	readonly kind: 'disk-asked';
	readonly hostKey: HostKey;
	readonly parts: readonly HostDiskUsagePart[];
	readonly at: number;
};

export const initialDiskView: DiskView = {askedAt: new Map()};

/** All that the tab shows; each is one request or one walk. */
export const diskTabParts: readonly HostDiskUsagePart[] = [
	'images',
	'containers',
	'volumes',
	'buildCache',
	'logFiles',
	'rootDirectories',
	'registries',
];

const walkedParts: readonly HostDiskUsagePart[] = ['logFiles', 'rootDirectories'];

export function reduceDisk(disk: DiskView, {hostKey, parts, at}: DiskAction): DiskView {
	const asked = Object.fromEntries(parts.map((part) => [part, at]));
	return {askedAt: new Map(disk.askedAt).set(hostKey, {...disk.askedAt.get(hostKey), ...asked})};
}

/** Those that the host can answer now: an engine that hangs is not asked more, its host's directories can be. */
export function selectAskableParts({reached, broken}: Ladder): readonly HostDiskUsagePart[] {
	if (broken === null) return reached === rungs.at(-1) ? diskTabParts : [];
	return isConnected({reached, broken}) ? walkedParts : [];
}

/** When the question that is still open was asked; null when the reading answers the last one, or none was asked. */
export function openSince(reading: Reading<unknown>, askedAt: number | undefined): number | null {
	if (askedAt === undefined) return null;
	return reading.kind === 'pending' || reading.at < askedAt ? askedAt : null;
}
