/** Follows a connected engine, events, list, heartbeat and details side by side, until the connection to it breaks. */
import type {LadderError} from '../model/ladder-error.ts';
import type {Reading} from '../model/reading.ts';
import type {Container, EngineInfo, ImageTotals} from '../model/readings.ts';
import type {Clock} from '../support/clock.ts';
import type {EngineConnection} from './connect-engine.ts';
import {engineError} from './describe-engine-trouble.ts';
import type {EngineFault} from './engine-fault.ts';
import type {EngineTimings} from './engine-timings.ts';
import {createHangWatch} from './hang-watch.ts';
import {openEvents} from './open-events.ts';
import type {EngineStreamEvent} from './parse-event.ts';
import {watchContainers} from './watch-containers.ts';
import {watchDetails} from './watch-details.ts';
import {watchHeartbeat} from './watch-heartbeat.ts';

export type FollowEngineOptions = {
	readonly connection: EngineConnection;
	readonly clock: Clock;
	readonly timings: EngineTimings;
	readonly signal: AbortSignal;
	readonly known: readonly Container[];
	readonly onRung: (reached: 'ping' | 'list') => void;
	readonly onBroken: (error: LadderError) => void;
	readonly onContainers: (containers: readonly Container[]) => void;
	readonly onInfo: (reading: Reading<EngineInfo>) => void;
	readonly onImages: (reading: Reading<ImageTotals>) => void;
	/** Receives the function that reads everything again now. */
	readonly onReady: (refresh: () => void) => void;
};

/** Resolves when the connection broke or the signal aborted; rejects with `LadderError` when the list is an error. */
export async function followEngine(options: FollowEngineOptions): Promise<void> {
	const {connection, clock, timings} = options;
	const {client, apiVersion, via} = connection;
	const own = new AbortController();
	const signal = AbortSignal.any([options.signal, own.signal]);
	const {promise: over, resolve: end, reject} = Promise.withResolvers<void>();
	const onAbort = (): void => end();
	options.signal.addEventListener('abort', onAbort, {once: true});
	if (options.signal.aborted) end();
	const onFault = (fault: EngineFault): void => {
		if (fault.kind === 'http' || fault.kind === 'malformed') reject(engineError('list', fault));
		else end();
	};
	const base = {client, clock, timings, signal, onFault};

	const hang = createHangWatch({
		onRung: options.onRung,
		onBroken: options.onBroken,
		checkPing: () => heartbeat.check(),
		onReturn: () => refresh(),
	});
	const heartbeat = watchHeartbeat({
		...base,
		onLate: hang.pingLate,
		onAnswer() {
			hang.pingAnswered();
			// With events flowing and the engine alive, the list is as true now as when it was read.
			if (latest && !hang.isHung()) options.onContainers(latest);
		},
	});
	let latest: readonly Container[] | null = null;
	const containers = watchContainers({
		...base,
		known: options.known,
		onLate: hang.listLate,
		onContainers(list, isListed) {
			heartbeat.heard();
			latest = list;
			if (isListed) hang.listAnswered();
			options.onContainers(list);
			if (isListed) details ??= watchDetails({...base, ...detailsOptions});
		},
	});
	let details: ReturnType<typeof watchDetails> | null = null;
	const detailsOptions = {
		via,
		isHung: hang.isHung,
		onHeard: heartbeat.heard,
		onInfo: options.onInfo,
		onImages: options.onImages,
	};
	const refresh = (): void => {
		heartbeat.check();
		containers.resync();
		details?.refresh();
	};
	const onEvent = (event: EngineStreamEvent | null): void => {
		heartbeat.heard();
		if (event === null || event.type === 'container') containers.apply(event);
		else if (event.type === 'image') details?.imagesChanged();
		else if (event.type === 'daemon') details?.engineReloaded();
	};

	let isListening = false;
	const startList = (): void => {
		if (!isListening) containers.resync();
		isListening = true;
	};
	const cancelWait = clock.schedule(timings.eventsOpenMs, startList);
	openEvents({client, apiVersion, signal, onOpen: startList, onEvent, onEnd: () => end()});
	options.onReady(refresh);
	try {
		await over;
	} finally {
		cancelWait();
		own.abort();
		options.signal.removeEventListener('abort', onAbort);
	}
}
