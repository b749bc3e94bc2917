/**
 * Reads what changes rarely: the engine's description, then its images, one request after the other, again after a
 * change and from time to time. A failure here says nothing about the ladder.
 */
import type {FailedReading, Reading, ReadingFailure} from '../model/reading.ts';
import type {EngineInfo, ImageTotals} from '../model/readings.ts';
import type {Clock} from '../support/clock.ts';
import type {EngineClient} from './engine-client.ts';
import {EngineFault} from './engine-fault.ts';
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
	readonly onInfo: (reading: Reading<EngineInfo>) => void;
	readonly onImages: (reading: Reading<ImageTotals>) => void;
};

export type DetailsWatch = {
	/** Reads both again as soon as the one in flight has ended. */
	refresh(): void;
	imagesChanged(): void;
	engineReloaded(): void;
};

type Detail = {dueAt: number; lastAt: number; read(): Promise<boolean>; readonly everyMs: number};

export function watchDetails(options: DetailsOptions): DetailsWatch {
	const {client, clock, timings, signal} = options;
	let isReading = false;
	let cancel = (): void => {};

	const read = async <T>(
		ask: (signal: AbortSignal) => Promise<T>,
		lateMs: number,
		emit: (reading: Reading<T>) => void,
	): Promise<boolean> => {
		const late = {code: 'timeout', message: `the engine did not answer within ${Math.round(lateMs / 1000)} s`} as const;
		const onLate = (): void => emit({kind: 'failed', reason: late, at: clock.now()});
		try {
			const value = await requestPatiently(ask, {clock, signal, lateMs, giveUpMs: timings.giveUpMs, onLate});
			options.onHeard();
			emit({kind: 'ok', value, at: clock.now()});
			return true;
		} catch (error) {
			if (!(error instanceof EngineFault)) throw error;
			if (!signal.aborted) emit(failedReading(error, clock.now()));
			return false;
		}
	};
	const askInfo = async (own: AbortSignal): Promise<EngineInfo> => {
		const version = await client.getJson('/version', {}, own);
		return mapEngineInfo(version, await client.getJson('/info', {}, own), options.via);
	};
	const askImages = async (own: AbortSignal): Promise<ImageTotals> =>
		mapImageTotals(await client.getJson('/images/json', {}, own));
	const info: Detail = {
		...{dueAt: clock.now(), lastAt: Number.NEGATIVE_INFINITY, everyMs: timings.infoEveryMs},
		read: () => read(askInfo, timings.infoMs, options.onInfo),
	};
	const images: Detail = {
		...{dueAt: clock.now(), lastAt: Number.NEGATIVE_INFINITY, everyMs: timings.imagesResyncMs},
		read: () => read(askImages, timings.imagesMs, options.onImages),
	};

	const wake = (): void => {
		cancel();
		if (isReading || signal.aborted) return;
		const next = info.dueAt <= images.dueAt ? info : images;
		const delayMs = options.isHung() ? timings.heartbeatMs : Math.max(0, next.dueAt - clock.now());
		cancel = clock.schedule(delayMs, () => (options.isHung() ? wake() : void run(next)));
	};
	const run = async (detail: Detail): Promise<void> => {
		isReading = true;
		detail.dueAt = Number.POSITIVE_INFINITY;
		const isRead = await detail.read();
		isReading = false;
		detail.lastAt = clock.now();
		detail.dueAt = Math.min(detail.dueAt, detail.lastAt + (isRead ? detail.everyMs : timings.infoRetryMs));
		wake();
	};
	const hurry = (detail: Detail, at: number): void => {
		detail.dueAt = Math.min(detail.dueAt, at);
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
	};
}

function failedReading(fault: EngineFault, at: number): FailedReading {
	return {kind: 'failed', reason: {code: failureCode(fault), message: fault.message}, at};
}

function failureCode(fault: EngineFault): ReadingFailure['code'] {
	switch (fault.kind) {
		case 'timeout':
		case 'malformed':
		case 'refused':
		case 'lost':
			return fault.kind;
		case 'missing':
			return 'not-found';
		case 'forbidden':
			return 'not-permitted';
		case 'http':
			return 'refused';
		case 'aborted':
			return 'lost';
	}
}
