/** Ticks while nothing else happens, so that age shows, and notices when this machine slept in between. */
import type {Clock} from '../support/clock.ts';

/** Findings about age are assessed this often when nothing else happens on a host. */
const ageCheckMs = 5000;

/** A timer this late was not held up: the machine slept, or its clock was set. */
const sleepMs = 30_000;

export type AgeListeners = {
	readonly onTick: (at: number) => void;
	/** Comes before the tick; `sleptMs` is how late that tick is. */
	readonly onSlept: (sleptMs: number) => void;
};

/** Returns what ends it. */
export function watchAges(clock: Clock, {onTick, onSlept}: AgeListeners): () => void {
	let lastCheckAt = clock.now();
	const check = (): void => {
		const at = clock.now();
		const lateMs = at - lastCheckAt - ageCheckMs;
		lastCheckAt = at;
		if (lateMs > sleepMs) onSlept(lateMs);
		onTick(at);
		cancel = clock.schedule(ageCheckMs, check);
	};
	let cancel = clock.schedule(ageCheckMs, check);
	return () => cancel();
}
