/** XFS. */
import type {KernelSignature} from '../signature.ts';

const repairAdvice =
	'Move the work away, unmount, run `xfs_repair -n` and then `xfs_repair` on the device; look at the disk or pool below it first.';

export const xfsSignatures: readonly KernelSignature[] = [
	{
		id: 'xfs-shutdown',
		severity: 'critical',
		category: 'filesystem',
		title: 'XFS on {subject} shut itself down',
		literals: ['hutting down filesystem', 'Filesystem has been shut down', 'log I/O error'],
		patterns: [
			/XFS \((?<subject>[^\s)]{1,60})\): (?:.{0,300}[Ss]hutting down filesystem|Filesystem has been shut down|log I\/O error)/,
		],
		part: 'filesystem',
		rank: 3,
		settlesAfterHours: null,
		meaning: 'XFS met an error it must not go on with. Until it is unmounted and mounted again, every access fails.',
		advice: repairAdvice,
		source:
			'linux fs/xfs/xfs_fsops.c xfs_do_force_shutdown, xfs_log.c; siderolabs/talos#14162, node-problem-detector#845',
		examples: [
			{
				text: 'XFS (sda4): Corruption of in-memory data (0x8) detected at xfs_defer_finish_noroll+0x323/0x450 (fs/xfs/libxfs/xfs_defer.c:721).  Shutting down filesystem.',
				origin: 'siderolabs/talos#14162',
			},
			{
				text: 'XFS (dm-3): I/O Error Detected. Shutting down filesystem',
				origin: 'linux 3.10 fs/xfs/xfs_fsops.c (format)',
			},
			{text: 'XFS (nvme0n1p3): log I/O error -5', origin: 'linux fs/xfs/xfs_log.c (format)'},
		],
	},
	{
		id: 'xfs-corruption',
		severity: 'critical',
		category: 'filesystem',
		title: 'XFS on {subject} is damaged',
		literals: ['Internal error', 'Corruption ', 'Metadata ', 'Unmount and run xfs_repair'],
		patterns: [
			/XFS \((?<subject>[^\s)]{1,60})\): (?:Internal error|Corruption (?:detected|warning)|Metadata (?:corruption|CRC error) detected|Unmount and run xfs_repair)/,
		],
		part: 'filesystem',
		rank: 2,
		settlesAfterHours: null,
		meaning: 'XFS read structures from the disk that contradict their checksums or themselves.',
		advice: repairAdvice,
		source: 'linux fs/xfs/xfs_error.c; coreos/fedora-coreos-tracker#784',
		examples: [
			{
				text: 'XFS (vda4): Metadata corruption detected at xfs_buf_ioend+0x162/0x570 [xfs], xfs_inode block 0x2f9460 xfs_inode_buf_verify',
				origin: 'coreos/fedora-coreos-tracker#784',
			},
			{
				text: 'XFS (dm-2): Internal error XFS_WANT_CORRUPTED_GOTO at line 1635 of file fs/xfs/libxfs/xfs_alloc.c.  Caller xfs_free_extent+0xf9/0x130 [xfs]',
				origin: 'linux 3.10 fs/xfs/xfs_error.c (format)',
			},
		],
	},
	{
		id: 'xfs-io-error',
		severity: 'critical',
		category: 'filesystem',
		title: 'XFS on {subject} cannot reach its metadata',
		literals: ['): metadata I/O error'],
		patterns: [/XFS \((?<subject>[^\s)]{1,60})\): metadata I\/O error/],
		part: 'filesystem',
		rank: 1,
		settlesAfterHours: null,
		meaning:
			'Reads or writes of the filesystem’s own structures fail. The device or the thin pool below is broken or full.',
		advice: 'Find what is below (`lsblk -s /dev/…`) and its first error; repair that before the filesystem.',
		source: 'linux fs/xfs/xfs_buf.c xfs_buf_ioerror_alert; moby#34283',
		examples: [
			{
				text: 'XFS (dm-11): metadata I/O error: block 0x2 ("xfs_trans_read_buf_map") error 5 numblks 1',
				origin: 'moby#34283',
			},
			{
				text: 'XFS (sdb1): metadata I/O error in "xfs_trans_read_buf_map" at daddr 0x2 len 1 error 5',
				origin: 'linux 4.19 fs/xfs/xfs_buf.c (format)',
			},
		],
	},
	{
		id: 'xfs-agfl-reset',
		severity: 'warning',
		category: 'filesystem',
		title: 'XFS on {subject} corrected a list of free blocks',
		literals: ['): WARNING: Reset corrupted AGFL'],
		patterns: [/XFS \((?<subject>[^\s)]{1,60})\): WARNING: Reset corrupted AGFL/],
		settlesAfterHours: 48,
		meaning:
			'An inconsistency, known after moving between kernel versions, was put right; a few blocks are lost to use.',
		advice: 'No hurry: run `xfs_repair` when the filesystem can be unmounted.',
		source: 'linux fs/xfs/libxfs/xfs_alloc.c xfs_agfl_reset',
		examples: [
			{
				text: 'XFS (loop4): WARNING: Reset corrupted AGFL on AG 0. 1 blocks leaked. Please unmount and run xfs_repair.',
				origin: 'syzkaller testdata/linux/report/739',
			},
		],
	},
	{
		id: 'xfs-kmem-deadlock',
		severity: 'critical',
		category: 'filesystem',
		title: 'XFS waits for memory it does not get< ({task})>',
		literals: ['possible memory allocation deadlock'],
		patterns: [/XFS(?: \([^)]{1,60}\))?: (?:(?<task>[\w./:-]{1,40})\(\d+\) )?possible memory allocation deadlock/],
		settlesAfterHours: 24,
		meaning:
			'XFS needs one large piece of memory for a badly fragmented file. Whoever writes there stands still meanwhile.',
		advice:
			'For the moment `echo 3 > /proc/sys/vm/drop_caches` helps. Then copy the fragmented file anew (often the loop file of devicemapper), and upgrade the kernel.',
		source: 'linux fs/xfs/kmem.c kmem_alloc',
		examples: [
			{
				text: 'XFS: dockerd(1234) possible memory allocation deadlock size 65552 in kmem_alloc (mode:0x2408240)',
				origin: 'linux fs/xfs/kmem.c (format)',
			},
			{
				text: 'XFS: possible memory allocation deadlock in kmem_alloc (mode:0x250)',
				origin: 'linux 3.10 fs/xfs/kmem.c (format)',
			},
		],
	},
	{
		id: 'xfs-v4',
		severity: 'info',
		category: 'filesystem',
		title: 'XFS on {subject} has the old on-disk format',
		literals: ['Deprecated V4 format (crc=0)'],
		patterns: [/XFS \((?<subject>[^\s)]{1,60})\): Deprecated V4 format \(crc=0\)/, /Deprecated V4 format \(crc=0\)/],
		settlesAfterHours: 24,
		meaning: 'It was made long ago, without checksums and perhaps without d_type, which overlay needs.',
		advice: 'If containers live on it, check `xfs_info MOUNTPOINT | grep ftype`: with ftype=0 plan to make it anew.',
		source: 'linux fs/xfs/xfs_super.c',
		examples: [
			{
				text: 'XFS (sda1): Deprecated V4 format (crc=0) will not be supported after September 2030.',
				origin: 'linux fs/xfs/xfs_super.c (format)',
			},
		],
	},
];
