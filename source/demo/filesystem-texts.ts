/** `/proc/mounts` and `df` of a demo host, in the exact layout of GNU coreutils' `df -P`. */
import type {DemoHost} from './demo-host.ts';
import type {DemoFilesystem} from './host-plan.ts';

/** Bytes in use now; a growing file system stops at full. */
function usedBytesOf(filesystem: DemoFilesystem, host: DemoHost): number {
	const grown = (filesystem.growthBytesPerSecond * (host.clock.now() - host.startedAt)) / 1000;
	const usable = usableBytesOf(filesystem);
	const freed = filesystem === deepestAt(host.plan.filesystems, '/var/lib/docker') ? host.disk.freedBytes() : 0;
	return Math.max(0, Math.min(usable, Math.round(usable * filesystem.usedRatio + grown)) - freed);
}

/** ext4 keeps 5 % for root: df leaves it out of "available" and of the percentage. */
function usableBytesOf({type, sizeBytes}: DemoFilesystem): number {
	return type === 'ext4' ? Math.floor(sizeBytes * 0.95) : sizeBytes;
}

export function mountsText(host: DemoHost): string {
	const options = {ext4: 'rw,relatime,errors=remount-ro', xfs: 'rw,relatime,attr2,inode64,noquota'};
	const lines = [
		'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0',
		'sysfs /sys sysfs rw,nosuid,nodev,noexec,relatime 0 0',
		'udev /dev devtmpfs rw,nosuid,relatime 0 0',
		...host.plan.filesystems.map(
			({device, mountPoint, type}) =>
				`${device} ${mountPoint} ${type} ${type === 'xfs' ? options.xfs : options.ext4} 0 0`,
		),
		'tmpfs /run tmpfs rw,nosuid,nodev,noexec,relatime,mode=755 0 0',
	];
	return `${lines.join('\n')}\n`;
}

/** `df -Pk -- paths`: one row per path, in order; the probe asks for the nearest parent of a path that is not there. */
export function blocksText(host: DemoHost, paths: readonly string[]): string {
	const rows = filesystemsAt(host, paths).map((filesystem) => {
		const blocks = Math.floor(filesystem.sizeBytes / 1024);
		const used = Math.floor(usedBytesOf(filesystem, host) / 1024);
		const available = Math.max(0, Math.floor(usableBytesOf(filesystem) / 1024) - used);
		const percent = `${Math.ceil((used / (used + available)) * 100)}%`;
		return [filesystem.device, String(blocks), String(used), String(available), percent, filesystem.mountPoint];
	});
	return formatTable(['Filesystem', '1024-blocks', 'Used', 'Available', 'Capacity', 'Mounted on'], rows);
}

/** `df -Pi -- paths`. */
export function inodesText(host: DemoHost, paths: readonly string[]): string {
	const rows = filesystemsAt(host, paths).map(({device, mountPoint, inodesTotal, inodesUsedRatio}) => {
		const used = Math.round(inodesTotal * inodesUsedRatio);
		const percent = `${Math.ceil((used / inodesTotal) * 100)}%`;
		return [device, String(inodesTotal), String(used), String(inodesTotal - used), percent, mountPoint];
	});
	return formatTable(['Filesystem', 'Inodes', 'IUsed', 'IFree', 'IUse%', 'Mounted on'], rows);
}

function filesystemsAt(host: DemoHost, paths: readonly string[]): readonly DemoFilesystem[] {
	const {filesystems} = host.plan;
	if (paths.length === 0) return filesystems;
	return paths.flatMap((path) => deepestAt(filesystems, path) ?? []);
}

function deepestAt(filesystems: readonly DemoFilesystem[], path: string): DemoFilesystem | undefined {
	return filesystems
		.filter(({mountPoint}) => mountPoint === '/' || path === mountPoint || path.startsWith(`${mountPoint}/`))
		.sort((one, other) => other.mountPoint.length - one.mountPoint.length)[0];
}

function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
	if (rows.length === 0) return '';
	const table = [header, ...rows];
	const widths = header.map((_, column) =>
		Math.max(column === 0 ? 14 : 5, ...table.map((row) => (row[column] ?? '').length)),
	);
	const lines = table.map((row) =>
		row
			.map((cell, column) => {
				if (column === row.length - 1) return cell;
				return column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
			})
			.join(' '),
	);
	return `${lines.join('\n')}\n`;
}
