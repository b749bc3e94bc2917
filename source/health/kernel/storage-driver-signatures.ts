/** Trouble of the layers the engine stacks images on: thin pools and overlay. */
import type {KernelSignature} from './first-cut-signature.ts';

export const storageDriverSignatures: readonly KernelSignature[] = [
	{
		id: 'thin-pool-failed',
		severity: 'critical',
		category: 'storage-driver',
		title: 'thin pool failed or read-only',
		literals: ['device-mapper: '],
		patterns: [
			/device-mapper: thin: (?<subject>\d+:\d+): (?:switching pool to (?:read-only|fail)|unable to service pool target messages in READ_ONLY or FAIL mode|unable to switch pool to write mode until repaired)/,
			/device-mapper: thin: (?<subject>\d+:\d+): (?:No free metadata blocks|metadata operation '\S+' failed|aborting current metadata transaction)/,
			/device-mapper: space map metadata: unable to allocate new metadata block/,
		],
		settlesAfterHours: null,
		meaning:
			'The pool that holds every image and container can no longer be written, often because its metadata is full. The engine can create and delete nothing.',
		advice:
			'Stop the engine; `lvs -a` shows data and metadata use; extend the metadata (`lvextend --poolmetadatasize`) and repair with `lvconvert --repair`.',
		source: 'linux drivers/md/dm-thin.c; moby#26015, stratisd#914',
		examples: [
			{text: 'device-mapper: thin: 253:4: switching pool to read-only mode', origin: 'linux drivers/md/dm-thin.c'},
			{
				text: "device-mapper: thin: 253:5: metadata operation 'dm_thin_insert_block' failed: error = -28",
				origin: 'stratisd#914',
			},
			{
				text: 'device-mapper: space map metadata: unable to allocate new metadata block',
				origin: 'linux drivers/md/persistent-data/dm-space-map-metadata.c',
			},
		],
	},
	{
		id: 'thin-pool-full',
		severity: 'critical',
		category: 'storage-driver',
		title: 'thin pool out of space',
		literals: ['device-mapper: thin: ', 'critical space allocation error, dev '],
		patterns: [
			/device-mapper: thin: (?<subject>\d+:\d+): (?:switching pool to out-of-data-space|no free (?:data )?space available)/,
			/critical space allocation error, dev (?<subject>[\w-]+)/,
		],
		settlesAfterHours: null,
		meaning: 'No blocks are left: writers wait 60 s and then get errors; the containers’ file systems go read-only.',
		advice:
			'Extend the pool at once (`lvextend`) or free images (`docker image prune`); `docker info` shows Data Space Available. Plan the move to overlay2.',
		source: 'linux drivers/md/dm-thin.c, block/blk-core.c; kubeswift#614 (60 s)',
		examples: [
			{
				text: 'device-mapper: thin: 253:4: switching pool to out-of-data-space (queue IO) mode',
				origin: 'linux drivers/md/dm-thin.c',
			},
			{text: 'critical space allocation error, dev dm-4, sector 12345', origin: 'linux 6.1 block/blk-core.c'},
		],
	},
	{
		id: 'thin-pool-low',
		severity: 'warning',
		category: 'storage-driver',
		title: 'thin pool low on space',
		literals: ['reached low water mark for '],
		patterns: [/device-mapper: thin: (?<subject>\d+:\d+): reached low water mark for (?:data|metadata) device/],
		settlesAfterHours: null,
		meaning: 'The pool passed its low water mark. The kernel says so once; the next words come when it is full.',
		advice: 'Extend the pool or free images now: `docker info | grep Space`, `lvs -a`.',
		source: 'linux drivers/md/dm-thin.c; lxd#10959',
		examples: [
			{
				text: 'device-mapper: thin: 253:4: reached low water mark for data device: sending event.',
				origin: 'linux drivers/md/dm-thin.c',
			},
		],
	},
	{
		id: 'overlay-without-d-type',
		severity: 'critical',
		category: 'storage-driver',
		title: 'overlay on a file system without d_type',
		literals: ['upper fs needs to support d_type', 'upper fs does not support d_type'],
		patterns: [/overlayfs: upper fs (?:needs to|does not) support d_type/],
		settlesAfterHours: null,
		meaning:
			'The engine’s root is on XFS formatted with ftype=0 (or ext without filetype): deleted files come back, builds break.',
		advice:
			'Move the engine’s root to XFS formatted with `-n ftype=1`, or to ext4. Check with `xfs_info /var/lib/docker | grep ftype`.',
		source: 'linux fs/overlayfs/super.c; moby#10294, moby#27358',
		examples: [{text: 'overlayfs: upper fs needs to support d_type.', origin: 'moby#10294'}],
	},
];
