/** What overlayfs says about the directories containers are mounted from. */
import type {KernelSignature} from '../signature.ts';

export const overlaySignatures: readonly KernelSignature[] = [
	{
		id: 'overlay-dtype',
		severity: 'critical',
		category: 'storage-driver',
		title: 'Overlay on a filesystem without d_type (XFS made with ftype=0)',
		literals: ['overlayfs: upper fs needs to support d_type'],
		patterns: [/overlayfs: upper fs needs to support d_type/],
		via: 'overlay2',
		settlesAfterHours: null,
		meaning:
			'The filesystem below does not tell overlay what kind a directory entry is. Deleted files come back, builds fail oddly.',
		advice:
			'Check `xfs_info` of the data root for ftype=0; make that filesystem anew with `mkfs.xfs -n ftype=1` and pull the images again.',
		source: 'linux fs/overlayfs/super.c ovl_make_workdir; moby#10294, moby#31321',
		examples: [
			{text: 'overlayfs: upper fs needs to support d_type.', origin: 'moby#10294 (4.9)'},
			{text: 'overlayfs: upper fs needs to support d_type. This is an invalid configuration.', origin: 'moby#31321'},
		],
	},
	{
		id: 'overlay-inuse',
		severity: 'warning',
		category: 'storage-driver',
		title: 'Overlay {subject} is already in use by another mount',
		literals: ['overlayfs: '],
		patterns: [/overlayfs: (?<subject>upperdir|workdir|lowerdir) is in-use/],
		via: 'overlay2',
		settlesAfterHours: 24,
		meaning:
			'The same directory serves two mounts: one leaked, or an engine older than 19.03.3 runs on kernel 5.2 and later.',
		advice:
			'Upgrade the engine. Else find who holds the mount: `grep -l overlay2/ID /proc/[0-9]*/mountinfo`, and restart that process.',
		source: 'linux fs/overlayfs/super.c ovl_report_in_use; docker/for-linux#711, moby#34672, moby#39475',
		examples: [
			{text: 'overlayfs: lowerdir is in-use as upperdir/workdir', origin: 'docker/for-linux#711'},
			{
				text: "overlayfs: upperdir is in-use by another mount, mount with '-o index=off' to override exclusive upperdir protection.",
				origin: 'moby#34672',
			},
		],
	},
	{
		id: 'overlay-readonly-work',
		severity: 'critical',
		category: 'storage-driver',
		title: 'Overlay cannot write: the filesystem below fails, is full or read-only',
		literals: ["overlayfs: cleanup of '", 'overlayfs: failed to create directory ', 'overlayfs: upper fs is r/o'],
		patterns: [
			/overlayfs: cleanup of '[^']{0,200}' failed \(-(?:5|28|30)\)/,
			/overlayfs: failed to create directory .{1,200}mounting read-only/,
			/overlayfs: upper fs is r\/o/,
		],
		via: 'overlay',
		settlesAfterHours: 24,
		meaning: 'Overlay only passes on what the filesystem of the data root answers (-5 error, -28 full, -30 read-only).',
		advice: 'Look at that filesystem: `findmnt -T /var/lib/docker`, `df -h`, `df -i`, and for disk errors in this log.',
		source: 'linux fs/overlayfs/dir.c ovl_cleanup, super.c; coreos/bugs#1309',
		examples: [
			{
				text: 'overlayfs: failed to create directory /var/lib/docker/overlay2/1f3e/work/work (errno: 30); mounting read-only',
				origin: 'linux fs/overlayfs/super.c (format)',
			},
			{text: "overlayfs: cleanup of 'work/#ffff88005c618000' failed (-30)", origin: 'coreos/bugs#1309'},
			{text: 'overlayfs: upper fs is r/o, try multi-lower layers mount', origin: 'linux fs/overlayfs/super.c (format)'},
		],
	},
	{
		id: 'overlay-stale',
		severity: 'warning',
		category: 'storage-driver',
		title: 'Overlay layers are not those it was made with',
		literals: ['overlayfs: '],
		patterns: [
			/overlayfs: (?:failed to verify|orphan index entry|bad index found|invalid (?:origin|index)|try deleting index dir|failed inode index lookup)/,
		],
		via: 'overlay',
		settlesAfterHours: 24,
		meaning:
			'Lower directories were copied or restored, or their disk changed, since the upper one was made. Containers see stale handles.',
		advice:
			'Make the containers concerned anew. Do not copy a data root between disks while the engine or index=on is in use.',
		source: 'linux fs/overlayfs/super.c, namei.c ovl_verify_set_fh',
		examples: [
			{text: 'overlayfs: failed to verify upper root origin', origin: 'linux fs/overlayfs/super.c (format)'},
			{
				text: 'overlayfs: orphan index entry (index/0000fb1d, ftype=4000, nlink=2)',
				origin: 'linux fs/overlayfs/namei.c (format)',
			},
		],
	},
	{
		id: 'overlay-resolve',
		severity: 'warning',
		category: 'storage-driver',
		title: 'A layer for an overlay mount is missing< ({path})>',
		literals: ['overlayfs: '],
		patterns: [
			/overlayfs: failed to resolve '(?<path>[^']{0,200})': -?\d+/,
			/overlayfs: (?:missing '?(?:lowerdir|workdir|upperdir)|empty lowerdir)/,
			/overlayfs: '(?<path>[^']{1,200})' not a directory/,
		],
		via: 'overlay',
		settlesAfterHours: 24,
		meaning:
			'A directory that a mount names does not exist: the data root is damaged, or something in a container mounts by itself.',
		advice: 'If containers fail to start, remove and pull their image again; if many do, make the data root anew.',
		source: 'linux fs/overlayfs/super.c ovl_mount_dir_noesc, params.c',
		examples: [
			{text: "overlayfs: missing 'lowerdir'", origin: 'linux fs/overlayfs/super.c (format)'},
			{text: "overlayfs: './upper' not a directory", origin: 'linux fs/overlayfs/super.c (format)'},
			{text: "overlayfs: failed to resolve './file1': -2", origin: 'syzkaller testdata/linux/report/282'},
		],
	},
	{
		id: 'overlay-unsupported',
		severity: 'warning',
		category: 'storage-driver',
		title: 'This filesystem cannot carry overlay< ({path})>',
		literals: ["overlayfs: filesystem on '", 'overlayfs: upper fs ', 'overlayfs: unrecognized mount option'],
		patterns: [
			/overlayfs: filesystem on '(?<path>[^']{1,200})' not supported/,
			/overlayfs: upper fs (?:missing required features|does not support (?:RENAME_WHITEOUT|xattr))/,
			/overlayfs: unrecognized mount option/,
		],
		vetoes: [/"(?:userxattr|volatile|metacopy|index|redirect_dir|xino)/, /falling back to/],
		via: 'overlay',
		settlesAfterHours: 24,
		meaning: 'The data root lies on something overlay cannot use: NFS, another overlay, old FUSE, ZFS before 2.2.',
		advice:
			'Put the data root on ext4 or XFS (ftype=1), or choose another storage driver; `findmnt -T /var/lib/docker` shows what it is on.',
		source: 'linux fs/overlayfs/super.c ovl_mount_dir_check, ovl_make_workdir',
		examples: [
			{
				text: 'overlayfs: unrecognized mount option "nfs_export=on" or missing value',
				origin: 'linux fs/overlayfs/super.c (format)',
			},
			{
				text: "overlayfs: filesystem on '/var/lib/docker' not supported as upperdir",
				origin: 'linux fs/overlayfs/super.c (format)',
			},
			{text: 'overlayfs: upper fs missing required features.', origin: 'linux fs/overlayfs/super.c (format)'},
		],
	},
];
