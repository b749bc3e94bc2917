/**
 * Reads once what a host still has of its earlier boots, in a channel of its own: as root where `sudo -n` allows it, else
 * what the account may see. Bounded in bytes and time.
 */
import type {BootEvidence} from '../../model/boots.ts';
import type {FailedReading, Reading} from '../../model/reading.ts';
import {ReadingError} from '../../model/reading-error.ts';
import {TransportError, type Transport} from '../../model/transport.ts';
import type {Clock} from '../../support/clock.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {createAnswerReader, type ProbeAnswer} from '../answer-reader.ts';
import {bootsCommand, type BootsWay} from './boots-script.ts';
import {parseBoots} from './parse-boots.ts';

export type BootEvidenceOptions = {
	/** As `HostFacts.sudo`. */
	readonly sudo: 'yes' | 'no' | 'skipped';
	/** Null when unknown. */
	readonly userId: number | null;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	/** A journal of many gigabytes on a slow disk takes its time. */
	readonly timeoutMs?: number;
};

/** In UTF-16 units; what the script prints stays well below it. */
const answerLimit = 2 * 1024 * 1024;

/** Never rejects but for bugs. */
export async function readBootEvidence(
	transport: Transport,
	options: BootEvidenceOptions,
): Promise<Reading<BootEvidence>> {
	const {clock} = options;
	try {
		const answer = await askFirstThatAnswers(transport, selectWays(options), options);
		return {kind: 'ok', value: parseBoots(answer, clock.now()), at: clock.now()};
	} catch (error) {
		return {kind: 'failed', reason: describeFailure(error), at: clock.now()};
	}
}

function selectWays({sudo, userId}: BootEvidenceOptions): readonly BootsWay[] {
	if (userId === 0 || sudo === 'skipped') return ['plain'];
	return sudo === 'yes' ? ['root', 'try-sudo'] : ['try-sudo'];
}

/** Sudoers may allow `true` and yet no `sh`: then the program ends without a word, and the next way is tried. */
async function askFirstThatAnswers(
	transport: Transport,
	ways: readonly BootsWay[],
	options: BootEvidenceOptions,
): Promise<ProbeAnswer> {
	let failure: unknown = null;
	for (const way of ways) {
		try {
			return await ask(transport, way, options);
		} catch (error) {
			if (!(error instanceof ReadingError) || error.failure.code !== 'unsupported') throw error;
			failure = error;
		}
	}
	throw failure;
}

/** Rejects with `ReadingError` or `TransportError`. */
async function ask(
	transport: Transport,
	way: BootsWay,
	{clock, signal, timeoutMs = 45_000}: BootEvidenceOptions,
): Promise<ProbeAnswer> {
	const channel = await transport.exec(bootsCommand(way), signal);
	const reader = createAnswerReader(answerLimit);
	const {promise, resolve, reject} = Promise.withResolvers<ProbeAnswer>();
	const cancel = clock.schedule(timeoutMs, () => {
		const seconds = Math.round(timeoutMs / 1000);
		reject(new ReadingError('timeout', `the host has not told of its earlier boots within ${seconds} s`));
	});
	const onAbort = (): void => reject(new ReadingError('lost', 'the connection was closed'));
	const onEnd = (): void => {
		const words = sanitiseLine(channel.stderr().trim(), 200);
		reject(
			new ReadingError('unsupported', `the host told nothing of its earlier boots${words === '' ? '' : `: ${words}`}`),
		);
	};
	signal.addEventListener('abort', onAbort, {once: true});
	if (signal.aborted) onAbort();
	channel.stream.on('error', onEnd).on('end', onEnd).on('close', onEnd);
	channel.stream.on('data', (chunk: Buffer) => {
		const [answer] = reader.push(chunk);
		if (answer !== undefined) resolve(answer.sections);
	});
	try {
		return await promise;
	} finally {
		cancel();
		signal.removeEventListener('abort', onAbort);
		channel.close();
	}
}

/** Bugs are rethrown. */
function describeFailure(error: unknown): FailedReading['reason'] {
	if (error instanceof ReadingError) return error.failure;
	if (!(error instanceof TransportError)) throw error;
	const lost = error.code === 'closed' || error.code === 'aborted';
	return {code: lost ? 'lost' : 'refused', message: `earlier boots: ${sanitiseLine(error.message, 300)}`};
}
