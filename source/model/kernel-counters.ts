/** What the kernel counts for everybody to read: evidence where its log is forbidden, never a clean bill of health. */

export type KernelCounters = {
	/** Bits of `/proc/sys/kernel/tainted` (Documentation/admin-guide/tainted-kernels.rst); null when unreadable. */
	readonly taint: number | null;
	/** Oopses and warnings of this boot, `/sys/kernel/oops_count`, `warn_count` (since 6.2); null where there are none. */
	readonly oopsCount: number | null;
	readonly warnCount: number | null;
	/** Processes killed for memory in this boot, `oom_kill` of `/proc/vmstat` (since 4.13); null where there is none. */
	readonly oomKills: number | null;
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
	/** Processes in uninterruptible sleep (state D) at the moment of reading. */
	readonly blockedTasks: readonly {readonly pid: number; readonly command: string; readonly waitsIn: string | null}[];
	/** Entries and limit of the connection table; null without the module. */
	readonly conntrack: {readonly count: number; readonly limit: number} | null;
};
