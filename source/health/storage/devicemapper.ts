/** devicemapper: where its pool lies, how full it is, and what it leaves behind. Its sizes are the engine’s. */
import {formatBytes, formatRatio} from '../../support/format.ts';
import {isEl7} from './kernel-release.ts';
import type {PoolSpace, ThinPool} from './pool-facts.ts';
import type {StorageFacts} from './storage-facts.ts';
import type {StorageEvidence, StorageRule} from './storage-rule.ts';
import {speaksIf} from './storage-rule.ts';
import {isWithin, parseVersionRange} from './version-range.ts';

const drivers = ['devicemapper'];
const laterLinux4 = parseVersionRange('>=4.12 <5');
const debian8 = parseVersionRange('>=3.16 <3.17');

/** Metadata fails harder than data, and earlier. The ratios, and the count, are our choice. */
const dataRatios = {warning: 0.8, critical: 0.9};
const metadataRatios = {warning: 0.7, critical: 0.85};
const manyDeletedDevices = 10;

const dataMeaning =
	'When the pool is full, writers wait 60 s and then get errors; containers’ file systems go read-only.';
const dataAdvice =
	'Remove what is not used (`docker image prune -a`, stopped containers), or extend the pool: `lvextend -L +50G VG/POOL`. Plan the move to overlay2.';
const metadataMeaning = 'When the metadata is full, the whole pool goes read-only and must be repaired offline.';
const metadataAdvice = 'Extend it: `lvextend --poolmetadatasize +1G VG/POOL`. Plan the move to overlay2.';

export const devicemapperRules: readonly StorageRule[] = [
	{
		id: 'storage-driver-known-to-panic',
		drivers,
		severity: 'critical',
		when: 'Debian’s Linux 3.16.0-4',
		applies: ({kernel}) =>
			speaksIf(kernel?.vendor === 'debian' && isWithin(kernel.version, debian8) && kernel.build[0] === 4),
		summary: 'devicemapper on Debian’s Linux 3.16.0-4: known to divide by zero',
		meaning:
			'The thin pool’s code of this kernel divides by zero when it sets its limits (pool_io_hints); the kernel stops there.',
		advice:
			'Upgrade the kernel: `sudo apt-get install linux-image-amd64` of a later Debian, then reboot; and move to overlay2.',
		source: 'node-problem-detector problems/divide_zero',
	},
	{
		id: 'storage-driver-loopback',
		drivers,
		severity: 'critical',
		when: '`Data loop file` is named, or `Data file` is /dev/loopN',
		applies: ({thinPool}) =>
			thinPool === null || thinPool.loopFile === null ? null : [`Data loop file: ${thinPool.loopFile}`],
		summary: 'devicemapper on loopback files',
		meaning:
			'The thin pool lies in a sparse file (loop-lvm): slow, and it never gives space back to the file system it fills. Docker says not to run it in production.',
		advice:
			'Move to overlay2, or to devicemapper on a volume of its own (direct-lvm): "dm.directlvm_device=/dev/DISK" among storage-opts.',
		source: 'Docker manual, device mapper driver; moby daemon/info.go fillDriverWarnings',
	},
	{
		id: 'thin-pool-data-filling',
		drivers,
		severity: 'critical',
		when: 'data 90 % full, or less free than `Thin Pool Minimum Free Space`',
		applies: ({thinPool}) =>
			thinPool !== null && isBelowMinimum(thinPool)
				? dataLines(thinPool)
				: fuller(thinPool, thinPool?.data, dataRatios.critical, dataLines),
		summary: ({thinPool}) => `thin pool data ${filled(thinPool?.data)}`,
		meaning: dataMeaning,
		advice: dataAdvice,
		source: 'moby deviceset.go dm.min_free_space; moby#20272, #9659; the ratio is our choice',
		subject: poolName,
	},
	{
		id: 'thin-pool-data-filling',
		drivers,
		severity: 'warning',
		when: 'data 80 % full',
		applies: ({thinPool}) => fuller(thinPool, thinPool?.data, dataRatios.warning, dataLines),
		summary: ({thinPool}) => `thin pool data ${filled(thinPool?.data)}`,
		meaning: dataMeaning,
		advice: dataAdvice,
		source: 'moby#20272, #9659; the ratio is our choice',
		subject: poolName,
	},
	{
		id: 'thin-pool-metadata-filling',
		drivers,
		severity: 'critical',
		when: 'metadata 85 % full',
		applies: ({thinPool}) => fuller(thinPool, thinPool?.metadata, metadataRatios.critical, metadataLines),
		summary: ({thinPool}) => `thin pool metadata ${filled(thinPool?.metadata)}`,
		meaning: metadataMeaning,
		advice: metadataAdvice,
		source: 'stratisd#914; moby#26015; the ratio is our choice',
		subject: poolName,
	},
	{
		id: 'thin-pool-metadata-filling',
		drivers,
		severity: 'warning',
		when: 'metadata 70 % full',
		applies: ({thinPool}) => fuller(thinPool, thinPool?.metadata, metadataRatios.warning, metadataLines),
		summary: ({thinPool}) => `thin pool metadata ${filled(thinPool?.metadata)}`,
		meaning: metadataMeaning,
		advice: metadataAdvice,
		source: 'stratisd#914; moby#26015; the ratio is our choice',
		subject: poolName,
	},
	{
		id: 'storage-driver-without-udev-sync',
		drivers,
		severity: 'critical',
		when: '`Udev Sync Supported: false`',
		applies: ({thinPool}) => (thinPool?.udevSync === 'false' ? ['Udev Sync Supported: false'] : null),
		summary: 'devicemapper without udev sync: risks data',
		meaning: 'The engine cannot wait for udev to create its devices; it warns itself that this leads to data loss.',
		advice: 'Install the engine from packages (dynamically linked) instead of a static binary, or move to overlay2.',
		source: 'moby daemon/graphdriver/devmapper/deviceset.go; moby#4036, #10944',
	},
	{
		id: 'thin-pool-deletions-waiting',
		drivers,
		severity: 'warning',
		when: '`Deferred Deleted Device Count` of 10 or more',
		applies: ({thinPool}) => {
			const count = thinPool?.deferredDeletedCount ?? 0;
			return count >= manyDeletedDevices ? [`Deferred Deleted Device Count: ${count}`] : null;
		},
		summary: ({thinPool}) => `thin pool: ${thinPool?.deferredDeletedCount ?? 0} removed devices still in use`,
		meaning:
			'Containers were removed, but something still has their file systems mounted, so that their space does not come back. Other services’ private mounts do that.',
		advice: 'Find who holds them: `sudo grep -l devicemapper/mnt /proc/[0-9]*/mountinfo`; restart those services.',
		source: 'moby#27381, #36055; the count is our choice',
		subject: poolName,
	},
	{
		id: 'thin-pool-removal-not-deferred',
		drivers,
		severity: 'warning',
		when: '`Deferred Removal Enabled: false` on RHEL 7',
		applies: ({thinPool, kernel}) =>
			thinPool?.deferredRemoval === 'false' && isEl7(kernel) ? ['Deferred Removal Enabled: false'] : null,
		summary: 'devicemapper without deferred removal',
		meaning:
			'A device that anything still holds cannot be removed: "device or resource busy", and containers stay dead.',
		advice:
			'Set "dm.use_deferred_removal=true" and "dm.use_deferred_deletion=true" among storage-opts in /etc/docker/daemon.json, and restart the engine.',
		source: 'moby#27381, #36055, #23589',
		subject: poolName,
	},
	{
		id: 'devicemapper-xfs-on-linux-4-12',
		drivers,
		severity: 'warning',
		when: 'Linux 4.12 and later 4.x with XFS on the pool’s devices (Red Hat’s kernels are not judged by version)',
		applies: ({thinPool, kernel}) =>
			thinPool?.deviceFilesystem === 'xfs' && kernel?.vendor !== 'red-hat' && isWithin(kernel?.version, laterLinux4)
				? ['Backing Filesystem: xfs']
				: null,
		summary: ({kernel}) => `devicemapper with XFS on Linux ${kernel?.text ?? ''}: I/O errors reported`,
		meaning:
			'From Linux 4.12 on, XFS on thin devices was reported to fail with I/O errors, so that containers do not start.',
		advice: 'Move to overlay2, which this kernel has; or use "dm.fs=ext4" among storage-opts for a new pool.',
		source: 'moby#34283',
	},
];

function isBelowMinimum({dataAvailableBytes, minimumFreeBytes}: ThinPool): boolean {
	return dataAvailableBytes !== null && minimumFreeBytes !== null && dataAvailableBytes < minimumFreeBytes;
}

function fuller(
	pool: ThinPool | null,
	space: PoolSpace | null | undefined,
	ratio: number,
	lines: (pool: ThinPool) => StorageEvidence,
): StorageEvidence | null {
	if (pool === null || space === null || space === undefined) return null;
	return space.usedBytes / space.totalBytes >= ratio ? lines(pool) : null;
}

function filled(space: PoolSpace | null | undefined): string {
	return space === null || space === undefined
		? 'nearly full'
		: `${formatRatio(space.usedBytes / space.totalBytes)} full`;
}

function dataLines({data, dataAvailableBytes, minimumFreeBytes}: ThinPool): StorageEvidence {
	return [
		...(data === null ? [] : [`Data Space Used: ${formatBytes(data.usedBytes)} of ${formatBytes(data.totalBytes)}`]),
		...(dataAvailableBytes === null ? [] : [`Data Space Available: ${formatBytes(dataAvailableBytes)}`]),
		...(minimumFreeBytes === null ? [] : [`Thin Pool Minimum Free Space: ${formatBytes(minimumFreeBytes)}`]),
	];
}

function metadataLines({metadata}: ThinPool): StorageEvidence {
	if (metadata === null) return [];
	return [`Metadata Space Used: ${formatBytes(metadata.usedBytes)} of ${formatBytes(metadata.totalBytes)}`];
}

function poolName({thinPool}: StorageFacts): string {
	return thinPool?.name ?? 'thin pool';
}
