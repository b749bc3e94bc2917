/** One run of the kernel log program on a host, from its first line to its end. */
import type {KernelRecord} from '../model/kernel-log.ts';
import {endMark} from '../model/probe-protocol.ts';
import type {ReadingFailure} from '../model/reading.ts';
import {ReadingError} from '../model/reading-error.ts';
import type {KernelLogMethod} from '../model/readings.ts';
import type {CommandChannel, Transport} from '../model/transport.ts';
import type {Clock} from '../support/clock.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {describeAccess} from './kernel-log-access.ts';
import {kernelLogCommand} from './kernel-log-script.ts';
import type {KernelLogTimings} from './kernel-log-timings.ts';
import {createLineSplitter} from '../support/line-splitter.ts';
import {createMethodReader} from './method-reader.ts';
import {parseOpening, type KernelLogOpening} from './parse-opening.ts';
import {createRecordBatcher} from './record-batcher.ts';
import type {RecordMemory} from './record-memory.ts';

export type KernelLogRun = {
	readonly transport: Transport;
	readonly methods: readonly KernelLogMethod[];
	readonly memory: RecordMemory;
	readonly clock: Clock;
	readonly timings: KernelLogTimings;
	readonly signal: AbortSignal;
	/** The log is open; answers when its boot began, milliseconds since the epoch, null if that is not known. */
	readonly onOpen: (opening: KernelLogOpening) => number | null;
	/** A polled log was printed again. */
	readonly onMethod: (method: KernelLogMethod) => void;
	readonly onRecords: (records: readonly KernelRecord[]) => void;
	/** A polled log has not been printed within `openMs`. */
	readonly onSilence: (reason: ReadingFailure) => void;
};

type TakeLines = (lines: readonly string[]) => void;

const lineLimit = 64 * 1024;
const backlogRecords = 2000;
/** Enough to find where the last reading ended, on a host that logs at an ordinary pace. */
const pollLines = 200;

/** Rejects with `ReadingError` when the program ends without a word, or `TransportError` when it cannot start. */
export async function runKernelLog(run: KernelLogRun): Promise<'ended' | 'refused'> {
	const {clock, signal, timings} = run;
	const channel = await run.transport.exec(kernelLogCommand(run.methods), signal);
	const splitter = createLineSplitter(lineLimit);
	const batcher = createRecordBatcher({
		clock,
		batchMs: timings.batchMs,
		backlogMs: timings.backlogMs,
		backlogRecords,
		emit: run.onRecords,
	});
	const {promise, resolve, reject} = Promise.withResolvers<'ended' | 'refused'>();
	let take: TakeLines | null = null;
	let stop = (): void => {};
	const cancelOpen = clock.schedule(timings.openMs, () =>
		reject(new ReadingError('timeout', 'the host does not say how its kernel log can be read')),
	);
	const onEnd = (): void => {
		if (take) resolve('ended');
		else reject(new ReadingError('unsupported', describeSilence(channel)));
	};
	const onAbort = (): void => resolve('ended');
	signal.addEventListener('abort', onAbort, {once: true});
	if (signal.aborted) onAbort();
	channel.stream.on('error', onEnd).on('end', onEnd).on('close', onEnd);
	channel.stream.on('data', (chunk: Buffer) => {
		const lines = splitter.push(chunk);
		if (!take) {
			// A login script may print before the program's own first line.
			const first = lines.findIndex((line) => parseOpening(line) !== null);
			const opening = parseOpening(lines[first] ?? '');
			if (opening === 'refused') resolve('refused');
			if (opening === null || opening === 'refused') return;
			cancelOpen();
			[take, stop] = receive(run, channel, opening, batcher.add);
			lines.splice(0, first + 1);
		}
		take(lines);
	});
	try {
		return await promise;
	} finally {
		cancelOpen();
		stop();
		signal.removeEventListener('abort', onAbort);
		channel.close();
		if (signal.aborted) batcher.discard();
		else batcher.flush();
	}
}

function describeSilence(channel: CommandChannel): string {
	const words = sanitiseLine(channel.stderr().trim(), 300);
	return `the kernel log program ended without a word${words === '' ? '' : `: ${words}`}`;
}

function receive(
	run: KernelLogRun,
	channel: CommandChannel,
	opening: KernelLogOpening,
	add: (records: readonly KernelRecord[]) => void,
): [TakeLines, () => void] {
	const {method} = opening;
	const bootedAtMs = run.onOpen(opening);
	const options = {bootedAtMs, now: run.clock.now()};
	if (describeAccess(method).live) {
		const reader = createMethodReader(method, options);
		return [(lines) => add(run.memory.takeNew(reader.read(lines))), () => {}];
	}
	return poll(run, channel, method, (lines, hasGap) => {
		const [first, ...others] = createMethodReader(method, options).read(lines);
		if (first === undefined) return;
		// How many were overwritten between two dumps that do not meet is not known; some were.
		add([hasGap ? {...first, lostBefore: (first.lostBefore ?? 0) + 1} : first, ...others]);
	});
}

/** Asks for the newest lines every `pollMs`, for all that are kept when the last ones seen are not among them. */
function poll(
	run: KernelLogRun,
	channel: CommandChannel,
	method: KernelLogMethod,
	add: (lines: readonly string[], hasGap: boolean) => void,
): [TakeLines, () => void] {
	const {clock, timings, memory} = run;
	let dump: string[] = [];
	let asked = 0;
	let cancel = (): void => {};
	const ask = (lineCount: number): void => {
		asked = lineCount;
		dump = [];
		const seconds = Math.round(timings.openMs / 1000);
		const reason = {code: 'timeout', message: `the host has not printed its kernel log for ${seconds} s`} as const;
		cancel = clock.schedule(timings.openMs, () => run.onSilence(reason));
		channel.stream.write(`${lineCount}\n`);
	};
	const finishDump = (): void => {
		cancel();
		run.onMethod(method);
		const lines = memory.linesAfterKnown(dump);
		if (lines === null && asked < backlogRecords) {
			ask(backlogRecords);
			return;
		}
		const hasGap = lines === null && memory.hasLines();
		memory.learn(dump);
		add(lines ?? dump, hasGap);
		cancel = clock.schedule(timings.pollMs, () => ask(pollLines));
	};
	const take: TakeLines = (lines) => {
		for (const line of lines) {
			if (line.startsWith(endMark)) finishDump();
			else if (dump.length < backlogRecords) dump.push(line);
		}
	};
	ask(backlogRecords);
	return [take, () => cancel()];
}
