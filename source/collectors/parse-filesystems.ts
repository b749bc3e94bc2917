/** Joins `df`, `df -i` and the mount table into the file systems under the engine's roots, each once with its roles. */
import {ReadingError} from '../model/reading-error.ts';
import type {Filesystem, FilesystemRole} from '../model/readings.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import type {ProbeAnswer} from './answer-reader.ts';
import {parseDfTable, type DfRow} from './df-table.ts';
import {parseMounts, type Mount} from './mounts.ts';

const roleOrder: readonly FilesystemRole[] = ['root', 'engine-root', 'containerd-root', 'other'];

export type FilesystemRoots = {
	/** The engine's data directory; null while the engine has not said where it is. */
	readonly engineRoot: string | null;
	/** containerd's data directory; null when it is not to be looked at. */
	readonly containerdRoot: string | null;
};

/** The paths to ask about, in the order their roles are found again; each once. */
export function filesystemPaths(roots: FilesystemRoots): readonly string[] {
	return [...new Set(['/', roots.engineRoot, roots.containerdRoot].filter((path) => path !== null))];
}

/** Throws `ReadingError`: `unsupported` without a mount table (not Linux), `malformed` without a row that can be read. */
export function parseFilesystems(answer: ProbeAnswer, roots: FilesystemRoots): Filesystem[] {
	const mounts = parseMounts(answer.get('mounts') ?? '');
	if (mounts.length === 0) throw new ReadingError('unsupported', 'the host has no /proc/mounts: not Linux?');
	const rows = parseDfTable(answer.get('df') ?? '').filter((row) => row.total !== null);
	if (rows.length === 0) throw new ReadingError('malformed', 'df on the host printed nothing that can be read');
	const inodeRows = new Map(parseDfTable(answer.get('df-inodes') ?? '').map((row) => [row.mountPoint, row]));
	const rolesOf = findRoles(rows, roots);
	const byMountPoint = new Map<string, Filesystem>();
	rows.forEach((row, index) => {
		const known = byMountPoint.get(row.mountPoint);
		const roles = [...(known?.roles ?? []), ...rolesOf(index)];
		const found = known ?? mapFilesystem(row, inodeRows.get(row.mountPoint), findMount(mounts, row));
		byMountPoint.set(row.mountPoint, {...found, roles: [...new Set(roles)]});
	});
	return mergeBinds([...byMountPoint.values()]).map((filesystem) => ({
		...filesystem,
		roles: filesystem.roles.length === 0 ? ['other'] : roleOrder.filter((role) => filesystem.roles.includes(role)),
	}));
}

/**
 * One row per path tells which path a row answers even through symbolic links. Where `df` left a path out, the longest
 * mount point above the path has to do.
 */
function findRoles(rows: readonly DfRow[], roots: FilesystemRoots): (index: number) => readonly FilesystemRole[] {
	const paths = filesystemPaths(roots);
	const rowOf = (path: string): number => {
		if (rows.length === paths.length) return paths.indexOf(path);
		let best = -1;
		rows.forEach((row, index) => {
			const isLonger = best === -1 || row.mountPoint.length > (rows[best]?.mountPoint.length ?? 0);
			if (isLonger && isUnder(path, row.mountPoint)) best = index;
		});
		return best;
	};
	const wanted: [FilesystemRole, string | null][] = [
		['root', '/'],
		['engine-root', roots.engineRoot],
		['containerd-root', roots.containerdRoot],
	];
	const found = wanted.map(([role, path]) => ({role, index: path === null ? -1 : rowOf(path)}));
	return (index) => found.filter((entry) => entry.index === index).map((entry) => entry.role);
}

function isUnder(path: string, mountPoint: string): boolean {
	return mountPoint === '/' || path === mountPoint || path.startsWith(`${mountPoint}/`);
}

/** `df` prints `?` for control characters in a mount point. */
function findMount(mounts: readonly Mount[], row: DfRow): Mount | null {
	const isOn = (mount: Mount): boolean =>
		mount.mountPoint === row.mountPoint || mount.mountPoint.replace(/[\u0000-\u001F]/g, '?') === row.mountPoint;
	return mounts.findLast(isOn) ?? mounts.findLast((mount) => mount.device === row.device) ?? null;
}

/** btrfs and some network file systems report 0 inodes: they have no fixed table. */
function mapFilesystem(row: DfRow, inodes: DfRow | undefined, mount: Mount | null): Filesystem {
	const hasInodes = inodes !== undefined && inodes.total !== null && inodes.total > 0;
	return {
		mountPoint: sanitiseLine(row.mountPoint, 300),
		device: sanitiseLine(row.device, 300),
		type: mount === null ? 'unknown' : sanitiseLine(mount.type, 50),
		roles: [],
		readOnly: mount?.readOnly ?? false,
		sizeBytes: (row.total ?? 0) * 1024,
		usedBytes: (row.used ?? 0) * 1024,
		availableBytes: Math.max(0, row.available ?? 0) * 1024,
		inodesTotal: hasInodes ? inodes.total : null,
		inodesUsed: hasInodes ? inodes.used : null,
	};
}

/** A directory bound over itself is the same disk twice; findings about it should come once. */
function mergeBinds(filesystems: readonly Filesystem[]): Filesystem[] {
	const merged: Filesystem[] = [];
	for (const filesystem of filesystems) {
		const twin = merged.findIndex((other) => isSameDisk(other, filesystem));
		const known = merged[twin];
		if (known) merged[twin] = {...known, roles: [...new Set([...known.roles, ...filesystem.roles])]};
		else merged.push(filesystem);
	}
	return merged;
}

function isSameDisk(one: Filesystem, other: Filesystem): boolean {
	return (
		one.device.startsWith('/dev/') &&
		one.device === other.device &&
		one.sizeBytes === other.sizeBytes &&
		one.readOnly === other.readOnly
	);
}
