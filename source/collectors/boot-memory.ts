/** Remembers which boot's kernel log is followed, so that the log of the next boot is not taken for more of it. */
import type {KernelLogOpening} from './parse-opening.ts';

export type BootMemory = {
	/** `same` also where the host does not say which boot it is. */
	note(opening: KernelLogOpening): 'first' | 'same' | 'other';
	/** When this boot began, milliseconds since the epoch; null when unknown. It stands still though the host's clock steps. */
	bootedAtMs(): number | null;
};

/** `bootedAtMs` is that of the boot the connection was made in. */
export function createBootMemory(bootedAtMs: number | null): BootMemory {
	let boot: {readonly id: string | null; readonly bootedAtMs: number | null} | null = null;
	return {
		note(opening) {
			if (boot === null) {
				boot = {id: opening.bootId, bootedAtMs: bootedAtMs ?? opening.bootedAtMs};
				return 'first';
			}
			if (boot.id !== null && opening.bootId !== null && opening.bootId !== boot.id) {
				boot = {id: opening.bootId, bootedAtMs: opening.bootedAtMs};
				return 'other';
			}
			boot = {...boot, id: boot.id ?? opening.bootId};
			return 'same';
		},
		bootedAtMs: () => boot?.bootedAtMs ?? null,
	};
}
