/** Watches an engine and waits for what is said of it. */
import type {EngineAccess} from '../../source/engine/engine-route.ts';
import {watchEngine, type EngineEvent, type EngineTimings} from '../../source/engine/watch-engine.ts';
import type {LadderError} from '../../source/model/ladder-error.ts';
import type {Container} from '../../source/model/readings.ts';
import {systemClock, type Clock} from '../../source/support/clock.ts';
import {createSocketTransport, type SocketTransport} from './socket-transport.ts';

export type Watching = {
	readonly events: EngineEvent[];
	readonly transport: SocketTransport;
	/** Resolves with the first event, already there or to come, that fits. */
	when<T extends EngineEvent['kind']>(
		kind: T,
		fits?: (event: Extract<EngineEvent, {kind: T}>) => boolean,
	): Promise<Extract<EngineEvent, {kind: T}>>;
	whenBroken(code: string): Promise<LadderError>;
	whenContainers(fits: (containers: readonly Container[]) => boolean): Promise<readonly Container[]>;
	whenReached(rung: string): Promise<void>;
	/** Forgets what was said so far. */
	forget(): void;
	refresh(): void;
	end(): Promise<void>;
};

/** Nothing is late on a busy machine unless a test says so; a test of a hang names the patience that it tries. */
const quick: Partial<EngineTimings> = {
	heartbeatMs: 60,
	relistDelayMs: 10,
	relistEveryMs: 30,
	retry: {firstMs: 10, capMs: 30},
	retrySlowly: {firstMs: 10, capMs: 30},
};

export function watch(
	access: Partial<EngineAccess>,
	timings: Partial<EngineTimings> = {},
	transport: SocketTransport = createSocketTransport(),
	clock: Clock = systemClock,
): Watching {
	const events: EngineEvent[] = [];
	const waiting = new Set<() => void>();
	const stop = new AbortController();
	const watching = watchEngine({
		transport,
		access: {dockerHost: null, sockets: [], programs: [], sudo: 'no', ...access},
		clock,
		signal: stop.signal,
		timings: {...quick, ...timings},
		emit(event) {
			events.push(event);
			for (const check of waiting) check();
		},
	});
	const when: Watching['when'] = (kind, fits = () => true) =>
		new Promise((resolve) => {
			const check = (): void => {
				const found = events.find((event) => event.kind === kind && fits(event as never));
				if (!found) return;
				waiting.delete(check);
				resolve(found as never);
			};
			waiting.add(check);
			check();
		});
	return {
		events,
		transport,
		when,
		whenBroken: async (code) => (await when('broken', (event) => event.error.code === code)).error,
		async whenContainers(fits) {
			const event = await when('containers', ({reading}) => reading.kind === 'ok' && fits(reading.value));
			return event.reading.kind === 'ok' ? event.reading.value : [];
		},
		whenReached: async (rung) => void (await when('rung', (event) => event.reached === rung)),
		forget: () => void events.splice(0),
		refresh: () => watching.refresh(),
		async end() {
			stop.abort();
			await watching.done;
		},
	};
}
