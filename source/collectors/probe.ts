/**
 * The probe: one long-lived `sh` per host that answers requests, one at a time. A request that timed out leaves the
 * probe unusable until its answer has arrived after all; requests never pile up on a host that is slow already.
 */
import type {SudoPolicy} from '../model/host.ts';
import type {ProbeRequest} from '../model/probe-protocol.ts';
import {ReadingError} from '../model/reading-error.ts';
import type {CommandChannel, Transport} from '../model/transport.ts';
import {pause, systemClock, type Clock} from '../support/clock.ts';
import type {ProbeAnswer} from './answer-reader.ts';
import {classifyShellFailure} from './classify-shell-failure.ts';
import {createProbeLine, type ProbeLine} from './probe-line.ts';
import {probeCommand} from './probe-script.ts';

export type {ProbeAnswer} from './answer-reader.ts';

export type Probe = {
	/** Rejects with `ReadingError`: `timeout`, `lost` when the probe has ended, `malformed` when too much was said. */
	ask(request: ProbeRequest, args?: readonly string[], timeoutMs?: number): Promise<ProbeAnswer>;
	close(): void;
	/** Resolves when the probe has ended, for whatever reason. */
	readonly ended: Promise<void>;
};

export type ProbeOptions = {
	readonly sudo: SudoPolicy;
	readonly signal: AbortSignal;
	readonly clock?: Clock;
	/** How long the shell may take to answer the first request, login scripts included. */
	readonly openTimeoutMs?: number;
};

const defaultTimeoutMs = 10_000;
const exitGraceMs = 500;
const answerLimit = 256 * 1024;
/** The mount table of a host with a thousand containers is larger than any other answer. */
const filesystemsLimit = 1024 * 1024;

/** Starts the probe and hears its first answer; rejects with a `LadderError` of the rung `shell`. */
export async function openProbe(transport: Transport, options: ProbeOptions): Promise<Probe> {
	options.signal.throwIfAborted();
	const clock = options.clock ?? systemClock;
	let channel: CommandChannel | null = null;
	let line: ProbeLine | null = null;
	try {
		channel = await transport.exec(probeCommand, options.signal);
		line = createProbeLine(channel, clock, answerLimit);
		const answer = await line.ask('hello', [options.sudo], options.openTimeoutMs ?? 15_000, options.signal);
		return probeOver(line, answer, options.sudo);
	} catch (error) {
		if (options.signal.aborted || !channel || !line) {
			channel?.close();
			options.signal.throwIfAborted();
			throw classifyShellFailure(error, null);
		}
		const exit = isTimeout(error) ? null : await Promise.race([channel.exit, pause(clock, exitGraceMs)]);
		line.close();
		throw classifyShellFailure(error, {strayText: line.strayText(), stderr: channel.stderr(), exit: exit ?? null});
	}
}

function probeOver(line: ProbeLine, firstHello: ProbeAnswer, sudo: SudoPolicy): Probe {
	let hello: ProbeAnswer | null = firstHello;
	return {
		ask(request, args, timeoutMs = defaultTimeoutMs) {
			if (request !== 'hello') return line.ask(request, args ?? [], timeoutMs);
			// Opening has asked it already; the caller gets that answer instead of making the host say it twice.
			const known = hello;
			hello = null;
			return known ? Promise.resolve(known) : line.ask('hello', args ?? [sudo], timeoutMs);
		},
		close: () => line.close(),
		ended: line.ended,
	};
}

/** Asks one request in a channel of its own and ends it; rejects as `Probe.ask` and with `TransportError`. */
export async function askOnce(
	transport: Transport,
	request: ProbeRequest,
	args: readonly string[],
	options: {readonly clock: Clock; readonly timeoutMs: number; readonly signal: AbortSignal},
): Promise<ProbeAnswer> {
	const channel = await transport.exec(probeCommand, options.signal);
	const line = createProbeLine(channel, options.clock, filesystemsLimit);
	try {
		return await line.ask(request, args, options.timeoutMs, options.signal);
	} finally {
		line.close();
	}
}

function isTimeout(error: unknown): boolean {
	return error instanceof ReadingError && error.failure.code === 'timeout';
}
