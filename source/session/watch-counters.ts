/** Asks the probe every minute for what the kernel counts; see `model/kernel-counters.ts`. */
import {createCounterTrail} from '../collectors/counter-trail.ts';
import {parseCounters} from '../collectors/parse-counters.ts';
import type {Probe} from '../collectors/probe.ts';
import type {HostEvent} from '../fleet/fleet-event.ts';
import type {Clock} from '../support/clock.ts';
import {readingFailure} from './reading-failure.ts';
import {repeat, type Watch} from './repeat.ts';

export type CountersOptions = {
	readonly probe: Probe;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly emit: (event: HostEvent) => void;
};

const everyMs = 60_000;

export function watchCounters({probe, clock, signal, emit}: CountersOptions): Watch {
	const follow = createCounterTrail();
	return repeat({clock, signal, everyMs}, async () => {
		try {
			const answer = await probe.ask('counters');
			const at = clock.now();
			emit({
				kind: 'reading',
				name: 'kernelCounters',
				reading: {kind: 'ok', value: follow(parseCounters(answer, at), at), at},
			});
		} catch (error) {
			if (signal.aborted) return;
			emit({
				kind: 'reading',
				name: 'kernelCounters',
				reading: {kind: 'failed', reason: readingFailure(error), at: clock.now()},
			});
		}
	});
}
