/**
 * Watches one host's engine for as long as the connection to the host lasts: finds a way to it, follows it, and finds
 * it again when it goes. Every event is a fact; nothing is ever retried onto an engine that hangs.
 */
import type {EngineOperator} from '../model/engine-operator.ts';
import {LadderError} from '../model/ladder-error.ts';
import type {Reading} from '../model/reading.ts';
import type {Container, EngineInfo, ImageTotals} from '../model/readings.ts';
import type {Transport} from '../model/transport.ts';
import {backoffDelayMs} from '../support/backoff.ts';
import {pause, type Clock} from '../support/clock.ts';
import {connectEngine, type EngineConnection} from './connect-engine.ts';
import {createEngineOperator} from './create-engine-operator.ts';
import {EngineFault} from './engine-fault.ts';
import type {EngineAccess} from './engine-route.ts';
import {engineTimings, type EngineTimings} from './engine-timings.ts';
import {followEngine, type EngineHandle} from './follow-engine.ts';

export type {EngineAccess} from './engine-route.ts';
export type {EngineTimings} from './engine-timings.ts';

export type EngineRung = 'engine-socket' | 'ping' | 'list' | 'info';

export type EngineEvent =
	/** `note` says which way was taken, when it is not the first one. */
	| {readonly kind: 'rung'; readonly reached: EngineRung; readonly note?: string}
	| {readonly kind: 'broken'; readonly error: LadderError}
	| {readonly kind: 'engine'; readonly reading: Reading<EngineInfo>}
	| {readonly kind: 'containers'; readonly reading: Reading<readonly Container[]>}
	| {readonly kind: 'images'; readonly reading: Reading<ImageTotals>};

export type EngineWatch = {
	/** Reads everything again now, or tries at once to reach an engine that was lost. */
	refresh(): void;
	/** What may be asked of the engine beyond watching it; null while there is no connection to it. */
	operator(): EngineOperator | null;
	/** Resolves when the signal aborts or the connection to the host is gone. */
	readonly done: Promise<void>;
};

export type WatchEngineOptions = {
	readonly transport: Transport;
	readonly access: EngineAccess;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly timings?: Partial<EngineTimings>;
	readonly emit: (event: EngineEvent) => void;
};

export function watchEngine(options: WatchEngineOptions): EngineWatch {
	const held: Held = {refresh: () => {}, operator: null};
	const done = watch(options, held);
	return {refresh: () => held.refresh(), operator: () => held.operator, done};
}

/** What the watch holds out to whoever asks, from one connection to the engine to the next. */
type Held = {refresh: () => void; operator: EngineOperator | null};

async function watch(options: WatchEngineOptions, held: Held): Promise<void> {
	const {transport, access, clock} = options;
	const timings = {...engineTimings, ...options.timings};
	const over = new AbortController();
	void transport.closed.then(() => over.abort());
	const signal = AbortSignal.any([options.signal, over.signal]);
	const emit = (event: EngineEvent): void => {
		if (!signal.aborted) options.emit(event);
	};
	const onBroken = (error: LadderError): void => emit({kind: 'broken', error});
	const base = {clock, timings, signal};
	const listeners = {
		onBroken,
		onRung: (reached: EngineRung, note?: string) =>
			emit({kind: 'rung', reached, ...(note === undefined ? {} : {note})}),
		onInfo: (reading: Reading<EngineInfo>) => emit({kind: 'engine', reading}),
		onImages: (reading: Reading<ImageTotals>) => emit({kind: 'images', reading}),
	};
	let known: readonly Container[] = [];
	let attempt = 0;

	while (!signal.aborted) {
		let range = timings.retry;
		try {
			const connection = await connectEngine({...base, transport, access, ...listeners, onHung: onBroken});
			const onContainers = (containers: readonly Container[]): void => {
				attempt = 0;
				known = containers;
				emit({kind: 'containers', reading: {kind: 'ok', value: containers, at: clock.now()}});
			};
			await operateWhile(held, {...base, connection}, (onReady) =>
				followEngine({...base, ...listeners, connection, known, onReady, onContainers}),
			);
		} catch (error) {
			if (error instanceof LadderError) {
				onBroken(error);
				if (error.retry !== 'soon') range = timings.retrySlowly;
			} else if (!(error instanceof EngineFault)) throw error;
		}
		const wake = new AbortController();
		held.refresh = () => wake.abort();
		await pause(clock, backoffDelayMs(range, attempt), AbortSignal.any([signal, wake.signal]));
		attempt++;
	}
}

/** Holds an operator out while the engine is followed; its requests end with the connection. */
async function operateWhile(
	held: Held,
	base: {
		readonly connection: EngineConnection;
		readonly clock: Clock;
		readonly timings: EngineTimings;
		readonly signal: AbortSignal;
	},
	follow: (onReady: (handle: EngineHandle) => void) => Promise<void>,
): Promise<void> {
	const {connection, clock, timings} = base;
	const life = new AbortController();
	const signal = AbortSignal.any([base.signal, life.signal]);
	try {
		await follow(({refresh, isHung}) => {
			held.refresh = refresh;
			held.operator = createEngineOperator({...connection, clock, timings, signal, isHung});
		});
	} finally {
		held.operator = null;
		life.abort();
		connection.close();
	}
}
