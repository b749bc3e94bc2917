/**
 * Watches what hosts were stopped for: a host whose key or log-in was refused is not tried again by itself, but it is,
 * once, when the keys or the known_hosts entries it was judged by have changed. One timer serves all hosts.
 */
import type {Host, HostKey} from '../model/host.ts';
import type {ReasonCode} from '../model/ladder.ts';
import type {Clock} from '../support/clock.ts';

/** See `source/ssh/find-evidence.ts`: a set with a text per piece of evidence, or null where there is none. */
export type FindHostEvidence = (
	host: Host,
	code: ReasonCode,
	signal: AbortSignal,
) => Promise<(() => Promise<ReadonlySet<string>>) | null>;

export type StopWatch = {
	/** Calls `onNews` at most once; returns a function that ends the watch. */
	watch(host: Host, code: ReasonCode, onNews: () => void): () => void;
};

type Stopped = {
	readonly host: Host;
	readonly onNews: () => void;
	readonly read: () => Promise<ReadonlySet<string>>;
	readonly seen: ReadonlySet<string>;
};

const lookEveryMs = 5000;
/** A file that something rewrites all the time must not make a log-in that fails go on for ever: sshd punishes that. */
const atMostEveryMs = 60_000;

export function createStopWatch(clock: Clock, find: FindHostEvidence): StopWatch {
	const stopped = new Set<Stopped>();
	const triedAt = new Map<HostKey, number>();
	let cancel: (() => void) | null = null;
	let isLooking = false;

	const look = async (): Promise<void> => {
		cancel = null;
		isLooking = true;
		await Promise.all([...stopped].map(lookAt));
		isLooking = false;
		lookLater();
	};
	const lookLater = (): void => {
		if (stopped.size > 0 && !isLooking) cancel ??= clock.schedule(lookEveryMs, () => void look());
	};
	const lookAt = async (one: Stopped): Promise<void> => {
		const key = one.host.key;
		if (clock.now() - (triedAt.get(key) ?? Number.NEGATIVE_INFINITY) < atMostEveryMs) return;
		const current = await one.read();
		const hasNews = [...current].some((piece) => !one.seen.has(piece));
		if (!hasNews || !stopped.delete(one)) return;
		triedAt.set(key, clock.now());
		one.onNews();
	};
	const begin = async (host: Host, code: ReasonCode, onNews: () => void, signal: AbortSignal): Promise<void> => {
		const read = await find(host, code, signal);
		const seen = await read?.();
		if (read === null || seen === undefined || signal.aborted) return;
		const one = {host, onNews, read, seen};
		stopped.add(one);
		signal.addEventListener('abort', () => end(one), {once: true});
		lookLater();
	};
	const end = (one: Stopped): void => {
		stopped.delete(one);
		if (stopped.size > 0) return;
		cancel?.();
		cancel = null;
	};

	return {
		watch(host, code, onNews) {
			const over = new AbortController();
			// A configuration that cannot be read any more is told by the next attempt.
			begin(host, code, onNews, over.signal).catch(() => undefined);
			return () => over.abort();
		},
	};
}
