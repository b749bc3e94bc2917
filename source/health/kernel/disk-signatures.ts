/** Disks that fail, told apart from drivers that do: media, device, link, array. The subject is the device. */
import type {KernelSignature} from './first-cut-signature.ts';

export const diskSignatures: readonly KernelSignature[] = [
	{
		id: 'disk-media-error',
		severity: 'critical',
		category: 'disk',
		title: 'disk has unreadable sectors',
		literals: [
			'critical medium error, dev ',
			'Sense Key : Medium Error',
			'Unrecovered read error',
			': error: {',
			'(sct 0x2 / sc 0x',
		],
		patterns: [
			/critical medium error, dev (?<subject>sd[a-z]+|nvme\d+n\d+|[\w-]+)/,
			/\[(?<subject>sd[a-z]+)\].*(?:Sense Key : Medium Error|Add\. Sense: Unrecovered read error)/,
			/(?<subject>ata\d+)(?:\.\d+)?: error: \{[^}]*\bUNC\b/,
			/(?<subject>nvme\d+n\d+): .*@ LBA \d+.*\(sct 0x2 \/ sc 0x[0-9a-f]+\)/,
		],
		settlesAfterHours: null,
		meaning:
			'The disk cannot read back what was written to it. Containers that need those blocks fail; more sectors usually follow.',
		advice:
			'Replace the disk. Confirm with `smartctl -a /dev/DEVICE`; move the work elsewhere before the file system goes read-only.',
		source:
			'linux block/blk-core.c, drivers/scsi/constants.c, drivers/ata/libata-eh.c, drivers/nvme/host/core.c; longhorn#193',
		examples: [
			{
				text: 'blk_update_request: critical medium error, dev sdc, sector 1953520064',
				origin: 'linux 4.x block/blk-core.c',
			},
			{text: 'sd 4:0:0:1: [sdb] tag#7 Sense Key : Medium Error [current]', origin: 'linux drivers/scsi/scsi_logging.c'},
			{text: 'ata6.00: error: { UNC }', origin: 'linux drivers/ata/libata-eh.c'},
			{
				text: 'nvme0n1: Read(0x2) @ LBA 1048576, 8 blocks, Unrecovered Read Error (sct 0x2 / sc 0x81) MORE DNR',
				origin: 'linux 6.1 drivers/nvme/host/core.c',
			},
		],
	},
	{
		id: 'disk-lost',
		severity: 'critical',
		category: 'disk',
		title: 'disk gone',
		literals: [
			'reset failed, giving up',
			'controller is down; will reset',
			'Removing after probe failure',
			'Disabling device after reset failure',
			'rejecting I/O to ',
			'Device offlined - not ready after error recovery',
		],
		patterns: [
			/(?<subject>ata\d+)(?:\.\d+)?: reset failed, giving up/,
			/nvme (?<subject>nvme\d+): (?:controller is down; will reset|Removing after probe failure|Disabling device after reset failure)/,
			/sd (?<subject>\d+:\d+:\d+:\d+): .*(?:rejecting I\/O to (?:offline|dead) device|Device offlined - not ready after error recovery)/,
		],
		settlesAfterHours: null,
		meaning: 'The disk no longer answers and the kernel gave it up. Whatever lies on it is out of reach.',
		advice:
			'Move the work elsewhere; reseat or replace the drive, look at its firmware and power. `lsblk` shows what is left.',
		source: 'linux drivers/ata/libata-eh.c, drivers/nvme/host/pci.c, drivers/scsi/scsi_error.c; nvme-cli#151',
		examples: [
			{text: 'ata3: reset failed, giving up', origin: 'linux drivers/ata/libata-eh.c'},
			{
				text: 'nvme nvme0: controller is down; will reset: CSTS=0xffffffff, PCI_STATUS=0x10',
				origin: 'linux drivers/nvme/host/pci.c',
			},
			{text: 'sd 2:0:0:0: rejecting I/O to offline device', origin: 'linux drivers/scsi/scsi_lib.c'},
		],
	},
	{
		id: 'disk-io-error',
		severity: 'critical',
		category: 'disk',
		title: 'disk I/O errors',
		literals: [' error, dev ', 'Buffer I/O error on dev'],
		patterns: [
			/(?:^|: )(?:I\/O|critical target|critical nexus|timeout|recoverable transport|protection|device offline) error, dev (?<subject>sd[a-z]+|nvme\d+n\d+|vd[a-z]+|[\w-]+)/,
			/Buffer I\/O error on dev(?:ice)? (?<subject>sd[a-z]+|nvme\d+n\d+|vd[a-z]+|[\w-]+)/,
		],
		vetoes: [/\bdev(?:ice)? (?:fd|sr|scd)\d/],
		settlesAfterHours: null,
		meaning: 'Reads or writes on this device failed for good; "lost async page write" means that data was lost.',
		advice:
			'Look at the device: `smartctl -a /dev/DEVICE`, or for dm-N and loopN what is behind it (`lsblk`). Replace it, or free space if it is a full pool.',
		source: 'linux block/blk-core.c, fs/buffer.c; longhorn#193, moby#26015',
		examples: [
			{
				text: 'I/O error, dev nvme0n1, sector 32545872 op 0x0:(READ) flags 0x0 phys_seg 1 prio class 2',
				origin: 'linux 6.1 block/blk-mq.c',
			},
			{text: 'end_request: I/O error, dev sdb, sector 1845312', origin: 'linux 3.x block/blk-core.c'},
			{text: 'Buffer I/O error on device dm-7, logical block 40112', origin: 'linux 3.16 fs/buffer.c'},
		],
	},
	{
		id: 'disk-link-errors',
		severity: 'warning',
		category: 'disk',
		title: 'disk link errors',
		literals: [': exception Emask 0x', 'SError: {', ' timeout, aborting', ' timeout, reset controller'],
		patterns: [
			/(?<subject>ata\d+)(?:\.\d+)?: exception Emask 0x[0-9a-f]+/,
			/(?<subject>ata\d+)(?:\.\d+)?: SError: \{[^}]*(?:BadCRC|10B8B|Dispar|Handshk|LinkSeq|PHYRdyChg)/,
			/nvme (?<subject>nvme\d+): I\/O .*QID \d+ timeout, (?:aborting|reset controller)/,
		],
		settlesAfterHours: 24,
		meaning:
			'Commands to the disk failed or came too late and were tried again: cable, slot, power, firmware or vibration more often than the platters.',
		advice:
			'Several disks at once: look at vibration, backplane and power. One disk: reseat or replace its cable, read `smartctl -a /dev/DEVICE`.',
		source: 'linux drivers/ata/libata-eh.c, drivers/nvme/host/pci.c',
		examples: [
			{
				text: 'ata2.00: exception Emask 0x10 SAct 0x40 SErr 0x90202 action 0xe frozen',
				origin: 'linux drivers/ata/libata-eh.c',
			},
			{text: 'ata3: SError: { PHYRdyChg CommWake 10B8B Dispar }', origin: 'linux drivers/ata/libata-eh.c'},
			{
				text: 'nvme nvme1: I/O 775 QID 2 timeout, aborting',
				origin: 'linux drivers/nvme/host/pci.c; oxidecomputer/propolis#578',
			},
		],
	},
	{
		id: 'raid-degraded',
		severity: 'critical',
		category: 'disk',
		title: 'RAID lost a disk',
		literals: ['Disk failure on '],
		patterns: [/(?:md\/)?raid\d*:(?:(?<subject>md\w+):)? ?Disk failure on [\w-]+/],
		settlesAfterHours: null,
		meaning: 'A member of the array failed; the array goes on without the safety it was built for.',
		advice: 'Replace the member and watch the rebuild: `cat /proc/mdstat`.',
		source: 'linux drivers/md/raid1.c, raid5.c, raid10.c',
		examples: [{text: 'md/raid1:md0: Disk failure on sdb1, disabling device.', origin: 'linux drivers/md/raid1.c'}],
	},
];
