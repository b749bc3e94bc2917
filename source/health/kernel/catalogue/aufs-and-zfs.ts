/** aufs and ZFS, both from outside the kernel. */
import type {KernelSignature} from '../signature.ts';

export const aufsAndZfsSignatures: readonly KernelSignature[] = [
	{
		id: 'aufs-in-use',
		severity: 'info',
		category: 'storage-driver',
		title: 'aufs is in use',
		literals: ['dirperm1 breaks the protection'],
		patterns: [/aufs au_opts_verify:\d+:\S{1,60}: dirperm1 breaks the protection/],
		via: 'aufs',
		settlesAfterHours: 24,
		meaning:
			'The words are harmless. They show that containers lie on aufs, which crashes some kernels and which Engine 24 no longer has.',
		advice: 'Nothing for this line; plan the move to overlay2 (save what matters, change storage-driver, pull again).',
		source: 'aufs fs/aufs/opts.c; node-problem-detector problems/au_opts_verify; moby#21081',
		examples: [
			{
				text: 'aufs au_opts_verify:1570:docker[0000]: dirperm1 breaks the protection by the permission bits on the lower branch',
				origin: 'node-problem-detector kernel_log_generator/problems/au_opts_verify',
			},
		],
	},
	{
		id: 'aufs-warning',
		severity: 'warning',
		category: 'storage-driver',
		title: 'aufs: {detail}',
		literals: ['aufs '],
		patterns: [/\baufs \w{1,60}:\d+:[^:\s]{1,60}\[\d+\]: (?<detail>.{1,120})/],
		vetoes: [/dirperm1 breaks|uid\/gid\/perm/],
		via: 'aufs',
		settlesAfterHours: 24,
		meaning: 'aufs met something it did not expect. Nobody mends it any more for current engines.',
		advice: 'Compare with the disk errors of that time; move this host to overlay2.',
		source: 'aufs fs/aufs/debug.h (prefix of all its messages); moby#3744',
		examples: [
			{text: 'aufs au_plink_lkup:0:docker[1]: I/O Error, failed creating', origin: 'shape of moby#3744'},
			{
				text: 'aufs au_lkup_neg:243:docker[3188]: I/O Error, b0 should be negative on lookup',
				origin: 'shape of moby#3744, aufs fs/aufs/dentry.c',
			},
		],
	},
	{
		id: 'zfs-suspended',
		severity: 'critical',
		category: 'storage-driver',
		title: 'ZFS pool {subject} stands still: its devices failed',
		literals: ['has encountered an uncorrectable I/O failure'],
		patterns: [/Pool '(?<subject>[^']{1,80})' has encountered an uncorrectable I\/O failure and has been suspended/],
		via: 'zfs',
		settlesAfterHours: null,
		meaning: 'Too many devices of the pool are gone, so ZFS holds every request back until somebody decides.',
		advice:
			'See `zpool status -v`. Bring the devices back, then `zpool clear POOL`; if commands hang, only a reboot frees them.',
		source: 'openzfs module/zfs/zio.c zio_suspend; openzfs/zfs#8234',
		examples: [
			{
				text: "WARNING: Pool 'ost08' has encountered an uncorrectable I/O failure and has been suspended.",
				origin: 'openzfs/zfs#8234',
			},
		],
	},
	{
		id: 'zfs-panic',
		severity: 'critical',
		category: 'storage-driver',
		title: 'ZFS stopped on an assertion< ({place})>',
		literals: ['VERIFY', 'PANIC at ', 'PANIC: zfs: ', 'SPLError: ', 'SPL PANIC'],
		patterns: [
			/PANIC at (?<place>\w{1,60}\.c:\d+):\w{1,80}\(\)/,
			/\bVERIFY3?\w{0,3}\(.{1,300}\) failed/,
			/PANIC: zfs: |SPLError: |SPL PANIC/,
		],
		via: 'zfs',
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'A check of ZFS failed and its thread waits for ever. The kernel runs on, yet requests to that pool do not return.',
		advice:
			'Reboot. Update ZFS, then `zpool scrub POOL`; if it stops again while importing, import with `-F` or read-only.',
		source: 'openzfs module/os/linux/spl/spl-err.c spl_panic; openzfs/zfs#17812, openzfs/zfs#1303',
		examples: [
			{
				text: 'PANIC: zfs: adding existent segment to range tree (offset=13a2a000 size=1000)',
				origin: 'openzfs module/zfs/range_tree.c (format)',
			},
			{text: 'PANIC at range_tree.c:503:zfs_range_tree_remove_impl()', origin: 'openzfs/zfs#17812'},
			{text: 'VERIFY3(rs_get_start(rs, rt) <= start) failed (61440 <= 57344)', origin: 'openzfs (format)'},
		],
	},
	{
		id: 'zfs-vdev-error',
		severity: 'warning',
		category: 'storage-driver',
		title: 'ZFS pool {pool}: errors of {subject}',
		literals: ['zio pool='],
		patterns: [/zio pool=(?<pool>\S{1,80}) vdev=(?<subject>\S{1,160}) error=(?<error>\d+)/],
		via: 'zfs',
		settlesAfterHours: 24,
		meaning: 'One request to this device failed. With redundancy the pool mends it from another copy.',
		advice: 'See `zpool status -v` and `smartctl -a` of the device; replace it when the counts grow: `zpool replace`.',
		source: 'openzfs module/os/linux/zfs/vdev_disk.c vdev_disk_error',
		examples: [
			{
				text: 'zio pool=mypassport vdev=/dev/sdc1 error=5 type=1 offset=4000742645760 size=8192 flags=721601',
				origin: 'Proxmox log',
			},
		],
	},
];
