/** Runs one command line on a host to its end, bounded in time and bytes; how it ended is a value. */
import type {CommandOutcome} from '../model/host-operator.ts';
import {TransportError, type CommandChannel, type CommandExit, type Transport} from '../model/transport.ts';
import {pause, type Clock} from '../support/clock.ts';
import {sanitiseLine} from '../support/sanitise.ts';

export type RunCommandOptions = {
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly timeoutMs: number;
	/** Of standard output; what is beyond is dropped. */
	readonly maxBytes: number;
	readonly input?: string;
};

/** The exit status may follow the end of the output. */
const exitGraceMs = 500;

/** The outcome's output is as the host printed it, not sanitised. Rejects only with the signal's reason. */
export async function runCommand(
	transport: Transport,
	commandLine: string,
	options: RunCommandOptions,
): Promise<CommandOutcome> {
	const {signal} = options;
	signal.throwIfAborted();
	try {
		return await followCommand(await transport.exec(commandLine, signal), options);
	} catch (error) {
		signal.throwIfAborted();
		if (!(error instanceof TransportError)) throw error;
		const detail = sanitiseLine(error.message, 300);
		return {kind: error.code === 'closed' || error.code === 'aborted' ? 'lost' : 'refused', detail};
	}
}

async function followCommand(channel: CommandChannel, options: RunCommandOptions): Promise<CommandOutcome> {
	const {clock, signal, timeoutMs} = options;
	const output = gatherOutput(channel, options.maxBytes);
	const late = Promise.withResolvers<'late'>();
	const cancel = clock.schedule(timeoutMs, () => late.resolve('late'));
	const onAbort = (): void => late.resolve('late');
	signal.addEventListener('abort', onAbort, {once: true});
	try {
		channel.stream.end(options.input ?? '');
		const ended = output.ended.then(() => Promise.race([channel.exit, pause(clock, exitGraceMs)]));
		const exit = await Promise.race([ended, late.promise]);
		signal.throwIfAborted();
		const texts = {stdout: output.text(), stderr: channel.stderr()};
		return exit === 'late' ? {kind: 'timeout', ...texts} : describeExit(exit ?? null, texts, output.isTruncated());
	} finally {
		cancel();
		signal.removeEventListener('abort', onAbort);
		channel.close();
	}
}

function describeExit(
	exit: CommandExit | null,
	texts: {readonly stdout: string; readonly stderr: string},
	truncated: boolean,
): CommandOutcome {
	if (exit !== null && exit.code !== null) return {kind: 'exited', code: exit.code, ...texts, truncated};
	const how = exit?.signal
		? `ended by signal ${sanitiseLine(exit.signal, 30)}`
		: 'its channel closed without an exit code';
	return {kind: 'lost', detail: how};
}

function gatherOutput(
	channel: CommandChannel,
	maxBytes: number,
): {readonly ended: Promise<void>; text(): string; isTruncated(): boolean} {
	const chunks: Buffer[] = [];
	let length = 0;
	let isTruncated = false;
	const {promise: ended, resolve} = Promise.withResolvers<void>();
	const end = (): void => resolve();
	channel.stream.on('error', end).on('end', end).on('close', end);
	channel.stream.on('data', (chunk: Buffer) => {
		const kept = chunk.subarray(0, Math.max(0, maxBytes - length));
		isTruncated ||= kept.length < chunk.length;
		length += kept.length;
		if (kept.length > 0) chunks.push(kept);
	});
	return {ended, text: () => Buffer.concat(chunks).toString('utf8'), isTruncated: () => isTruncated};
}
