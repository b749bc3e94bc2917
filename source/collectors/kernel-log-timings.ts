/** Every delay of the kernel log follower in one table, milliseconds. */

export type KernelLogTimings = {
	/** How long the host may take to say which way works. */
	readonly openMs: number;
	readonly batchMs: number;
	/** The backlog of a fresh read counts as over after this at the latest. */
	readonly backlogMs: number;
	/** Pause between readings by a way that does not follow. */
	readonly pollMs: number;
	/** Pause before asking a host again that allowed no way: each `sudo` it refuses is a line in its log. */
	readonly refusedMs: number;
	readonly reopen: {readonly firstMs: number; readonly capMs: number};
};

export const kernelLogTimings: KernelLogTimings = {
	openMs: 20_000,
	batchMs: 100,
	backlogMs: 3000,
	pollMs: 10_000,
	refusedMs: 10 * 60_000,
	reopen: {firstMs: 1000, capMs: 60_000},
};
