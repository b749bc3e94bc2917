/** How full a file system is, counted once for findings, board and report. */
import type {Filesystem} from '../model/readings.ts';

type Usage = Pick<Filesystem, 'usedBytes' | 'availableBytes'>;

/** Share in use as `df` counts it, 0..1: used of what an ordinary account could use; null for one without size. */
export function usedRatio({usedBytes, availableBytes}: Usage): number | null {
	const usable = usedBytes + availableBytes;
	return usable > 0 ? usedBytes / usable : null;
}

/** The file system with the engine's data, or the root file system where that is not known; null for neither. */
export function engineRootOf<F extends Pick<Filesystem, 'roles'>>(filesystems: readonly F[]): F | null {
	const holding = (role: Filesystem['roles'][number]): F | undefined =>
		filesystems.find(({roles}) => roles.includes(role));
	return holding('engine-root') ?? holding('root') ?? null;
}
