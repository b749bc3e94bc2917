/** Asks the probe for vitals every few seconds; each answer also proves that the host is alive. */
import {parseVitals} from '../collectors/vitals.ts';
import type {Probe} from '../collectors/probe.ts';
import type {HostEvent} from '../fleet/fleet-event.ts';
import {readLocalVitals} from '../local/read-local-vitals.ts';
import type {Vitals} from '../model/readings.ts';
import type {Clock} from '../support/clock.ts';
import {repeat, type Watch} from './repeat.ts';
import {readingFailure} from './reading-failure.ts';

export type VitalsOptions = {
	readonly probe: Probe;
	readonly local: boolean;
	readonly cpuCount: number | null;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly emit: (event: HostEvent) => void;
	/** Each answer proves that the host's shell is alive. */
	readonly onAnswer: () => void;
};

/** How often a host is asked, and how long one answer may take before the host counts as silent. */
const everyMs = 5000;
const timeoutMs = 5000;

export function watchVitals({probe, local, cpuCount, clock, signal, emit, onAnswer}: VitalsOptions): Watch {
	const read = async (): Promise<Vitals> =>
		local ? readLocalVitals() : parseVitals(await probe.ask('vitals', [], timeoutMs), cpuCount);
	return repeat({clock, signal, everyMs}, async () => {
		try {
			const value = await read();
			onAnswer();
			emit({kind: 'reading', name: 'vitals', reading: {kind: 'ok', value, at: clock.now()}});
		} catch (error) {
			if (signal.aborted) return;
			emit({
				kind: 'reading',
				name: 'vitals',
				reading: {kind: 'failed', reason: readingFailure(error), at: clock.now()},
			});
		}
	});
}
