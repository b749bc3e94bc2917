/** One line of a host's kernel log, wherever it was read from. */

export type KernelRecord = {
	/** Sequence number in `/dev/kmsg`; null where the source has none. Unique per boot. */
	readonly sequence: number | null;
	/** Syslog facility number; 0 is the kernel itself, null where the source does not say. */
	readonly facility: number | null;
	/** Syslog level, 0 (emergency) to 7 (debug); null where the source does not say. */
	readonly level: number | null;
	/** Wall clock, milliseconds since the epoch; null where only the order is known. */
	readonly at: number | null;
	/** Seconds since boot; null where the source does not say. */
	readonly monotonicSeconds: number | null;
	/** The message, sanitised, one line, bounded. */
	readonly text: string;
	/** How far `at` may be off either way, milliseconds; absent where the source gives the time of the record itself. */
	readonly atUncertaintyMs?: number;
	/** The program that wrote it, e.g. `kernel`, `dockerd`; absent where the source does not say. */
	readonly identifier?: string;
	/** The task or processor that printed it, e.g. `T123`, `C0`; absent unless the kernel prints callers. */
	readonly caller?: string;
	/** Records known to be lost just before this one; absent when none are. */
	readonly lostBefore?: number;
};
