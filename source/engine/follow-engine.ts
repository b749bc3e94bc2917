/** Follows a connected engine, events, list, heartbeat and details side by side, until the connection to it breaks. */
import type {LadderError} from '../model/ladder-error.ts';
import type {Reading} from '../model/reading.ts';
import type {Container, EngineInfo, ImageTotals} from '../model/readings.ts';
import type {Clock} from '../support/clock.ts';
import type {EngineConnection} from './connect-engine.ts';
import {engineError} from './describe-engine-trouble.ts';
import type {EngineFault} from './engine-fault.ts';
import type {EngineTimings} from './engine-timings.ts';
import {createInfoHang} from './info-hang.ts';
import {createHangWatch} from './hang-watch.ts';
import {openEvents} from './open-events.ts';
import type {EngineStreamEvent} from './parse-event.ts';
import {watchContainers, type ContainersWatch} from './watch-containers.ts';
import {watchDetails, type DetailsWatch} from './watch-details.ts';
import {watchHeartbeat} from './watch-heartbeat.ts';

export type EngineHandle = {
	/** Reads everything again now. */
	readonly refresh: () => void;
	readonly isHung: () => boolean;
};

export type FollowEngineOptions = {
	readonly connection: EngineConnection;
	readonly clock: Clock;
	readonly timings: EngineTimings;
	readonly signal: AbortSignal;
	readonly known: readonly Container[];
	readonly onRung: (reached: 'ping' | 'list' | 'info') => void;
	readonly onBroken: (error: LadderError) => void;
	readonly onContainers: (containers: readonly Container[]) => void;
	readonly onInfo: (reading: Reading<EngineInfo>) => void;
	readonly onImages: (reading: Reading<ImageTotals>) => void;
	/** Receives what the engine can be asked with from now on, until the following ends. */
	readonly onReady: (handle: EngineHandle) => void;
};

/** Resolves when the connection broke or the signal aborted; rejects with `LadderError` when the list is an error. */
export async function followEngine(options: FollowEngineOptions): Promise<void> {
	const own = new AbortController();
	const {promise: over, resolve: end, reject} = Promise.withResolvers<void>();
	const onAbort = (): void => end();
	options.signal.addEventListener('abort', onAbort, {once: true});
	if (options.signal.aborted) end();
	const onFault = (fault: EngineFault): void => {
		if (fault.kind === 'http' || fault.kind === 'malformed') reject(engineError('list', fault));
		else end();
	};
	startParts(options, AbortSignal.any([options.signal, own.signal]), onFault, onAbort);
	try {
		await over;
	} finally {
		own.abort();
		options.signal.removeEventListener('abort', onAbort);
	}
}

function startParts(
	options: FollowEngineOptions,
	signal: AbortSignal,
	onFault: (fault: EngineFault) => void,
	onEventsEnd: () => void,
): void {
	const {clock, timings, known, onRung, onBroken, onInfo, onImages} = options;
	const {client, apiVersion, via} = options.connection;
	const base = {client, clock, timings, signal, onFault};
	const shown = createShownList(options, () => hang.isHung());
	let details: DetailsWatch | null = null;

	const infoHang = createInfoHang({onRung, onBroken, isHung: () => hang.isHung()});
	const hang = createHangWatch({
		onRung: infoHang.onRung,
		onBroken,
		checkPing: () => heartbeat.check(),
		onReturn: () => refresh(),
	});
	const onAnswer = (): void => {
		shown.confirm();
		hang.pingAnswered();
	};
	const runErrand = (): boolean => details?.runErrand() === true || containers.runErrand();
	const heartbeat = watchHeartbeat({...base, runErrand, onLate: hang.pingLate, onAnswer});
	const onHeard = (): void => {
		heartbeat.heard();
		shown.confirmOld();
	};
	const onContainers = (list: readonly Container[], isListed: boolean): void => {
		heartbeat.heard();
		if (isListed) hang.listAnswered();
		shown.show(list);
		if (isListed) details ??= watchDetails({...base, ...infoHang, via, isHung: hang.isHung, onHeard, onInfo, onImages});
	};
	const containers = watchContainers({...base, known, onLate: hang.listLate, onContainers});
	const refresh = (): void => {
		heartbeat.check();
		containers.resync();
		details?.refresh();
	};
	const onEvent = (event: EngineStreamEvent | null): void => {
		heartbeat.heard();
		hear(event, containers, details);
	};
	listenThenList(options, signal, containers.resync, (onOpen) =>
		openEvents({client, apiVersion, signal, onOpen, onEvent, onEnd: onEventsEnd}),
	);
	options.onReady({refresh, isHung: hang.isHung});
}

function hear(event: EngineStreamEvent | null, containers: ContainersWatch, details: DetailsWatch | null): void {
	if (event === null || event.type === 'container') containers.apply(event);
	else if (event.type === 'image') details?.imagesChanged();
	else if (event.type === 'daemon') details?.engineReloaded();
}

type ShownList = {
	show(list: readonly Container[]): void;
	/** With events flowing and the engine alive, the list is as true now as when it was read. */
	confirm(): void;
	/** As `confirm`, for answers that come in a ping's place; those that come with a list say nothing new. */
	confirmOld(): void;
};

function createShownList({clock, timings, onContainers}: FollowEngineOptions, isHung: () => boolean): ShownList {
	let latest: readonly Container[] | null = null;
	let shownAt = Number.NEGATIVE_INFINITY;
	const show = (list: readonly Container[]): void => {
		latest = list;
		shownAt = clock.now();
		onContainers(list);
	};
	const confirm = (): void => {
		if (latest !== null && !isHung()) show(latest);
	};
	return {
		show,
		confirm,
		confirmOld() {
			if (clock.now() - shownAt >= timings.heartbeatMs) confirm();
		},
	};
}

/** The list is asked for once events flow, so that no change falls between the two, but not later than this. */
function listenThenList(
	{clock, timings}: FollowEngineOptions,
	signal: AbortSignal,
	list: () => void,
	listen: (onOpen: () => void) => void,
): void {
	let isListed = false;
	const listOnce = (): void => {
		cancel();
		if (!isListed && !signal.aborted) list();
		isListed = true;
	};
	const cancel = clock.schedule(timings.eventsOpenMs, listOnce);
	signal.addEventListener('abort', () => cancel(), {once: true});
	listen(listOnce);
}
