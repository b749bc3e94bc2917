/**
 * Asks an engine for what somebody wants to know now. The same question has one request in flight, however many want
 * its answer; reports are made one after the other; and nothing is asked of an engine that hangs.
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

export type EngineQuestion = {
	/** A report may take minutes; an inspection never waits behind one. */
	readonly kind: 'report' | 'inspection';
	readonly path: string;
	readonly query: EngineQuery;
	/** Counted from when it is sent. */
	readonly timeoutMs: number;
};

export type EngineReader = {
	/**
	 * The parsed answer; rejects with `ReadingError`. Who gives up waiting leaves a request that was sent open for its
	 * time limit, because the engine goes on with it anyway and the next who asks gets its answer.
	 */
	read(question: EngineQuestion, signal: AbortSignal): Promise<unknown>;
};

type OpenQuestion = {readonly answer: Promise<unknown>; waiting: number};

const inFlight: Readonly<Record<EngineQuestion['kind'], number>> = {report: 1, inspection: 2};
export const removalsInFlight = 2;
/** The most that is open beside the watch. */
export const requestsInFlight = inFlight.report + inFlight.inspection + removalsInFlight;

export function createEngineReader(options: EngineReaderOptions): EngineReader {
	const {signal} = options;
	const lanes = {report: createLimiter(inFlight.report), inspection: createLimiter(inFlight.inspection)};
	const open = new Map<string, OpenQuestion>();

	const start = (key: string, question: EngineQuestion): OpenQuestion => {
		const send = async (): Promise<unknown> => {
			if (started.waiting === 0) throw new ReadingError('lost', 'not asked any more');
			return await ask(options, question);
		};
		const answer = Promise.resolve()
			.then(() => lanes[question.kind].run(send, signal))
			.finally(() => open.delete(key));
		const started: OpenQuestion = {answer, waiting: 0};
		open.set(key, started);
		return started;
	};

	return {
		async read(question, own) {
			const key = `${question.path}?${JSON.stringify(question.query)}`;
			const shared = open.get(key) ?? start(key, question);
			shared.waiting++;
			try {
				return await untilAborted(shared.answer, own);
			} catch (error) {
				if (signal.aborted) throw new ReadingError('lost', 'the connection to the engine is gone', {cause: error});
				throw readingErrorOf(error);
			} finally {
				shared.waiting--;
			}
		},
	};
}

async function ask(
	{client, clock, signal, isHung}: EngineReaderOptions,
	{path, query, timeoutMs}: EngineQuestion,
): Promise<unknown> {
	if (isHung()) throw new ReadingError('timeout', 'the engine hangs; nothing is asked of it until it answers again');
	const patience = {clock, signal, lateMs: timeoutMs, giveUpMs: timeoutMs};
	return await requestPatiently((request) => client.getJson(path, query, request), patience);
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
