/** One run of the kernel log program on a host, from its first line to its end. */
import type {KernelRecord} from '../model/kernel-log.ts';
import {endMark} from '../model/probe-protocol.ts';
import type {ReadingFailure} from '../model/reading.ts';
import {ReadingError} from '../model/reading-error.ts';
import type {KernelLogMethod} from '../model/readings.ts';
import type {CommandChannel, Transport} from '../model/transport.ts';
import type {Clock} from '../support/clock.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {describeAccess, isKernelLogMethod} from './kernel-log-access.ts';
import {kernelLogCommand} from './kernel-log-script.ts';
import type {KernelLogTimings} from './kernel-log-timings.ts';
import {createLineSplitter} from '../support/line-splitter.ts';
import {selectKernelLineParser} from './parse-kernel-line.ts';
import {createRecordBatcher} from './record-batcher.ts';
import type {RecordMemory} from './record-memory.ts';

export type KernelLogRun = {
	readonly transport: Transport;
	readonly methods: readonly KernelLogMethod[];
	readonly memory: RecordMemory;
	readonly bootedAtMs: number | null;
	readonly clock: Clock;
	readonly timings: KernelLogTimings;
	readonly signal: AbortSignal;
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
			const first = lines.findIndex((line) => /^(refused|method \S+)$/.test(line));
			const method = lines[first]?.slice('method '.length) ?? '';
			if (lines[first] === 'refused') resolve('refused');
			if (first === -1 || !isKernelLogMethod(method)) return;
			cancelOpen();
			run.onMethod(method);
			[take, stop] = receive(run, channel, method, batcher.add);
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
	method: KernelLogMethod,
	add: (records: readonly KernelRecord[]) => void,
): [TakeLines, () => void] {
	const parse = selectKernelLineParser(method);
	const parseAll = (lines: readonly string[]): KernelRecord[] =>
		lines.map((line) => parse(line, run.bootedAtMs)).filter((record) => record !== null);
	if (!describeAccess(method).live) return poll(run, channel, method, (lines) => add(parseAll(lines)));
	return [(lines) => add(parseAll(lines).filter((record) => run.memory.isNew(record))), () => {}];
}

/** Asks for the newest lines every `pollMs`, for all that are kept when the last ones seen are not among them. */
function poll(
	run: KernelLogRun,
	channel: CommandChannel,
	method: KernelLogMethod,
	add: TakeLines,
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
		memory.learn(dump);
		add(lines ?? dump);
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
