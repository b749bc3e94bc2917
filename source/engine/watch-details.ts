/**
 * Reads what changes rarely: the engine's description, then its images, one request after the other, again after a
 * change and from time to time. A failure here says nothing about the ladder.
 */
import type {FailedReading, Reading} from '../model/reading.ts';
import type {EngineInfo, ImageTotals} from '../model/readings.ts';
import type {Clock} from '../support/clock.ts';
import type {EngineClient} from './engine-client.ts';
import {EngineFault} from './engine-fault.ts';
import {failureCode} from './failure-of.ts';
import type {EngineTimings} from './engine-timings.ts';
import {mapEngineInfo} from './map-engine-info.ts';
import {mapImageTotals} from './map-images.ts';
import {requestPatiently} from './patient-request.ts';

export type DetailsOptions = {
	readonly client: EngineClient;
	readonly via: string;
	readonly clock: Clock;
	readonly timings: EngineTimings;
	readonly signal: AbortSignal;
	/** While true nothing new is asked. */
	readonly isHung: () => boolean;
	readonly onHeard: () => void;
	/** The description is late and stays asked for. */
	readonly onInfoLate: () => void;
	readonly onInfoAnswer: () => void;
	readonly onInfo: (reading: Reading<EngineInfo>) => void;
	readonly onImages: (reading: Reading<ImageTotals>) => void;
};

export type DetailsWatch = {
	/** Reads both again as soon as the one in flight has ended. */
	refresh(): void;
	imagesChanged(): void;
	engineReloaded(): void;
	/** Reads what is due from time to time, one thing; false when nothing is. */
	runErrand(): boolean;
};

/** `wantedAt` is when a change, or a person, asks for it; `dueAt` when it is old enough to be read again. */
type Detail = {
	wantedAt: number;
	dueAt: number;
	lastAt: number;
	readonly everyMs: number;
	readonly read: () => Promise<boolean>;
};

export function watchDetails(options: DetailsOptions): DetailsWatch {
	const {clock, timings, signal} = options;
	let isReading = false;
	let cancel = (): void => {};
	const fresh = {wantedAt: clock.now(), dueAt: Number.POSITIVE_INFINITY, lastAt: Number.NEGATIVE_INFINITY};
	const info: Detail = {...fresh, everyMs: timings.infoEveryMs, read: createInfoReader(options)};
	const images: Detail = {...fresh, everyMs: timings.imagesResyncMs, read: () => readImages(options)};

	const wake = (): void => {
		cancel();
		const next = info.wantedAt <= images.wantedAt ? info : images;
		if (isReading || signal.aborted || next.wantedAt === Number.POSITIVE_INFINITY) return;
		const delayMs = options.isHung() ? timings.heartbeatMs : Math.max(0, next.wantedAt - clock.now());
		cancel = clock.schedule(delayMs, () => (options.isHung() ? wake() : void run(next)));
	};
	const run = async (detail: Detail): Promise<void> => {
		cancel();
		isReading = true;
		detail.wantedAt = Number.POSITIVE_INFINITY;
		const isRead = await detail.read();
		isReading = false;
		detail.lastAt = clock.now();
		detail.dueAt = detail.lastAt + (isRead ? detail.everyMs : timings.infoRetryMs);
		wake();
	};
	const hurry = (detail: Detail, at: number): void => {
		detail.wantedAt = Math.min(detail.wantedAt, at);
		wake();
	};

	signal.addEventListener('abort', () => cancel(), {once: true});
	wake();
	return {
		refresh() {
			hurry(info, clock.now());
			hurry(images, clock.now());
		},
		// A pull sends several events and the sizes settle after it.
		imagesChanged: () => hurry(images, Math.max(clock.now() + 1000, images.lastAt + timings.imagesEveryMs)),
		engineReloaded: () => hurry(info, clock.now()),
		runErrand() {
			const next = [info, images].find(({dueAt}) => dueAt <= clock.now());
			if (next === undefined || isReading || options.isHung()) return false;
			void run(next);
			return true;
		},
	};
}

const silences: ReadonlySet<string | null> = new Set(['timeout', 'lost']);

function codeOf(reading: Reading<unknown>): string | null {
	return reading.kind === 'failed' ? reading.reason.code : null;
}

function createInfoReader(options: DetailsOptions): () => Promise<boolean> {
	const {client, timings, via} = options;
	/** An engine gets another version by starting anew, and that ends the connection. */
	let version: unknown = null;
	const ask = async (signal: AbortSignal): Promise<EngineInfo> => {
		version ??= await client.getJson('/version', {}, signal);
		return mapEngineInfo(version, await client.getJson('/info', {}, signal), via);
	};
	const emit = (reading: Reading<EngineInfo>): void => {
		// An error is an answer too: whatever hangs, it is not the description.
		if (reading.kind === 'ok' || !silences.has(codeOf(reading))) options.onInfoAnswer();
		options.onInfo(reading);
		if (codeOf(reading) === 'timeout') options.onInfoLate();
	};
	return () => readDetail(options, ask, timings.infoMs, emit);
}

function readImages(options: DetailsOptions): Promise<boolean> {
	const ask = async (signal: AbortSignal): Promise<ImageTotals> =>
		mapImageTotals(await options.client.getJson('/images/json', {}, signal));
	return readDetail(options, ask, options.timings.imagesMs, options.onImages);
}

/** True when it was read; a late answer is reported late first and as a value when it comes. */
async function readDetail<T>(
	{clock, timings, signal, onHeard}: DetailsOptions,
	ask: (signal: AbortSignal) => Promise<T>,
	lateMs: number,
	emit: (reading: Reading<T>) => void,
): Promise<boolean> {
	const late = {code: 'timeout', message: `the engine did not answer within ${Math.round(lateMs / 1000)} s`} as const;
	const onLate = (): void => emit({kind: 'failed', reason: late, at: clock.now()});
	try {
		const value = await requestPatiently(ask, {clock, signal, lateMs, giveUpMs: timings.giveUpMs, onLate});
		onHeard();
		emit({kind: 'ok', value, at: clock.now()});
		return true;
	} catch (error) {
		if (!(error instanceof EngineFault)) throw error;
		if (!signal.aborted) emit(failedReading(error, clock.now()));
		return false;
	}
}

function failedReading(fault: EngineFault, at: number): FailedReading {
	return {kind: 'failed', reason: {code: failureCode(fault), message: fault.message}, at};
}
