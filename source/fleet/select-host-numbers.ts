/** Single numbers of a host, for cells and for sorting; null where they are not known. */
import type {Container, Filesystem} from '../model/readings.ts';

/** Share of the root file system in use as `df` counts it, 0..1: used of what an ordinary account could use. */
export function selectRootRatio(filesystems: readonly Filesystem[]): number | null {
	const root =
		filesystems.find((filesystem) => filesystem.roles.includes('root')) ??
		filesystems.find((filesystem) => filesystem.mountPoint === '/');
	return root === undefined ? null : selectUsedRatio(root);
}

/** Share in use, 0..1; null for a file system without size. */
export function selectUsedRatio(filesystem: Filesystem): number | null {
	const usable = filesystem.usedBytes + filesystem.availableBytes;
	return usable > 0 ? filesystem.usedBytes / usable : null;
}

/** Share of inodes in use, 0..1; null where the file system has no fixed table. */
export function selectInodeRatio(filesystem: Filesystem): number | null {
	const {inodesTotal, inodesUsed} = filesystem;
	return inodesTotal === null || inodesUsed === null || inodesTotal === 0 ? null : inodesUsed / inodesTotal;
}

export function selectRunningCount(containers: readonly Container[]): number {
	let running = 0;
	for (const container of containers) if (container.state === 'running') running++;
	return running;
}
