/** Failed reads and writes as the block layer and NVMe report them. */
import type {KernelSignature} from '../signature.ts';

export const blockDevicesSignatures: readonly KernelSignature[] = [
	{
		id: 'blk-medium-error',
		severity: 'critical',
		category: 'disk',
		title: '{subject}: unreadable at sector {sector}',
		literals: ['critical medium error, dev '],
		patterns: [/critical medium error, dev (?<subject>[\w-]{1,30}), sector (?<sector>\d+)/],
		vetoes: [/dev (?:fd|sr|scd)\d/],
		part: 'disk',
		rank: 2,
		settlesAfterHours: null,
		meaning: 'The device has lost what was in this sector.',
		advice:
			'Read its own record (`smartctl -a` or `nvme smart-log`), restore the file from a copy, and have the device replaced.',
		source: 'linux block/blk-core.c blk_errors, block/blk-mq.c blk_print_req_error; longhorn/longhorn#193',
		examples: [
			{text: 'blk_update_request: critical medium error, dev sdb, sector 0', origin: 'longhorn/longhorn#193'},
			{
				text: 'critical medium error, dev nvme0n1, sector 1048576 op 0x0:(READ) flags 0x80700 phys_seg 1 prio class 0',
				origin: 'linux 6.1 block/blk-mq.c (format)',
			},
		],
	},
	{
		id: 'blk-no-space',
		severity: 'critical',
		category: 'storage-driver',
		title: '{subject}: the storage below is full',
		literals: ['critical space allocation error, dev '],
		patterns: [/critical space allocation error, dev (?<subject>[\w-]{1,30}),/],
		part: 'thin-pool',
		settlesAfterHours: null,
		meaning:
			'The device promised more than its pool can hold (thin pool, VDO, thin SAN volume), and the pool has run out.',
		advice:
			'Grow the pool before anything else writes (`lvs -a`, `lvextend`), then look which filesystems went read-only.',
		source: 'linux block/blk-core.c blk_errors (BLK_STS_NOSPC)',
		examples: [
			{text: 'critical space allocation error, dev dm-4, sector 12345', origin: 'linux block/blk-core.c (format)'},
		],
	},
	{
		id: 'blk-io-error',
		severity: 'critical',
		category: 'disk',
		title: '{subject}: reads or writes fail (sector {sector})',
		literals: [' error, dev '],
		patterns: [
			/(?:^|: )(?:I\/O|critical target|critical nexus|timeout|recoverable transport|protection|device offline) error, dev (?<subject>[\w-]{1,30}), sector (?<sector>\d+)/,
		],
		vetoes: [/dev (?:fd|sr|scd)\d/, /critical target error.{1,120}\((?:DISCARD|WRITE_ZEROES|WRITE_SAME)\)/],
		part: 'disk',
		rank: 1,
		settlesAfterHours: 24,
		meaning:
			'The kernel gave this request up after its retries. Programs get an error, and a filesystem there may go read-only.',
		advice:
			'For sdX and nvme read `smartctl -a`; for dm-N or loopN find what is below (`lsblk -s`), it is the one that fails.',
		source: 'linux block/blk-core.c blk_errors, block/blk-mq.c blk_print_req_error',
		examples: [
			{text: 'blk_update_request: I/O error, dev loop0, sector 0', origin: 'syzkaller testdata/linux/report/5'},
			{text: 'end_request: I/O error, dev sdb, sector 1845312', origin: 'jkong.co.uk hardware page'},
			{
				text: 'I/O error, dev nvme0n1, sector 32545872 op 0x0:(READ) flags 0x80700 phys_seg 4 prio class 2',
				origin: 'raspberrypi/linux#6661',
			},
		],
	},
	{
		id: 'buffer-io-error',
		severity: 'critical',
		category: 'disk',
		title: '{subject}: block {block} could not be read or written',
		literals: ['Buffer I/O error on dev'],
		patterns: [/Buffer I\/O error on (?:dev|device) (?<subject>[\w!-]{1,30}),? logical block (?<block>\d+)/],
		vetoes: [/(?:dev|device) (?:fd|sr|scd)\d/],
		part: 'disk',
		settlesAfterHours: 24,
		meaning:
			'A filesystem’s block did not make it from or to the device. With "lost async page write" the data are gone.',
		advice: 'Look for the disk error just before it; the device there is the one to replace.',
		source: 'linux fs/buffer.c buffer_io_error; moby#26015',
		examples: [
			{text: 'Buffer I/O error on dev sdb, logical block 0, lost async page write', origin: 'longhorn/longhorn#193'},
			{text: 'Buffer I/O error on device dm-1, logical block 26214384', origin: 'moby#26015'},
		],
	},
	{
		id: 'nvme-timeout',
		severity: 'warning',
		category: 'disk',
		title: '{subject}: command timed out ({detail})',
		literals: [' timeout, '],
		patterns: [
			/nvme (?<subject>nvme\d+): I\/O .{1,80}\btimeout, (?<detail>completion polled|aborting|abort|reset controller|disable controller)/,
		],
		part: 'disk',
		storms: [{count: 10, withinSeconds: 3600, severity: 'critical'}],
		settlesAfterHours: 24,
		meaning:
			'The drive did not answer for half a minute: its firmware, a power-saving state, or a lost interrupt ("completion polled").',
		advice: 'Update the drive’s firmware (`nvme fw-log`); try the boot option nvme_core.default_ps_max_latency_us=0.',
		source: 'linux drivers/nvme/host/pci.c nvme_timeout',
		examples: [
			{text: 'nvme nvme1: I/O 775 QID 2 timeout, aborting', origin: 'oxidecomputer/propolis#578'},
			{text: 'nvme nvme0: I/O tag 12 (100c) QID 0 timeout, reset controller', origin: 'linux-nvme list'},
			{
				text: 'nvme nvme0: I/O tag 768 (2300) opcode 0x2 (I/O Cmd) QID 5 timeout, aborting req_op:READ(0) size:131072',
				origin: 'linux 6.10 drivers/nvme/host/pci.c (format)',
			},
		],
	},
	{
		id: 'nvme-down',
		severity: 'critical',
		category: 'disk',
		title: '{subject}: the drive has gone',
		literals: [
			'controller is down; will reset',
			'Device not ready; aborting',
			'Removing after probe failure',
			'Disabling device after reset failure',
			'failed to mark controller live',
		],
		patterns: [
			/nvme (?<subject>nvme\d+): (?:controller is down; will reset|Device not ready; aborting|Removing after probe failure|Disabling device after reset failure|failed to mark controller live)/,
		],
		part: 'disk',
		rank: 3,
		settlesAfterHours: null,
		meaning: 'The drive left the bus (CSTS=0xffffffff) or did not start again. Everything on it is out of reach.',
		advice:
			'Move what can be moved. Power the host off and on fully, reseat or replace the drive, and update its firmware.',
		source:
			'linux drivers/nvme/host/pci.c nvme_warn_reset, core.c nvme_wait_ready; raspberrypi/linux#6661, linux-nvme/nvme-cli#151',
		examples: [
			{
				text: 'nvme nvme0: controller is down; will reset: CSTS=0xffffffff, PCI_STATUS=0x10',
				origin: 'raspberrypi/linux#6661',
			},
			{text: 'nvme nvme0: Removing after probe failure status: -19', origin: 'linux-nvme/nvme-cli#151'},
			{
				text: 'nvme nvme1: Device not ready; aborting reset, CSTS=0x1',
				origin: 'linux drivers/nvme/host/core.c (format)',
			},
		],
	},
	{
		id: 'nvme-media',
		severity: 'critical',
		category: 'disk',
		title: '{subject}: flash error at block {block}',
		literals: ['(sct 0x2 / sc 0x'],
		patterns: [/(?<subject>nvme\w{1,20}): .{1,80}@ LBA (?<block>\d+).{1,100}\(sct 0x2 \/ sc 0x[0-9a-f]{1,4}\)/],
		part: 'disk',
		rank: 2,
		settlesAfterHours: null,
		meaning: 'The drive reports that the data of this block are damaged (status code type 2, media errors).',
		advice: 'Read media_errors and percentage_used in `nvme smart-log`, secure the data, and have the drive replaced.',
		source: 'linux drivers/nvme/host/core.c nvme_log_error, constants.c',
		examples: [
			{
				text: 'nvme0n1: Read(0x2) @ LBA 1048576, 8 blocks, Unrecovered Read Error (sct 0x2 / sc 0x81) MORE DNR',
				origin: 'linux 6.1 drivers/nvme/host/core.c (format)',
			},
		],
	},
];
