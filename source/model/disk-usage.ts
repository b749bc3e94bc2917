/** What keeps the disk under an engine: every object with its size and its ages, as the engine and the host tell them. */
import {pending, type Reading} from './reading.ts';

export type ImageUse = {
	/** `sha256:…` */
	readonly id: string;
	/** `repository:tag`; empty for an image without a name. */
	readonly tags: readonly string[];
	/** `repository@sha256:…`; empty when no registry is known to hold it, so that it cannot be pulled again. */
	readonly digests: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
	/** When it was built, milliseconds since the epoch; null when it does not say (0 or absent in the image). */
	readonly builtAt: number | null;
	/** When a name was last put on it here (`Metadata.LastTagTime`); null when the engine does not keep it. */
	readonly taggedAt: number | null;
	/** All its layers, shared or not. */
	readonly sizeBytes: number;
	/** Part of `sizeBytes` that other images use too; null when the engine did not say (before API 1.25, or on demand). */
	readonly sharedBytes: number | null;
	/** The image it was built on, on engines with the classic builder; null when there is none. */
	readonly parentId: string | null;
};

/** The layers of an image, lowest first. `chainId` names a layer together with all below it: what is on disk once. */
export type ImageLayer = {readonly chainId: string; readonly sizeBytes: number};

export type ContainerUse = {
	readonly id: string;
	readonly name: string;
	readonly imageId: string;
	/** As written when it was created. */
	readonly image: string;
	readonly state: string;
	readonly createdAt: number;
	/** When it stopped, milliseconds since the epoch; null while it runs, never ran, or was not asked. */
	readonly finishedAt: number | null;
	/** Its writable layer; null when the engine did not say. */
	readonly writableBytes: number | null;
	readonly labels: Readonly<Record<string, string>>;
	/** Names of the volumes it mounts, running or not. */
	readonly volumes: readonly string[];
	/** `no`, `always`, `on-failure`, `unless-stopped`; absent or null when it was not asked. */
	readonly restartPolicy?: string | null;
};

export type VolumeUse = {
	readonly name: string;
	readonly driver: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly createdAt: number | null;
	/** Null when the engine did not measure it. */
	readonly bytes: number | null;
	/** Containers that mount it, running or not; null when the engine did not count. */
	readonly references: number | null;
	/** True for a name made up by the engine (64 hexadecimal digits, or its own label). */
	readonly isAnonymous: boolean;
};

export type BuildCacheUse = {
	readonly id: string;
	readonly kind: string;
	readonly description: string;
	readonly bytes: number;
	readonly createdAt: number | null;
	readonly lastUsedAt: number | null;
	readonly inUse: boolean;
	readonly isShared: boolean;
	readonly parentIds: readonly string[];
};

/** The log file of a container under the engine's root, with those it was rotated into. */
export type LogFileUse = {readonly containerId: string; readonly path: string; readonly bytes: number};

/** A directory directly under the engine's root, for the bytes that no engine accounts for. */
export type RootDirectoryUse = {
	readonly name: string;
	readonly path: string;
	/** On that file system only; null when it could not be measured within the time there was. */
	readonly bytes: number | null;
};

export type RootUse = {
	readonly path: string;
	/** All of it; null when it could not be measured within the time there was. */
	readonly bytes: number | null;
	/** Largest first, unmeasured ones last. */
	readonly directories: readonly RootDirectoryUse[];
	/**
	 * Layer directories of the storage driver, and how many of them no image, container or build refers to: an estimate,
	 * because a pull or build under way has some, too. Null for drivers that keep none, or when they could not be listed.
	 */
	readonly layerDirectories: {readonly present: number; readonly unreferenced: number} | null;
};

/** A registry that runs in a container, and where on the host it stores. */
export type MountedRegistry = {
	readonly containerId: string;
	readonly name: string;
	/** Absolute paths of the directories it stores in. With no volume either, it stores in its own writable layer. */
	readonly paths: readonly string[];
	/** Volumes it stores in, of which the engine did not say where they are. */
	readonly volumes: readonly string[];
};

/** What a registry that runs in a container has stored, outside its writable layer. */
export type RegistryUse = {
	readonly containerId: string;
	readonly name: string;
	/** On the host: a volume's or a bound directory; null when it stores in its own writable layer. */
	readonly path: string | null;
	/** Null when it could not be measured within the time there was. */
	readonly bytes: number | null;
};

/** Each part has its own time, because each is asked on its own: `pending` until somebody wants it. */
export type DiskUsage = {
	readonly images: Reading<readonly ImageUse[]>;
	readonly containers: Reading<readonly ContainerUse[]>;
	readonly volumes: Reading<readonly VolumeUse[]>;
	readonly buildCache: Reading<readonly BuildCacheUse[]>;
	readonly logFiles: Reading<readonly LogFileUse[]>;
};

export type DiskUsagePart = keyof DiskUsage;

/** What takes a walk through directories of the host, beside what is accounted for: asked only by who wants to know. */
export type DiskWalk = {
	readonly rootDirectories: Reading<RootUse>;
	readonly registries: Reading<readonly RegistryUse[]>;
};

export type HostDiskUsage = DiskUsage & DiskWalk;

export type HostDiskUsagePart = keyof HostDiskUsage;

export const unaskedDiskUsage: HostDiskUsage = {
	images: pending,
	containers: pending,
	volumes: pending,
	buildCache: pending,
	logFiles: pending,
	rootDirectories: pending,
	registries: pending,
};
