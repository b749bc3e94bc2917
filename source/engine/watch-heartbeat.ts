/** Pings an engine that has been silent, and says when it stops answering and when it is back. */
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
	const {client, clock, timings, signal} = options;
	let lastHeardAt = clock.now();
	let isAsking = false;
	let cancel = (): void => {};

	const sleep = (): void => {
		cancel();
		const silentMs = clock.now() - lastHeardAt;
		cancel = clock.schedule(Math.max(0, timings.heartbeatMs - silentMs), () => {
			if (clock.now() - lastHeardAt < timings.heartbeatMs) sleep();
			else check();
		});
	};
	const check = (): void => {
		if (isAsking || signal.aborted) return;
		isAsking = true;
		cancel();
		requestPatiently((own) => client.get('/_ping', {}, own), {
			clock,
			signal,
			lateMs: timings.pingMs,
			giveUpMs: timings.giveUpMs,
			onLate: options.onLate,
		}).then(
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
