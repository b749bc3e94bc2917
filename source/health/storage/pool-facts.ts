/** What the devicemapper and zfs drivers tell of the pools under them, in bytes. */
import {statusOf, type DriverStatus} from './driver-status.ts';
import {parseByteCount, parseHumanSize} from './parse-human-size.ts';

/** Bytes; null unless both were printed and make sense. */
export type PoolSpace = {readonly usedBytes: number; readonly totalBytes: number};

export type ThinPool = {
	readonly name: string | null;
	readonly data: PoolSpace | null;
	readonly metadata: PoolSpace | null;
	readonly dataAvailableBytes: number | null;
	/** Below it the engine refuses to create containers (`dm.min_free_space`, 10 % unless set). */
	readonly minimumFreeBytes: number | null;
	/** The sparse file or loop device the data lies in; null on a volume of its own. */
	readonly loopFile: string | null;
	/** File system of the devices made from the pool. */
	readonly deviceFilesystem: string | null;
	readonly udevSync: string | null;
	readonly deferredRemoval: string | null;
	readonly deferredDeletedCount: number | null;
};

/** Keys of moby daemon/graphdriver/devmapper/driver.go; engines leave out what they do not know. */
export function parseThinPool(engine: DriverStatus): ThinPool {
	const said = (key: string): string | null => statusOf(engine, key);
	const dataFile = said('Data file');
	return {
		name: said('Pool Name'),
		data: parseSpace(said('Data Space Used'), said('Data Space Total')),
		metadata: parseSpace(said('Metadata Space Used'), said('Metadata Space Total')),
		dataAvailableBytes: parseHumanSize(said('Data Space Available')),
		minimumFreeBytes: parseHumanSize(said('Thin Pool Minimum Free Space')),
		loopFile: said('Data loop file') ?? (dataFile?.startsWith('/dev/loop') === true ? dataFile : null),
		deviceFilesystem: said('Backing Filesystem'),
		udevSync: said('Udev Sync Supported'),
		deferredRemoval: said('Deferred Removal Enabled'),
		deferredDeletedCount: parseByteCount(said('Deferred Deleted Device Count')),
	};
}

function parseSpace(used: string | null, total: string | null): PoolSpace | null {
	const usedBytes = parseHumanSize(used);
	const totalBytes = parseHumanSize(total);
	return usedBytes === null || totalBytes === null || totalBytes <= 0 ? null : {usedBytes, totalBytes};
}

export type Zpool = {
	readonly name: string | null;
	/** In ZFS's words, e.g. `ONLINE`; null where the engine could not find out. */
	readonly health: string | null;
	readonly parentDataset: string | null;
	/** Of the dataset and all below it. */
	readonly usedBytes: number | null;
	readonly availableBytes: number | null;
};

/** Keys of moby daemon/graphdriver/zfs/zfs.go, which prints `not available` when it cannot ask for the pool. */
export function parseZpool(engine: DriverStatus): Zpool {
	const said = (key: string): string | null => statusOf(engine, key);
	const health = said('Zpool Health');
	const name = said('Zpool');
	const isKnown = health !== null && health !== 'not available';
	return {
		name: isKnown ? name : null,
		health: isKnown ? health : null,
		parentDataset: said('Parent Dataset'),
		usedBytes: parseByteCount(said('Space Used By Parent')),
		availableBytes: parseByteCount(said('Space Available')),
	};
}
