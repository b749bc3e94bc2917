/** The words a demo host is described in: what it is, and what is wrong with it. Plain data, no behaviour. */

/** `silent` accepts connections and says nothing; `closed` refuses them. */
export type DemoDoor = 'open' | 'changed-key' | 'unknown-key' | 'silent' | 'closed';

export type DemoDistribution = {
	readonly id: string;
	readonly name: string;
	readonly versionId: string;
	readonly prettyName: string;
	/** `uname -r`. */
	readonly kernelRelease: string;
	/** What follows the release in the kernel's first log line. */
	readonly kernelBuild: string;
};

export type DemoEngineRelease = {
	readonly version: string;
	readonly apiVersion: string;
	/** Oldest API version answered; null for engines that did not say. */
	readonly minApiVersion: string | null;
	readonly goVersion: string;
	readonly buildTime: string;
};

export type DemoStorage =
	| {readonly driver: 'overlay2'; readonly backing: 'extfs' | 'xfs'}
	/** Engine 29's default: the containerd image store. */
	| {readonly driver: 'overlayfs'}
	| {readonly driver: 'aufs'; readonly directories: number}
	/** A thin pool on LVM, filled to these ratios. */
	| {readonly driver: 'devicemapper'; readonly dataRatio: number; readonly metadataRatio: number};

export type DemoFilesystem = {
	readonly device: string;
	readonly type: string;
	readonly mountPoint: string;
	readonly sizeBytes: number;
	/** Share in use when the fleet starts, as df counts it. */
	readonly usedRatio: number;
	readonly growthBytesPerSecond: number;
	readonly inodesTotal: number;
	readonly inodesUsedRatio: number;
};

export type DemoRole = 'web' | 'ci' | 'db' | 'batch' | 'cache' | 'storage' | 'registry';

/** What the kernel log tells besides the boot and the comings and goings of containers. */
export type KernelStory =
	'quiet' | 'panic-in-previous-boot' | 'panic-while-watching' | 'forged-panic' | 'thin-pool' | 'aufs';

/** How the boots before this one ended. */
export type BootStory = 'clean' | 'panic-in-pstore' | 'aufs-panic' | 'unclean-stops';

export type ContainerStory = 'calm' | 'restart-loop' | 'unhealthy' | 'hostile-texts';

export type DemoHostPlan = {
	readonly name: string;
	readonly role: DemoRole;
	readonly env: 'prod' | 'staging';
	readonly door: DemoDoor;
	readonly distribution: DemoDistribution;
	readonly cpuCount: number;
	readonly memoryBytes: number;
	/** Uptime when the fleet starts. */
	readonly uptimeSeconds: number;
	/** Share of the processors in use around which the load wanders. */
	readonly busyRatio: number;
	readonly filesystems: readonly DemoFilesystem[];
	readonly engine: DemoEngineRelease;
	readonly storage: DemoStorage;
	/** `list-hangs`: ping, version and info answer, the container list never does. `down`: nothing listens. */
	readonly engineFault: 'none' | 'list-hangs' | 'down';
	readonly containerCount: number;
	/** Images beyond those of the containers: old versions and leftovers of builds. */
	readonly spareImageCount: number;
	readonly averageImageBytes: number;
	readonly containerStory: ContainerStory;
	readonly bootStory: BootStory;
	readonly kernelStory: KernelStory;
	/** How long its engine takes over a disk usage report; absent: no time. */
	readonly diskUsageMs?: number;
	/** Which way the account may read the kernel log, if any. */
	readonly kernelLogMethod: 'kmsg' | 'sudo-kmsg' | null;
};
