/**
 * Asks an engine for what somebody wants to know now. The same question has one request in flight, however many want
 * its answer; nothing is asked of an engine that hangs; and only a few questions are open at a time.
 */
import {ReadingError} from '../model/reading-error.ts';
import type {Clock} from '../support/clock.ts';
import {createLimiter} from '../support/limiter.ts';
import type {EngineClient, EngineQuery} from './engine-client.ts';
import {readingErrorOf} from './failure-of.ts';
import {requestPatiently} from './patient-request.ts';

export type EngineReaderOptions = {
	readonly client: EngineClient;
	readonly clock: Clock;
	/** Ends with the connection to the engine. */
	readonly signal: AbortSignal;
	readonly isHung: () => boolean;
};

export type EngineReader = {
	/**
	 * The parsed answer; rejects with `ReadingError`. Who gives up waiting leaves the request open for its time limit,
	 * because the engine goes on with it anyway and the next who asks gets its answer.
	 */
	read(path: string, query: EngineQuery, timeoutMs: number, signal: AbortSignal): Promise<unknown>;
};

/** Reports and inspections; with the engine's removals the most that is open beside the watch. */
const readsInFlight = 2;
export const removalsInFlight = 2;
export const requestsInFlight = readsInFlight + removalsInFlight;

export function createEngineReader({client, clock, signal, isHung}: EngineReaderOptions): EngineReader {
	const inTurn = createLimiter(readsInFlight);
	const open = new Map<string, Promise<unknown>>();
	return {
		async read(path, query, timeoutMs, own) {
			const ask = async (): Promise<unknown> => {
				if (isHung())
					throw new ReadingError('timeout', 'the engine hangs; nothing is asked of it until it answers again');
				return requestPatiently((request) => client.getJson(path, query, request), {
					clock,
					signal,
					lateMs: timeoutMs,
					giveUpMs: timeoutMs,
				});
			};
			const key = `${path}?${JSON.stringify(query)}`;
			const answer = open.get(key) ?? inTurn.run(ask, signal).finally(() => open.delete(key));
			open.set(key, answer);
			try {
				return await untilAborted(answer, own);
			} catch (error) {
				if (signal.aborted) throw new ReadingError('lost', 'the connection to the engine is gone', {cause: error});
				throw readingErrorOf(error);
			}
		},
	};
}

async function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
	const given = Promise.withResolvers<never>();
	const giveUp = (): void => given.reject(new ReadingError('lost', 'not asked any more'));
	// A failure nobody waits for any more is no bug.
	answer.catch(() => {});
	if (signal.aborted) giveUp();
	signal.addEventListener('abort', giveUp, {once: true});
	try {
		return await Promise.race([answer, given.promise]);
	} finally {
		signal.removeEventListener('abort', giveUp);
	}
}
