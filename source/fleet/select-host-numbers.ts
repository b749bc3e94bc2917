/** Single numbers of a host, for cells and for sorting; null where they are not known. */
import {engineRootOf, usedRatio} from '../health/filesystem-usage.ts';
import type {Container, Filesystem} from '../model/readings.ts';

/** Share in use, 0..1, of the file system with the engine's data; null when not known. */
export function selectEngineRootRatio(filesystems: readonly Filesystem[]): number | null {
	const holder = engineRootOf(filesystems);
	return holder === null ? null : usedRatio(holder);
}

/** The file system with the engine's data; null when none is known. */
export const selectEngineRoot: (filesystems: readonly Filesystem[]) => Filesystem | null = engineRootOf;

/** Share in use, 0..1; null for a file system without size. */
export const selectUsedRatio: (filesystem: Filesystem) => number | null = usedRatio;

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
