/** File systems that found damage or gave up. The subject is the device they are on. */
import type {KernelSignature} from './first-cut-signature.ts';

export const filesystemSignatures: readonly KernelSignature[] = [
	{
		id: 'filesystem-gave-up',
		severity: 'critical',
		category: 'disk',
		title: 'file system gave up writing',
		literals: [
			'Remounting filesystem read-only',
			'hutting down filesystem',
			'Filesystem has been shut down',
			'forced readonly',
			': log I/O error',
		],
		patterns: [
			/EXT[234]-fs \((?<subject>[^\s)]+)\): .*Remounting filesystem read-only/,
			/EXT[234]-fs \((?<subject>[^\s)]+)\): Remounting filesystem read-only/,
			/XFS \((?<subject>[^\s)]+)\): .*(?:[Ss]hutting down filesystem|Filesystem has been shut down|log I\/O error)/,
			/BTRFS.*\(device (?<subject>[^\s):]+).*forced readonly/,
		],
		settlesAfterHours: null,
		meaning:
			'The file system met an error it could not pass and takes no more writes. Every container that writes there fails.',
		advice:
			'Move the work elsewhere, look for disk errors just before this line, then check the file system offline (fsck, xfs_repair) before using it again.',
		source: 'linux fs/ext4/super.c, fs/xfs/xfs_fsops.c, fs/btrfs; kubernetes#12905, node-problem-detector#845',
		examples: [
			{text: 'EXT4-fs (sda1): Remounting filesystem read-only', origin: 'linux fs/ext4/super.c'},
			{text: 'XFS (nvme0n1p3): log I/O error -5', origin: 'linux 6.x fs/xfs/xfs_log.c'},
			{
				text: 'XFS (sda4): Corruption of in-memory data (0x8) detected at xfs_defer_finish_noroll+0x323/0x450.  Shutting down filesystem.',
				origin: 'linux fs/xfs/xfs_fsops.c; talos#14162',
			},
			{text: 'BTRFS info (device dm-0): forced readonly', origin: 'linux fs/btrfs/super.c'},
		],
	},
	{
		id: 'filesystem-damaged',
		severity: 'critical',
		category: 'disk',
		title: 'file system damaged',
		literals: [
			'-fs error (device ',
			'Aborting journal on device ',
			'etadata corruption detected',
			'etadata CRC error detected',
			'etadata I/O error',
			'Unmount and run xfs_repair',
			'csum failed',
			'checksum verify failed',
			'parent transid verify failed',
			'corrupt leaf',
		],
		patterns: [
			/EXT[234]-fs error \(device (?<subject>[^\s)]+)\)/,
			/Aborting journal on device (?<subject>dm-\d+|\w+)/,
			/XFS \((?<subject>[^\s)]+)\): (?:Metadata (?:corruption|CRC error) detected|metadata I\/O error|Unmount and run xfs_repair)/,
			/BTRFS (?:error|warning|critical) \(device (?<subject>[^\s):]+).*(?:csum failed|checksum verify failed|parent transid verify failed|corrupt leaf)/,
		],
		settlesAfterHours: null,
		meaning:
			'What the file system read from the disk is not what it wrote: its structure is damaged, and it may go read-only at any moment.',
		advice:
			'Move the work elsewhere, then check it offline (`fsck`, `xfs_repair`, `btrfs scrub start`) and test disk and memory.',
		source:
			'linux fs/ext4/super.c, fs/jbd2/journal.c, fs/xfs/xfs_error.c, fs/btrfs; coreos/bugs#1309, fedora-coreos-tracker#784',
		examples: [
			{
				text: 'EXT4-fs error (device sda9): ext4_lookup:1602: inode #67005: comm docker: deleted inode referenced: 3186320',
				origin: 'coreos/bugs#1309',
			},
			{text: 'Aborting journal on device sda9-8.', origin: 'linux fs/jbd2/journal.c; coreos/bugs#1309'},
			{
				text: 'XFS (vda4): Metadata corruption detected at xfs_buf_ioend+0x162/0x570 [xfs], xfs_inode block 0x2f9460',
				origin: 'fedora-coreos-tracker#784',
			},
			{
				text: 'XFS (dm-11): metadata I/O error: block 0x2 ("xfs_trans_read_buf_map") error 5 numblks 1',
				origin: 'moby#34283',
			},
			{
				text: 'BTRFS warning (device loop1): checksum verify failed on 30486528 wanted 0x552940c4 found 0x5f765460 level 0',
				origin: 'linux fs/btrfs/disk-io.c',
			},
		],
	},
];
