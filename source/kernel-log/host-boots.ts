/** The boots of each host that a log names. */
import {createBootTracker, type BootTracker} from './boot-tracker.ts';

export type HostBoots = {
	/** `host` null where the log has named none. */
	of(host: string | null): BootTracker;
};

/** More hosts than these in one log share one count of boots. */
const hostLimit = 256;

export function createHostBoots(): HostBoots {
	const trackers = new Map<string | null, BootTracker>();
	return {
		of(host) {
			const key = trackers.size >= hostLimit && !trackers.has(host) ? null : host;
			// Lines that came before the host was named are its own.
			const unnamed = trackers.size === 1 && key !== null ? trackers.get(null) : undefined;
			if (unnamed) trackers.delete(null);
			const tracker = trackers.get(key) ?? unnamed ?? createBootTracker();
			trackers.set(key, tracker);
			return tracker;
		},
	};
}
