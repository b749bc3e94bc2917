/** The nouns read from a host, in the units a person compares: bytes, seconds, ratios, milliseconds since the epoch. */
import type {BootEvidence} from './boots.ts';
import type {KernelCounters} from './kernel-counters.ts';
import type {Reading} from './reading.ts';

export type HostIdentity = {
	readonly hostname: string;
	/** `/proc/sys/kernel/random/boot_id`; null where there is none. */
	readonly bootId: string | null;
	readonly uptimeSeconds: number;
	/** Wall clock of the host when it answered, milliseconds since the epoch; null if it could not say. */
	readonly clockAt: number | null;
	readonly os: {readonly id: string; readonly prettyName: string; readonly versionId: string | null};
	readonly kernel: {readonly name: string; readonly release: string; readonly machine: string};
	/** Numeric user id of the account, null where `id` is missing. */
	readonly userId: number | null;
};

/** Share of time, 0..1, in which some or all tasks stalled over the last 10 s (`/proc/pressure`, avg10 / 100). */
export type Pressure = {readonly some: number; readonly full: number | null};

export type Vitals = {
	readonly load1: number;
	readonly load5: number;
	readonly load15: number;
	readonly cpuCount: number | null;
	readonly memoryTotalBytes: number;
	/** `MemAvailable`; null on kernels before 3.14. */
	readonly memoryAvailableBytes: number | null;
	readonly swapTotalBytes: number;
	readonly swapFreeBytes: number;
	readonly pressure: {readonly cpu: Pressure | null; readonly memory: Pressure | null; readonly io: Pressure | null};
	readonly uptimeSeconds: number;
};

export type FilesystemRole = 'root' | 'engine-root' | 'containerd-root' | 'other';

export type Filesystem = {
	readonly mountPoint: string;
	readonly device: string;
	readonly type: string;
	readonly roles: readonly FilesystemRole[];
	readonly readOnly: boolean;
	readonly sizeBytes: number;
	readonly usedBytes: number;
	readonly availableBytes: number;
	/** Null on file systems without a fixed inode table (btrfs, some network ones). */
	readonly inodesTotal: number | null;
	readonly inodesUsed: number | null;
};

export type EngineInfo = {
	readonly product: 'docker' | 'podman' | 'other';
	readonly version: string;
	readonly apiVersion: string;
	readonly driver: string;
	/** As the engine prints it, e.g. `['Backing Filesystem', 'extfs']`. */
	readonly driverStatus: readonly (readonly [string, string])[];
	readonly rootDir: string;
	readonly warnings: readonly string[];
	readonly cgroupVersion: string | null;
	readonly liveRestore: boolean | null;
	readonly swarmState: string | null;
	/** How the engine was reached, e.g. `/var/run/docker.sock`, `sudo docker system dial-stdio`. */
	readonly via: string;
};

export type ContainerState =
	'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead' | 'unknown';

export type Container = {
	readonly id: string;
	readonly name: string;
	readonly image: string;
	readonly imageId: string;
	readonly state: ContainerState;
	/** The engine's words, e.g. `Up 2 hours (healthy)`. */
	readonly status: string;
	readonly health: 'healthy' | 'unhealthy' | 'starting' | null;
	readonly createdAt: number;
	readonly command: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly ports: readonly string[];
	/** Times this container died, as seen in events while watching, newest last, at most 20. */
	readonly recentDeaths: readonly number[];
};

/** Which images keep the disk: count and bytes on disk as the engine reports them. */
export type ImageTotals = {
	readonly count: number;
	/** Bytes on disk, shared layers counted once where the engine says so; null where it does not. */
	readonly bytes: number | null;
	/** True when `bytes` is a sum over images that counts shared layers more than once (an upper bound). */
	readonly isUpperBound: boolean;
	readonly largest: readonly {
		readonly id: string;
		readonly name: string;
		readonly bytes: number;
		readonly createdAt: number;
	}[];
};

/**
 * How the kernel log is read: `kmsg` means `/dev/kmsg`, `sudo-` means through `sudo -n`, `files` what syslog keeps in
 * `/var/log`.
 */
export type KernelLogMethod =
	'kmsg' | 'sudo-kmsg' | 'dmesg' | 'sudo-dmesg' | 'journalctl' | 'sudo-journalctl' | 'files';

export type KernelLogAccess = {
	readonly method: KernelLogMethod;
	/** True when new lines arrive as the kernel writes them; false when the log is read again from time to time. */
	readonly live: boolean;
};

export type HostReadings = {
	readonly identity: Reading<HostIdentity>;
	readonly vitals: Reading<Vitals>;
	readonly filesystems: Reading<readonly Filesystem[]>;
	readonly engine: Reading<EngineInfo>;
	readonly containers: Reading<readonly Container[]>;
	readonly images: Reading<ImageTotals>;
	readonly kernelLog: Reading<KernelLogAccess>;
	readonly kernelCounters: Reading<KernelCounters>;
	readonly boots: Reading<BootEvidence>;
};

export type ReadingName = keyof HostReadings;
