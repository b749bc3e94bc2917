/** A prune plan: exactly which objects would go from one host, which stay and why, and how many bytes that frees. */
import type {HostKey} from './host.ts';

/** What a person asks for. Absent limits do not select; without any selection only dangling images go. */
export type PruneWishes = {
	/** Images built at least this long ago. */
	readonly olderThanMs: number | null;
	/** Images whose last use, of whatever kind is known, is at least this long ago. */
	readonly unusedForMs: number | null;
	/** The newest so many images of each repository stay. */
	readonly keepNewest: number;
	/** Images without a name. */
	readonly dangling: boolean;
	readonly buildCache: boolean;
	/** Containers stopped at least this long ago. */
	readonly stoppedForMs: number | null;
	/** Report log files with advice; they are never written. */
	readonly logs: boolean;
	/** Only these, by name; never by a pattern and never by default. */
	readonly volumes: readonly string[];
	/** Patterns with `*` and `?` over names and repositories, or `label:KEY[=VALUE]`. */
	readonly protect: readonly string[];
	/** Stop planning once the engine root's file system would be used at most this much, 0..1. */
	readonly freeUntilRatio: number | null;
};

export type PruneObjectKind = 'container' | 'image' | 'volume' | 'build-cache';

/** Which moment an age is counted from. */
export type AgeKind =
	'built' | 'tagged' | 'container-created' | 'container-finished' | 'last-used' | 'created' | 'stopped';

export type Age = {readonly at: number; readonly kind: AgeKind};

/** At least, at most; equal when it is known exactly. */
export type ByteRange = {readonly minBytes: number; readonly maxBytes: number};

export type PruneItem = {
	/** Unique in its plan: kind and id. */
	readonly key: string;
	readonly kind: PruneObjectKind;
	readonly id: string;
	readonly names: readonly string[];
	/** Its own size, not what removing it frees. */
	readonly sizeBytes: number | null;
	readonly age: Age | null;
	/** Why it goes, one line. */
	readonly why: string;
	/** What to know before: `cannot be pulled again`, `a stopped container was made from it`. */
	readonly cautions: readonly string[];
	/** The exact calls, e.g. `DELETE /images/sha256:…?force=0&noprune=1`. */
	readonly calls: readonly string[];
};

export type KeptReason =
	| 'in-use'
	| 'newest'
	| 'protected'
	| 'too-young'
	| 'not-selected'
	| 'parent-of-kept'
	| 'target-met'
	| 'unchecked'
	| 'unknown-age'
	/** A person took it out of the plan. */
	| 'taken-out';

export type KeptItem = Omit<PruneItem, 'calls' | 'cautions'> & {readonly reason: KeptReason};

export type PrunePlan = {
	readonly hostKey: HostKey;
	readonly hostName: string;
	/** Milliseconds since the epoch. */
	readonly madeAt: number;
	readonly wishes: PruneWishes;
	/** In the order they will be removed: containers, then images from the top of their chains, volumes, build cache. */
	readonly items: readonly PruneItem[];
	readonly kept: readonly KeptItem[];
	/** What removing all items frees, right for layers that several images share. */
	readonly reclaim: ByteRange;
	/** The file system under the engine's root; null when unknown. */
	readonly filesystem: {readonly mountPoint: string; readonly sizeBytes: number; readonly usedBytes: number} | null;
	/** Large log files and other things said, not done. */
	readonly advice: readonly string[];
	/** Parts that could not be read, so that nothing of them is planned. */
	readonly unread: readonly {readonly part: string; readonly reason: string}[];
	/** Short fingerprint of host and items, for the audit. */
	readonly fingerprint: string;
};

export type ItemOutcome =
	| {readonly kind: 'removed'; readonly freedBytes: number | null}
	| {readonly kind: 'in-use'; readonly detail: string}
	| {readonly kind: 'gone'}
	| {readonly kind: 'failed'; readonly detail: string}
	| {readonly kind: 'unknown'; readonly detail: string}
	| {readonly kind: 'not-attempted'; readonly detail: string};

export type PruneResult = {
	readonly plan: PrunePlan;
	readonly outcomes: ReadonlyMap<string, ItemOutcome>;
	/** By what the file system itself says before and after; null when it could not be read. */
	readonly freedBytes: number | null;
	/** Items that are still there, or that nobody could look for, after the run. */
	readonly verification: 'verified' | 'differs' | 'unverified';
	/** Why it ended before its last item; null when it did not. */
	readonly stopped: string | null;
	/** What a person can do about what went wrong, each one line. */
	readonly advice: readonly string[];
	readonly startedAt: number;
	readonly endedAt: number;
};
