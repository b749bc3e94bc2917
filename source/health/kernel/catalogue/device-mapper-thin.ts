/** The thin pool under the devicemapper storage driver. */
import type {KernelSignature} from '../signature.ts';

const backToWriting = {
	literals: ['switching pool to write mode'],
	patterns: [/device-mapper: thin: (?<subject>\d+:\d+): switching pool to write mode/],
};

export const deviceMapperThinSignatures: readonly KernelSignature[] = [
	{
		id: 'dmthin-metadata-full',
		severity: 'critical',
		category: 'storage-driver',
		title: 'Thin pool< {subject}>: metadata full or damaged',
		literals: ['device-mapper: thin: ', 'device-mapper: space map metadata: '],
		patterns: [
			/device-mapper: thin: (?:(?<subject>\d+:\d+): )?(?:No free metadata blocks|Could not get free metadata blocks|reached low water mark for metadata device|metadata operation '[^']{1,60}' failed|aborting current metadata transaction|failed to (?:abort metadata|set 'needs_check'))/,
			/device-mapper: space map metadata: unable to allocate new metadata block/,
		],
		part: 'thin-pool',
		via: 'devicemapper',
		settlesAfterHours: null,
		meaning:
			'The pool cannot note where blocks belong. It turns read-only, and its notes may need a repair before it starts again.',
		advice:
			'Stop the engine. Enlarge with `lvextend --poolmetadatasize +1G POOL`, check with `lvconvert --repair POOL`; plan overlay2.',
		source: 'linux drivers/md/dm-thin.c, persistent-data/dm-space-map-metadata.c; stratis-storage/stratisd#914',
		examples: [
			{
				text: "device-mapper: thin: 253:5: metadata operation 'dm_thin_insert_block' failed: error = -28",
				origin: 'stratis-storage/stratisd#914',
			},
			{
				text: 'device-mapper: space map metadata: unable to allocate new metadata block',
				origin: 'linux drivers/md/persistent-data/dm-space-map-metadata.c (format)',
			},
		],
	},
	{
		id: 'dmthin-data-full',
		severity: 'critical',
		category: 'storage-driver',
		title: 'Thin pool< {subject}> is full',
		literals: ['device-mapper: thin: '],
		patterns: [
			/device-mapper: thin: (?:(?<subject>\d+:\d+): )?(?:switching pool to out-of-data-space|.{0,40}alloc_data_block\(\) failed|no free (?:data )?space available)/,
		],
		part: 'thin-pool',
		via: 'devicemapper',
		closedBy: backToWriting,
		settlesAfterHours: null,
		meaning: 'Writers wait a minute for room and then get errors; the filesystems of the containers turn read-only.',
		advice:
			'Enlarge the pool at once (`lvextend -L +20G POOL`) or free space: `docker system prune`. Then plan overlay2.',
		source: 'linux drivers/md/dm-thin.c set_pool_mode; moby#20272; the minute: kubeswift-io/kubeswift#614',
		examples: [
			{
				text: 'device-mapper: thin: 253:4: switching pool to out-of-data-space (queue IO) mode',
				origin: 'field log, the same in Proxmox logs',
			},
			{
				text: 'device-mapper: thin: 253:4: switching pool to out-of-data-space mode',
				origin: 'linux 3.10 drivers/md/dm-thin.c (format)',
			},
		],
	},
	{
		id: 'dmthin-readonly',
		severity: 'critical',
		category: 'storage-driver',
		title: 'Thin pool< {subject}> went read-only or failed',
		literals: ['device-mapper: thin: '],
		patterns: [
			/device-mapper: thin: (?:(?<subject>\d+:\d+): )?(?:switching pool to (?:read-only|fail)|unable to service pool target messages in READ_ONLY or FAIL mode|unable to switch pool to write mode until repaired|unable to grow the (?:data|metadata) device until repaired)/,
		],
		part: 'thin-pool',
		rank: 1,
		via: 'devicemapper',
		closedBy: backToWriting,
		settlesAfterHours: null,
		meaning: 'The engine can neither create nor remove a container or image on this pool.',
		advice:
			'Stop the engine, repair with `lvconvert --repair POOL` (or thin_repair). If that fails, make the storage anew with overlay2.',
		source: 'linux drivers/md/dm-thin.c set_pool_mode, pool_message; moby#26015',
		examples: [
			{
				text: 'device-mapper: thin: 253:0: unable to service pool target messages in READ_ONLY or FAIL mode',
				origin: 'moby#26015',
			},
			{
				text: 'device-mapper: thin: 253:4: switching pool to read-only mode',
				origin: 'linux drivers/md/dm-thin.c (format)',
			},
		],
	},
	{
		id: 'dmthin-lowwater',
		severity: 'warning',
		category: 'storage-driver',
		title: 'Thin pool< {subject}> is nearly full',
		literals: ['reached low water mark for data device'],
		patterns: [/device-mapper: thin: (?:(?<subject>\d+:\d+): )?reached low water mark for data device/],
		part: 'thin-pool',
		via: 'devicemapper',
		settlesAfterHours: 24,
		meaning: 'Free space fell below the mark that was set for a warning. The kernel says it once, not again.',
		advice:
			'Check `lvs -a -o+data_percent,metadata_percent`, then prune (`docker system prune`) or enlarge the pool today.',
		source: 'linux drivers/md/dm-thin.c check_low_water_mark; canonical/lxd#10959',
		examples: [
			{
				text: 'device-mapper: thin: 253:4: reached low water mark for data device: sending event.',
				origin: 'field log; canonical/lxd#10959',
			},
		],
	},
	{
		id: 'dm-mount-loop',
		severity: 'info',
		category: 'storage-driver',
		title: '{subject} was mounted',
		literals: [': Mounting V', ': mounted filesystem'],
		patterns: [/(?:XFS|EXT4-fs) \((?<subject>dm-\d+)\): (?:Mounting V\d Filesystem|mounted filesystem)/],
		storms: [
			{
				count: 5,
				withinSeconds: 600,
				severity: 'warning',
				title: '{subject} is mounted over and over: {count} times in {span}',
			},
			{
				count: 20,
				withinSeconds: 600,
				severity: 'warning',
				minSubjects: 4,
				title: 'devicemapper mounts without end: {count} times in {span}',
			},
		],
		settlesAfterHours: 24,
		meaning:
			'The devicemapper driver mounts a device for each operation on a container. An endless row of mounts is a known fault of old engines.',
		advice: 'If it goes on, restart the engine and upgrade it; better, move to overlay2.',
		source: 'linux fs/xfs/xfs_mount.c, fs/ext4/super.c; moby#20401',
		examples: [
			{text: 'XFS (dm-12): Mounting V4 Filesystem', origin: 'moby#20401'},
			{
				text: 'EXT4-fs (dm-3): mounted filesystem with ordered data mode. Opts: (null)',
				origin: 'linux fs/ext4/super.c (format)',
			},
		],
	},
];
