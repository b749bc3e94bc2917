/**
 * Asks an engine that has been silent for something, a ping unless something else is due, and says when it stops
 * answering and when it is back.
 */
import type {Clock} from '../support/clock.ts';
import type {EngineClient} from './engine-client.ts';
import type {EngineFault} from './engine-fault.ts';
import type {EngineTimings} from './engine-timings.ts';
import {requestPatiently} from './patient-request.ts';

export type HeartbeatOptions = {
	readonly client: EngineClient;
	readonly clock: Clock;
	readonly timings: EngineTimings;
	readonly signal: AbortSignal;
	/** Asks for something that is due and tells its answer by `heard`; false when nothing is due. */
	readonly runErrand: () => boolean;
	/** The ping is late and stays open. */
	readonly onLate: () => void;
	readonly onAnswer: () => void;
	/** The engine or the way to it is gone. */
	readonly onFault: (fault: EngineFault) => void;
};

export type Heartbeat = {
	/** The engine has just said something: no ping is needed for a while. */
	heard(): void;
	/** Pings now, unless a ping is under way. */
	check(): void;
};

export function watchHeartbeat(options: HeartbeatOptions): Heartbeat {
	const {clock, timings, signal} = options;
	let lastHeardAt = clock.now();
	let lastErrandAt = Number.NEGATIVE_INFINITY;
	let isAsking = false;
	let cancel = (): void => {};

	const sleep = (atLeastMs = 0): void => {
		cancel();
		const silentMs = clock.now() - lastHeardAt;
		cancel = clock.schedule(Math.max(atLeastMs, timings.heartbeatMs - silentMs), beat);
	};
	/** Errands keep their distance from each other even where events come all the time. */
	const beat = (): void => {
		const now = clock.now();
		if (now - lastErrandAt >= timings.heartbeatMs && options.runErrand()) {
			lastErrandAt = now;
			sleep(timings.errandMs);
		} else if (now - lastHeardAt < timings.heartbeatMs) sleep();
		else check();
	};
	const check = (): void => {
		if (isAsking || signal.aborted) return;
		isAsking = true;
		cancel();
		// The silence counts from the errand that got no answer.
		const spentMs = clock.now() - lastErrandAt;
		requestPing(options, spentMs < timings.pingMs ? timings.pingMs - spentMs : timings.pingMs).then(
			() => {
				isAsking = false;
				lastHeardAt = clock.now();
				options.onAnswer();
				sleep();
			},
			(fault: EngineFault) => {
				isAsking = false;
				if (!signal.aborted) options.onFault(fault);
			},
		);
	};
	signal.addEventListener('abort', () => cancel(), {once: true});
	sleep();
	return {
		heard() {
			lastHeardAt = clock.now();
		},
		check,
	};
}

function requestPing({client, clock, signal, timings, onLate}: HeartbeatOptions, lateMs: number): Promise<unknown> {
	const patience = {clock, signal, lateMs, giveUpMs: timings.giveUpMs, onLate};
	return requestPatiently((own) => client.get('/_ping', {}, own), patience);
}
