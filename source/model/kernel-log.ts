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
};

/** Kernel trouble of one kind and subject in the running boot, folded from log lines. */
export type KernelIncident = {
	/** Signature id, e.g. `kernel-panic`. */
	readonly signatureId: string;
	/** What it is about: device, task, container; empty when there is none. */
	readonly subject: string;
	readonly title: string;
	readonly count: number;
	readonly firstAt: number | null;
	readonly lastAt: number | null;
	/** The lines that matched, first ones kept, at most 5. */
	readonly lines: readonly string[];
	/** True when the source gave no facility, so a program could have written the line. */
	readonly unverifiedOrigin: boolean;
};
