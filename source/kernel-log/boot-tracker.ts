/** Tells where one boot ends and the next begins in the log of one host. */

export type BootTracker = {
	/** Number of the boot in the log, 1 for the first, after this record. */
	note(record: {readonly text: string; readonly monotonicSeconds: number | null; readonly at: number | null}): number;
	/** A marker or the journal says that records of this boot follow; null when it says only that it is another. */
	begin(bootId: string | null): void;
	current(): number;
	/** Wall clock minus time since boot, where a record of this boot had both; milliseconds since the epoch. */
	bootedAt(): {readonly at: number; readonly uncertaintyMs: number} | null;
	learn(bootedAt: {readonly at: number; readonly uncertaintyMs: number}): void;
};

/** Time since boot that goes back by more than processors disagree is another boot's. */
const regressSeconds = 60;
/** The kernel says its version before anything else. */
const versionWithinSeconds = 5;

export function createBootTracker(): BootTracker {
	let boot = 1;
	let bootId: string | null = null;
	let records = 0;
	/** Whether this boot's first line, or a marker that stands for it, has been seen. */
	let hasStart = false;
	let hasVersion = false;
	let lastSeconds: number | null = null;
	let lastAt: number | null = null;
	let base: {readonly at: number; readonly uncertaintyMs: number} | null = null;

	const next = (): void => {
		if (records > 0 || bootId !== null) boot += 1;
		[records, hasStart, hasVersion, lastSeconds, lastAt, base] = [0, false, false, null, null, null];
	};
	/** A log printed newest first goes back in both times; that is no boot. */
	const isOtherBoot = (seconds: number | null, at: number | null): boolean =>
		seconds !== null &&
		lastSeconds !== null &&
		seconds < lastSeconds - regressSeconds &&
		(at === null || lastAt === null || at >= lastAt);

	return {
		note({text, monotonicSeconds, at}) {
			const isVersion =
				text.startsWith('Linux version ') && (monotonicSeconds === null || monotonicSeconds < versionWithinSeconds);
			const isStart = isVersion && (hasVersion || (records > 0 && !hasStart));
			if (isStart || isOtherBoot(monotonicSeconds, at)) next();
			hasVersion ||= isVersion;
			hasStart ||= isVersion;
			// A heading before the log, or words of a terminal, are no boot of their own.
			if (monotonicSeconds !== null || at !== null || isVersion) records += 1;
			lastSeconds = monotonicSeconds ?? lastSeconds;
			lastAt = at ?? lastAt;
			return boot;
		},
		begin(id) {
			if (id !== null && id === bootId) return;
			next();
			hasStart = true;
			bootId = id;
		},
		current: () => boot,
		bootedAt: () => base,
		learn(bootedAt) {
			base ??= bootedAt;
		},
	};
}
