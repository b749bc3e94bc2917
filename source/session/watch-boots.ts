/** Reads what is left of earlier boots: once, when the host's present has been read, and again when a person asks for it. */
import {readBootEvidence, type BootEvidenceOptions} from '../collectors/boots/read-boot-evidence.ts';
import type {HostEvent} from '../fleet/fleet-event.ts';
import type {Transport} from '../model/transport.ts';
import type {Watch} from './repeat.ts';

export type WatchBootsOptions = BootEvidenceOptions & {
	readonly transport: Transport;
	/** How long to wait before the first reading. */
	readonly bootsRestMs?: number;
	readonly emit: (event: HostEvent) => void;
};

/** What the host is now comes first on the wire. */
const defaultRestMs = 3000;

export function watchBoots({transport, emit, bootsRestMs = defaultRestMs, ...options}: WatchBootsOptions): Watch {
	const {clock, signal} = options;
	let isReading = false;
	const read = (): void => {
		if (isReading || signal.aborted) return;
		isReading = true;
		void readBootEvidence(transport, options).then((reading) => {
			isReading = false;
			if (!signal.aborted) emit({kind: 'reading', name: 'boots', reading});
		});
	};
	const cancel = clock.schedule(bootsRestMs, read);
	signal.addEventListener('abort', cancel, {once: true});
	return {refresh: read};
}
