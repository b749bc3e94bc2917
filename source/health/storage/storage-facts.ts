/** What is known of a host's storage, gathered from its readings. Null is unknown throughout: never zero, never false. */
import {valueOf} from '../../model/reading.ts';
import type {EngineInfo, Filesystem} from '../../model/readings.ts';
import {freshValue} from '../fresh-value.ts';
import type {HealthInput} from '../health-input.ts';
import {parseVersion, type Version} from '../parse-version.ts';
import {statusOf} from './driver-status.ts';
import {parseKernelRelease, type KernelRelease} from './kernel-release.ts';
import {parseThinPool, parseZpool, type ThinPool, type Zpool} from './pool-facts.ts';

/** What the kernel log says, with whose code failed. */
export type StorageIncident = {
	readonly key: string;
	readonly via: string;
	readonly title: string;
	readonly severity: 'panic' | 'critical' | 'warning' | 'info';
};

export type StorageFacts = {
	/** As the engine prints it, e.g. `overlay2`; a snapshotter's name with the containerd image store. */
	readonly driver: string;
	/** `containerd`: the containerd image store, to which Docker's rules about graph drivers do not apply. */
	readonly store: 'graph-driver' | 'containerd';
	readonly engine: {readonly text: string; readonly version: Version | null};
	readonly kernel: KernelRelease | null;
	readonly os: {readonly id: string; readonly versionId: string | null} | null;
	/** The file system below the driver in the engine's words (`extfs`, `xfs`), else as mounted (`ext4`). */
	readonly backingFilesystem: string | null;
	/** Null for engines before 1.13, which do not say. */
	readonly supportsDType: boolean | null;
	readonly nativeDiff: boolean | null;
	/** `1` or `2`; null for engines before 20.10. */
	readonly cgroupVersion: string | null;
	readonly warnings: readonly string[];
	readonly engineRoot: Filesystem | null;
	readonly containerdRoot: Filesystem | null;
	/** Null unless the driver is devicemapper, and while what the engine said of it is too old. */
	readonly thinPool: ThinPool | null;
	/** Null unless the driver is zfs, and while what the engine said of it is too old. */
	readonly zpool: Zpool | null;
	/** The engine accepts connections and does not answer. */
	readonly engineHangs: boolean;
	readonly incidents: readonly StorageIncident[];
	/** Directories of layers below the engine's root. */
	readonly layerDirectories: number | null;
	/** Layers the engine knows: of images, containers and the build cache. */
	readonly layersKnown: number | null;
};

/** What is not part of the readings. */
export type FurtherStorageFacts = Partial<Pick<StorageFacts, 'incidents' | 'layerDirectories' | 'layersKnown'>>;

/** Null while no Docker engine has described itself: other engines have drivers, and troubles, of their own. */
export function gatherStorageFacts(
	input: Pick<HealthInput, 'readings' | 'now' | 'ladder'>,
	{incidents = [], layerDirectories = null, layersKnown = null}: FurtherStorageFacts = {},
): StorageFacts | null {
	const engine = valueOf(input.readings.engine);
	if (engine === null || engine.product !== 'docker') return null;
	const identity = valueOf(input.readings.identity);
	const filesystems = freshValue('filesystems', input) ?? [];
	const engineRoot = findRoot(filesystems, 'engine-root');
	return {
		driver: engine.driver,
		store: isSnapshotter(engine) ? 'containerd' : 'graph-driver',
		engine: {text: engine.version, version: parseVersion(engine.version)},
		kernel: identity === null ? null : parseKernelRelease(identity.kernel.release, identity.os.id),
		os: identity === null ? null : {id: identity.os.id, versionId: identity.os.versionId},
		backingFilesystem: backingOf(engine, engineRoot),
		supportsDType: parseFlag(statusOf(engine, 'Supports d_type')),
		nativeDiff: parseFlag(statusOf(engine, 'Native Overlay Diff')),
		cgroupVersion: engine.cgroupVersion,
		warnings: engine.warnings,
		engineRoot,
		containerdRoot: findRoot(filesystems, 'containerd-root'),
		...gatherPools(freshValue('engine', input)),
		engineHangs: isHung(input),
		incidents,
		layerDirectories,
		layersKnown,
	};
}

function findRoot(filesystems: readonly Filesystem[], role: Filesystem['roles'][number]): Filesystem | null {
	return filesystems.find(({roles}) => roles.includes(role)) ?? null;
}

/** A pool fills while nobody looks, so that only a young reading speaks for it. */
function gatherPools(engine: EngineInfo | null): Pick<StorageFacts, 'thinPool' | 'zpool'> {
	const driver = engine === null || isSnapshotter(engine) ? null : engine.driver;
	return {
		thinPool: engine !== null && driver === 'devicemapper' ? parseThinPool(engine) : null,
		zpool: engine !== null && driver === 'zfs' ? parseZpool(engine) : null,
	};
}

function isHung({ladder}: Pick<HealthInput, 'ladder'>): boolean {
	return ladder.broken?.code === 'engine-hung' || ladder.broken?.code === 'containerd-hung';
}

/** With the containerd image store the driver's name is a snapshotter's. */
function isSnapshotter({driverStatus}: EngineInfo): boolean {
	return driverStatus.some(([key, value]) => key === 'driver-type' && value.startsWith('io.containerd.snapshotter'));
}

/** For devicemapper the engine names the file system of its own devices there, not the one below. */
function backingOf(engine: EngineInfo, root: Filesystem | null): string | null {
	const told = engine.driver === 'devicemapper' ? null : statusOf(engine, 'Backing Filesystem');
	const mounted = root === null || root.type === 'unknown' ? null : root.type;
	return told === null || told.includes('unknown') || told === 'unsupported' ? mounted : told;
}

function parseFlag(text: string | null): boolean | null {
	if (text === 'true') return true;
	return text === 'false' ? false : null;
}
