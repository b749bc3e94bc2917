/** The file systems of this machine under the engine's roots and `/`, with bytes and inodes. */
import {readFile, realpath, statfs} from 'node:fs/promises';
import type {Filesystem, FilesystemRole} from '../model/readings.ts';
import {sanitiseLine} from '../support/sanitise.ts';

/** Null: there is none, or it is not known. */
export type LocalRoots = {readonly engineRoot: string | null; readonly containerdRoot: string | null};

type Mount = {
	readonly mountPoint: string;
	readonly device: string;
	readonly type: string;
	readonly readOnly: boolean;
};

/** One entry per mount point, `/` first; paths that do not exist are left out. */
export async function readLocalFilesystems(roots: LocalRoots): Promise<readonly Filesystem[]> {
	const mounts = await readMounts();
	const wanted: readonly (readonly [string | null, FilesystemRole])[] = [
		['/', 'root'],
		[roots.engineRoot, 'engine-root'],
		[roots.containerdRoot, 'containerd-root'],
	];
	const found = new Map<string, {readonly mount: Mount; readonly roles: FilesystemRole[]}>();
	for (const [path, role] of wanted) {
		const mount = path === null ? null : await findMount(path, mounts);
		if (mount === null) continue;
		const entry = found.get(mount.mountPoint);
		if (entry === undefined) found.set(mount.mountPoint, {mount, roles: [role]});
		else entry.roles.push(role);
	}
	return Promise.all([...found.values()].map(({mount, roles}) => measure(mount, roles)));
}

async function findMount(path: string, mounts: readonly Mount[]): Promise<Mount | null> {
	const real = await realpath(path).catch(() => null);
	if (real === null) return null;
	const covers = ({mountPoint}: Mount): boolean =>
		mountPoint === '/' || real === mountPoint || real.startsWith(`${mountPoint}/`);
	// Of mounts at the same place the last one hides the others.
	return mounts
		.filter(covers)
		.reduce<Mount | null>(
			(best, mount) => (best === null || mount.mountPoint.length >= best.mountPoint.length ? mount : best),
			null,
		);
}

async function measure(mount: Mount, roles: readonly FilesystemRole[]): Promise<Filesystem> {
	const facts = await statfs(mount.mountPoint);
	const hasInodes = facts.files > 0;
	return {
		mountPoint: sanitiseLine(mount.mountPoint, 500),
		device: sanitiseLine(mount.device, 200),
		type: sanitiseLine(mount.type, 60),
		roles,
		readOnly: mount.readOnly,
		sizeBytes: facts.blocks * facts.bsize,
		usedBytes: (facts.blocks - facts.bfree) * facts.bsize,
		availableBytes: facts.bavail * facts.bsize,
		inodesTotal: hasInodes ? facts.files : null,
		inodesUsed: hasInodes ? facts.files - facts.ffree : null,
	};
}

/** systeminformation takes overlay mounts for read-only ones on Linux, so there the kernel is asked. */
async function readMounts(): Promise<readonly Mount[]> {
	const table = await readFile('/proc/self/mounts', 'utf8').catch(() => null);
	if (table !== null) return parseMounts(table);
	const {fsSize} = await import('systeminformation');
	const listed = await fsSize();
	return listed.map(({mount, fs, type, rw}) => ({mountPoint: mount, device: fs, type, readOnly: rw === false}));
}

/** proc_pid_mounts(5): fields split by spaces, with spaces, tabs, newlines and backslashes as `\040` and the like. */
export function parseMounts(table: string): readonly Mount[] {
	return table.split('\n').flatMap((line): Mount[] => {
		const [device, mountPoint, type, options] = line
			.split(' ')
			.map((field) => field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8))));
		if (device === undefined || mountPoint === undefined || type === undefined || options === undefined) return [];
		return [{mountPoint, device, type, readOnly: options.split(',').includes('ro')}];
	});
}
