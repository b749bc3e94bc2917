/** ext2, ext3 and ext4, and the journal under them. */
import type {KernelSignature} from '../signature.ts';

export const ext4Signatures: readonly KernelSignature[] = [
	{
		id: 'fs-remount-ro',
		severity: 'critical',
		category: 'filesystem',
		title: 'Filesystem< {subject}> went read-only',
		literals: ['emounting filesystem read-only'],
		patterns: [
			/EXT[234]-fs \((?<subject>[^\s)]{1,60})\): (?:error: )?[Rr]emounting filesystem read-only/,
			/^Remounting filesystem read-only/,
		],
		part: 'read-only',
		settlesAfterHours: null,
		meaning:
			'After an error the filesystem protects what it has and takes no more writes. Containers on it fail as soon as they write.',
		advice:
			'Find the disk error before it. Move the work away, run `fsck -f` on the unmounted device, then mount it again or reboot.',
		source: 'linux fs/ext4/super.c ext4_handle_error; node-problem-detector config/readonly-monitor.json',
		examples: [
			{text: 'Remounting filesystem read-only', origin: 'linux 2.6.18 fs/ext3/super.c (format)'},
			{
				text: 'EXT4-fs (sda1): Remounting filesystem read-only',
				origin: 'node-problem-detector kernel_log_generator/problems/readonly_filesystem',
			},
			{text: 'EXT3-fs (sda2): error: remounting filesystem read-only', origin: 'linux 3.2 fs/ext3/super.c (format)'},
		],
	},
	{
		id: 'ext4-error',
		severity: 'critical',
		category: 'filesystem',
		title: 'Filesystem {subject} has errors< (met by {task})>',
		literals: ['-fs error (device '],
		patterns: [
			/EXT[234]-fs error \(device (?<subject>[^\s)]{1,60})\).{1,120}\bcomm (?<task>[^:]{1,20}):/,
			/EXT[234]-fs error \(device (?<subject>[^\s)]{1,60})\)/,
		],
		part: 'filesystem',
		rank: 3,
		settlesAfterHours: null,
		meaning:
			'ext4 met something on the disk that cannot be right, or could not write its journal. More may be wrong than it has seen.',
		advice:
			'Move the work away and check it unmounted (`fsck -f`, for / from a rescue system); look at the disk with `smartctl -a`.',
		source: 'linux fs/ext4/super.c __ext4_error, __ext4_error_inode; coreos/bugs#1309',
		examples: [
			{
				text: 'EXT4-fs error (device sda9): ext4_lookup:1602: inode #67005: comm docker: deleted inode referenced: 3186320',
				origin: 'coreos/bugs#1309',
			},
			{
				text: 'EXT4-fs error (device dm-7) in ext4_reserve_inode_write:5662: Journal has aborted',
				origin: 'linux fs/ext4/super.c (format)',
			},
		],
	},
	{
		id: 'jbd2-abort',
		severity: 'critical',
		category: 'filesystem',
		title: 'Journal< of {subject}> stopped',
		literals: ['Aborting journal on device ', 'JBD2: ', 'JBD: ', 'Detected aborted journal'],
		patterns: [
			/Aborting journal on device (?<subject>dm-\d+|[\w!]{1,30})(?:-\d+)?\.?$/,
			/JBD2?: (?:Detected IO errors while flushing file data on|I\/O error when updating journal superblock for|previous I\/O error detected for journal superblock update for) (?<subject>dm-\d+|[\w!]{1,30})/,
			/JBD2?: Error -?\d+ detected when updating journal superblock for (?<subject>dm-\d+|[\w!]{1,30})/,
			/JBD2?: (?:recovery failed|journal checksum error|Invalid checksum recovering)/,
			/Detected aborted journal/,
		],
		part: 'filesystem',
		rank: 1,
		settlesAfterHours: null,
		meaning:
			'The journal could not be written, so the filesystem above it can no longer promise anything and goes read-only.',
		advice:
			'Look for the disk error shortly before. Check the filesystem unmounted (`fsck -f`) once the disk is sound or replaced.',
		source: 'linux fs/jbd2/journal.c, commit.c, recovery.c; fs/ext4/ext4_jbd2.c',
		examples: [
			{
				text: 'JBD2: I/O error when updating journal superblock for dm-0-8.',
				origin: 'Debian 12 guest, 6.1.0-50, error target under the device',
			},
			{
				text: 'JBD2: Error -5 detected when updating journal superblock for sda1-8.',
				origin: 'linux fs/jbd2/journal.c (format)',
			},
			{text: 'JBD2: recovery failed', origin: 'linux fs/jbd2/recovery.c (format)'},
			{
				text: 'EXT4-fs (dm-1): ext4_journal_check_start:61: Detected aborted journal',
				origin: 'linux fs/ext4/ext4_jbd2.c (format)',
			},
			{text: 'Aborting journal on device sda9-8.', origin: 'coreos/bugs#1309'},
			{text: 'Aborting journal on device dm-7-8.', origin: 'linux fs/jbd2/journal.c (format)'},
			{text: 'JBD2: Detected IO errors while flushing file data on dm-1-8', origin: 'linux fs/jbd2/commit.c (format)'},
		],
	},
	{
		id: 'ext4-warning',
		severity: 'warning',
		category: 'filesystem',
		title: 'Filesystem {subject} complains< about {detail}>',
		literals: ['-fs warning (device ', 'I/O error while writing superblock'],
		patterns: [
			/EXT[234]-fs \((?<subject>[^\s)]{1,60})\): (?<detail>I\/O error while writing superblock)/,
			/EXT[234]-fs warning \(device (?<subject>[^\s)]{1,60})\): \w{1,60}:\d+: (?<detail>I\/O error \w{1,20})/,
			/EXT[234]-fs warning \(device (?<subject>[^\s)]{1,60})\)/,
		],
		part: 'filesystem',
		settlesAfterHours: 24,
		meaning:
			'Something went wrong without stopping the filesystem: data of a file not written, or a directory that is full.',
		advice: 'Read the line: "I/O error" means the disk or the pool below; look there first.',
		source: 'linux fs/ext4/super.c __ext4_warning, fs/ext4/page-io.c; moby#7229',
		examples: [
			{
				text: 'EXT4-fs (dm-0): I/O error while writing superblock',
				origin: 'Debian 12 guest, 6.1.0-50, error target under the device',
			},
			{
				text: 'EXT4-fs warning (device dm-10): ext4_end_bio:317: I/O error writing to inode 402137',
				origin: 'moby#7229',
			},
		],
	},
	{
		id: 'ext4-errors-recorded',
		severity: 'warning',
		category: 'filesystem',
		title: 'Filesystem {subject} has old errors that nobody repaired',
		literals: ['error count since last fsck: ', ': initial error at', ': last error at', ': warning: mounting '],
		patterns: [
			/EXT[234]-fs \((?<subject>[^\s)]{1,60})\): (?:error count since last fsck: (?<errors>\d+)|initial error at|last error at)/,
			/EXT[234]-fs \((?<subject>[^\s)]{1,60})\): warning: mounting (?:fs with errors|unchecked fs)/,
		],
		part: 'filesystem',
		rank: -1,
		settlesAfterHours: 48,
		meaning: 'The filesystem keeps count of errors it met since its last check, and reminds once a day.',
		advice: 'Plan a check of the unmounted filesystem: `fsck -f`, for / with the boot option fsck.mode=force.',
		source: 'linux fs/ext4/super.c print_daily_error_info, ext4_setup_super',
		examples: [
			{text: 'EXT4-fs (sda1): error count since last fsck: 7', origin: 'linux fs/ext4/super.c (format)'},
			{
				text: 'EXT4-fs (sdb1): warning: mounting fs with errors, running e2fsck is recommended',
				origin: 'linux fs/ext4/super.c (format)',
			},
		],
	},
];
