/**
 * Follows a host's kernel log for as long as the connection lasts: opens it by the first way the host allows, passes
 * each record on once, in batches, and opens it again when it ends.
 */
import type {SudoPolicy} from '../model/host.ts';
import type {KernelRecord} from '../model/kernel-log.ts';
import type {Reading, ReadingFailure} from '../model/reading.ts';
import {ReadingError} from '../model/reading-error.ts';
import type {KernelLogAccess} from '../model/readings.ts';
import {TransportError, type Transport} from '../model/transport.ts';
import {backoffDelayMs} from '../support/backoff.ts';
import {pause, type Clock} from '../support/clock.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {createBootMemory} from './boot-memory.ts';
import {describeAccess, describeRefusal, selectKernelLogMethods} from './kernel-log-access.ts';
import {runKernelLog} from './run-kernel-log.ts';
import {kernelLogTimings, type KernelLogTimings} from './kernel-log-timings.ts';
import type {KernelLogOpening} from './parse-opening.ts';
import {createRecordMemory} from './record-memory.ts';

export type KernelLogEvent =
	| {readonly kind: 'access'; readonly reading: Reading<KernelLogAccess>}
	/** The log is about to be read from its start: what was kept of it before is void. */
	| {readonly kind: 'restarted'}
	| {readonly kind: 'records'; readonly records: readonly KernelRecord[]};

export type KernelLogOptions = {
	readonly transport: Transport;
	readonly sudo: SudoPolicy;
	readonly userId: number | null;
	/** When the host booted by its own clock, milliseconds since the epoch; null leaves records without wall clock. */
	readonly bootedAtMs: number | null;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly emit: (event: KernelLogEvent) => void;
	readonly timings?: Partial<KernelLogTimings>;
};

/** Resolves when the signal aborts or the connection is gone; never rejects. */
export async function followKernelLog(options: KernelLogOptions): Promise<void> {
	const {transport, clock, signal, emit} = options;
	const timings = {...kernelLogTimings, ...options.timings};
	const methods = selectKernelLogMethods(options.sudo, options.userId);
	const [memory, boots] = [createRecordMemory(), createBootMemory(options.bootedAtMs)];
	const lost = new AbortController();
	void transport.closed.then(() => lost.abort());
	const over = AbortSignal.any([signal, lost.signal]);

	let announced: string | null = null;
	let attempt = 0;
	const announce = (reading: Reading<KernelLogAccess>): void => {
		const words = reading.kind === 'ok' ? reading.value.method : reading.kind;
		if (over.aborted || (reading.kind === 'ok' && announced === words)) return;
		announced = words;
		emit({kind: 'access', reading});
	};
	/** A host that goes down keeps no reader alive, so that another boot always shows when one is opened. */
	const open = (opening: KernelLogOpening): number | null => {
		const which = boots.note(opening);
		if (which === 'other') memory.forget();
		announce({kind: 'ok', value: describeAccess(opening.method), at: clock.now()});
		if (which !== 'same') emit({kind: 'restarted'});
		return boots.bootedAtMs();
	};
	const fail = (reason: ReadingFailure): void => announce({kind: 'failed', reason, at: clock.now()});

	const common = {transport, methods, memory, clock, timings, signal: over};
	const run = (): Promise<'ended' | 'refused'> => {
		memory.reopen();
		return runKernelLog({
			...common,
			onOpen: open,
			onMethod: (method) => announce({kind: 'ok', value: describeAccess(method), at: clock.now()}),
			onRecords: (records) => emit({kind: 'records', records}),
			onSilence: fail,
		});
	};

	while (!over.aborted) {
		const startedAt = clock.now();
		try {
			if ((await run()) === 'refused') {
				fail(describeRefusal(methods));
				await pause(clock, timings.refusedMs, over);
				continue;
			}
		} catch (error) {
			fail(classifyFailure(error));
		}
		attempt = clock.now() - startedAt > timings.reopen.capMs ? 0 : attempt + 1;
		await pause(clock, backoffDelayMs(timings.reopen, attempt), over);
	}
}

/** Bugs are rethrown. */
function classifyFailure(error: unknown): ReadingFailure {
	if (error instanceof ReadingError) return error.failure;
	if (!(error instanceof TransportError)) throw error;
	const lost = error.code === 'closed' || error.code === 'aborted';
	return {code: lost ? 'lost' : 'refused', message: `kernel log: ${sanitiseLine(error.message, 300)}`};
}
