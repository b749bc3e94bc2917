/** What the kernel counts for everybody to read: evidence where its log is forbidden, never a clean bill of health. */

export type KernelCounters = {
	/** Bits of `/proc/sys/kernel/tainted` (Documentation/admin-guide/tainted-kernels.rst); null when unreadable. */
	readonly taint: number | null;
	/** Oopses and warnings of this boot, `/sys/kernel/oops_count`, `warn_count` (since 6.2); null where there are none. */
	readonly oopsCount: number | null;
	readonly warnCount: number | null;
	/** Processes killed for memory in this boot, `oom_kill` of `/proc/vmstat` (since 4.13); null where there is none. */
	readonly oomKills: number | null;
	/** When the count of kills last rose while Sickbay watched, milliseconds since the epoch; null when it did not. */
	readonly oomKillsRoseAt: number | null;
	/** Errors kept in ext4 superblocks, over reboots. */
	readonly ext4Errors: readonly {
		readonly device: string;
		readonly count: number;
		readonly firstAt: number | null;
		readonly lastAt: number | null;
	}[];
	/** Memory errors counted by EDAC. */
	readonly memoryErrors: readonly {
		readonly controller: string;
		readonly corrected: number;
		readonly uncorrected: number;
	}[];
	/** Arrays that run without all their disks. */
	readonly degradedArrays: readonly string[];
	/** Processes of the engine in uninterruptible sleep (state D) at the moment of reading. */
	readonly blockedTasks: readonly BlockedTask[];
	/** Entries and limit of the connection table; null without the module. */
	readonly conntrack: {readonly count: number; readonly limit: number} | null;
};

export type BlockedTask = {
	readonly pid: number;
	readonly command: string;
	/** The kernel function it waits in; null where the account may not see it. */
	readonly waitsIn: string | null;
	/** Context switches so far: unchanged for as long as it has not run; null when unknown. */
	readonly switches: number | null;
	/** Since when it has not run as far as was seen, milliseconds since the epoch, and in how many readings in a row. */
	readonly since: number;
	readonly readings: number;
};
