/** Being written. */
import type {KernelSignature} from '../signature.ts';

export const xfsSignatures: readonly KernelSignature[] = [
	{
		id: 'xfs-shutdown',
		severity: 'critical',
		category: 'filesystem',
		title: 'xfs shutdown[ {subject}][ {detail}]',
		literals: ['Filesystem has been shut down', 'hutting down filesystem', 'log I/O error'],
		patterns: [
			/XFS \((?<subject>\S+?)\): .*(?:[Ss]hutting down filesystem|Filesystem has been shut down|log I\/O error)/,
		],
		part: 'filesystem',
		rank: 3,
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{
				text: 'XFS (sda4): Corruption of in-memory data (0x8) detected at xfs_defer_finish_noroll+0x323/0x450 (fs/xfs/libxfs/xfs_defer.c:721).  Shutting down filesystem.',
				origin: '',
			},
		],
	},
	{
		id: 'xfs-corruption',
		severity: 'critical',
		category: 'filesystem',
		title: 'xfs corruption[ {subject}][ {detail}]',
		literals: ['Corruption ', 'Internal error', 'Metadata ', 'Unmount and run xfs_repair'],
		patterns: [
			/XFS \((?<subject>\S+?)\): (?:Internal error|Corruption (?:detected|warning)|Metadata (?:corruption|CRC error) detected|Unmount and run xfs_repair)/,
		],
		part: 'filesystem',
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{
				text: 'XFS (vda4): Metadata corruption detected at xfs_buf_ioend+0x162/0x570 [xfs], xfs_inode block 0x2f9460 xfs_inode_buf_verify',
				origin: '',
			},
		],
	},
	{
		id: 'xfs-io-error',
		severity: 'critical',
		category: 'filesystem',
		title: 'xfs io error[ {subject}][ {detail}]',
		literals: ['): metadata I/O error'],
		patterns: [/XFS \((?<subject>\S+?)\): metadata I\/O error/],
		part: 'filesystem',
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{text: 'XFS (dm-11): metadata I/O error: block 0x2 ("xfs_trans_read_buf_map") error 5 numblks 1', origin: ''},
		],
	},
	{
		id: 'xfs-agfl-reset',
		severity: 'warning',
		category: 'filesystem',
		title: 'xfs agfl reset[ {subject}][ {detail}]',
		literals: ['): WARNING: Reset corrupted AGFL'],
		patterns: [/XFS \((?<subject>\S+?)\): WARNING: Reset corrupted AGFL/],
		part: 'filesystem',
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{
				text: 'XFS (loop4): WARNING: Reset corrupted AGFL on AG 0. 1 blocks leaked. Please unmount and run xfs_repair.',
				origin: '',
			},
		],
	},
	{
		id: 'xfs-kmem-deadlock',
		severity: 'critical',
		category: 'filesystem',
		title: 'xfs kmem deadlock[ {subject}][ {detail}]',
		literals: ['possible memory allocation deadlock'],
		patterns: [/XFS.*possible memory allocation deadlock/],
		part: 'filesystem',
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{
				text: 'XFS: dockerd(1234) possible memory allocation deadlock size 65552 in kmem_alloc (mode:0x2408240)',
				origin: '',
			},
		],
	},
	{
		id: 'xfs-v4',
		severity: 'info',
		category: 'filesystem',
		title: 'xfs v4[ {subject}][ {detail}]',
		literals: ['Deprecated V4 format (crc=0)'],
		patterns: [/Deprecated V4 format \(crc=0\)/],
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{text: 'XFS (sda1): Deprecated V4 format (crc=0) will not be supported after September 2030.', origin: ''},
		],
	},
];
