/**
 * The shape of a report, `sickbay.report/1`. Scripts rely on it: fields may be added, none changes its meaning without a
 * new schema. What is not known is null, never 0 or empty; times are ISO 8601 in UTC; sizes are bytes.
 */
import type {BootEnding} from '../model/boots.ts';
import type {FindingCategory, Severity} from '../model/finding.ts';
import type {HostSource} from '../model/host.ts';
import type {IncidentSeverity} from '../model/kernel-incident.ts';
import type {Rung} from '../model/ladder.ts';
import type {FilesystemRole} from '../model/readings.ts';

export const reportSchema = 'sickbay.report/1';

export type Report = {
	readonly schema: typeof reportSchema;
	readonly generatedAt: string;
	/** Sickbay's own version. */
	readonly version: string;
	/** True when any host is a member of the embedded demo fleet. */
	readonly demo: boolean;
	readonly summary: ReportSummary;
	/** Sentences about the fleet as a whole, where one cause explains many hosts; mostly none. */
	readonly notices: readonly string[];
	/** Worst first: critical, unknown, warning, notice, ok; then the newest change (see `orderHosts`), then the name. */
	readonly hosts: readonly ReportHost[];
};

/** Hosts per severity, and how many there are. */
export type ReportSummary = {readonly [Name in Severity]: number} & {readonly hosts: number};

export type ReportHost = {
	readonly name: string;
	/** Resolved `user@address:port`; null before the first connection. */
	readonly address: string | null;
	/** Who mentioned the host: kind of source, and the file, context or argument. */
	readonly sources: readonly HostSource[];
	/** That of the worst finding; `unknown` when the host is not seen. */
	readonly severity: Severity;
	readonly rung: {
		/** The highest rung that answered. */
		readonly reached: Rung | null;
		/** The first broken rung; null when none is. */
		readonly broken: Rung | null;
		/** Why it broke, in words. */
		readonly reason: string | null;
	};
	/** Name of the operating system, as its os-release says. Null, like all below, while the host is not connected. */
	readonly os: string | null;
	/** As `uname -r`. */
	readonly kernel: string | null;
	readonly bootId: string | null;
	readonly uptimeSeconds: number | null;
	readonly engine: {
		readonly version: string;
		readonly apiVersion: string;
		readonly driver: string;
		readonly rootDir: string;
	} | null;
	/** Null also while the engine does not list them. */
	readonly containers: {readonly running: number; readonly total: number; readonly unhealthy: number} | null;
	/** Those under the root directory and the engine's data. */
	readonly filesystems: readonly ReportFilesystem[] | null;
	/** Bytes are summed over images: an upper bound, because layers that images share count once per image. */
	readonly images: {readonly count: number; readonly bytes: number | null} | null;
	/** What the kernel counts for every account to read; a counter the kernel lacks is null. */
	readonly kernelCounters: ReportCounters | null;
	/** Newest first, the running boot at index 0; null until they have been read. */
	readonly boots: readonly ReportBoot[] | null;
	/** Worst first. */
	readonly findings: readonly ReportFinding[];
};

export type ReportFilesystem = {
	readonly mountPoint: string;
	readonly device: string;
	readonly type: string;
	readonly roles: readonly FilesystemRole[];
	readonly readOnly: boolean;
	readonly sizeBytes: number;
	readonly usedBytes: number;
	/** What an ordinary account may still use. */
	readonly availableBytes: number;
	/** Null on file systems without an inode table. */
	readonly inodesTotal: number | null;
	readonly inodesUsed: number | null;
};

export type ReportCounters = {
	/** Bits of `/proc/sys/kernel/tainted`. */
	readonly taint: number | null;
	readonly oopsCount: number | null;
	readonly warnCount: number | null;
	readonly oomKills: number | null;
	readonly ext4Errors: readonly {
		readonly device: string;
		readonly count: number;
		readonly firstAt: string | null;
		readonly lastAt: string | null;
	}[];
	readonly memoryErrors: readonly {
		readonly controller: string;
		readonly corrected: number;
		readonly uncorrected: number;
	}[];
	readonly degradedArrays: readonly string[];
	/** Tasks of the engine in uninterruptible sleep, and in how many readings in a row they had not run. */
	readonly blockedTasks: readonly {
		readonly pid: number;
		readonly command: string;
		readonly waitsIn: string | null;
		readonly readings: number;
	}[];
	readonly conntrack: {readonly count: number; readonly limit: number} | null;
};

export type ReportBoot = {
	readonly bootId: string | null;
	/** 0 is the running boot, -1 the one before. */
	readonly index: number;
	readonly startedAt: string | null;
	/** When it was last heard of. */
	readonly endedAt: string | null;
	readonly ending: BootEnding;
	/** Why it ended, in words. */
	readonly reason: string;
	/** What is left in its kernel log; the running boot's are among the findings. */
	readonly incidents: readonly {
		readonly id: string;
		readonly severity: IncidentSeverity;
		readonly title: string;
		readonly count: number;
		readonly first: string | null;
		readonly last: string | null;
	}[];
};

export type ReportFinding = {
	/** Id of the rule; with `subject` it identifies the finding on its host. */
	readonly id: string;
	readonly severity: Severity;
	readonly category: FindingCategory;
	/** Device, mount point, container or task; empty when it is the host itself. */
	readonly subject: string;
	readonly summary: string;
	/** Lines as the host gave them, at most 10. */
	readonly evidence: readonly string[];
	readonly since: string | null;
	/** A lower bound for kernel lines: kernels stop repeating some of them. */
	readonly count: number;
	readonly meaning: string;
	readonly advice: string;
};
