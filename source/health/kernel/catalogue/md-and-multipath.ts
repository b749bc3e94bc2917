/** Arrays and paths that lost a part, and what stands below other devices. */
import type {KernelSignature} from '../signature.ts';

export const mdAndMultipathSignatures: readonly KernelSignature[] = [
	{
		id: 'md-disk-failure',
		severity: 'critical',
		category: 'disk',
		title: 'RAID< {subject}> lost disk {disk}',
		literals: ['Disk failure on '],
		patterns: [
			/(?:md\/)?(?:raid\d{0,2}|linear):(?<subject>md[\w-]{1,30}): ?Disk failure on (?<disk>[\w-]{1,40})/,
			/raid\d{0,2}: ?Disk failure on (?<disk>[\w-]{1,40})/,
		],
		closedBy: {
			literals: [': recovery done'],
			patterns: [/md: (?<subject>md[\w-]{1,30}): recovery done/],
			severity: 'warning',
		},
		settlesAfterHours: null,
		meaning:
			'The array threw a member out after an error. It runs on without its safety; the next failure may lose the data.',
		advice: 'Check `cat /proc/mdstat`, replace the disk, add the new one with `mdadm --add`, and watch the rebuild.',
		source: 'linux drivers/md/raid1.c, raid5.c, raid10.c, raid0.c error handlers',
		examples: [
			{text: 'md/raid1:md0: Disk failure on sdb1, disabling device.', origin: 'field log'},
			{
				text: 'raid5: Disk failure on sdf, disabling device. Operation continuing on 3 devices',
				origin: 'linux 2.6 drivers/md/raid5.c (format)',
			},
			{
				text: 'md/raid0:md2: Disk failure on sdc1 detected, failing array.',
				origin: 'linux 6.1 drivers/md/raid0.c (format)',
			},
		],
	},
	{
		id: 'md-array-dead',
		severity: 'critical',
		category: 'disk',
		title: 'RAID {subject} does not work any more',
		literals: ['not enough operational', 'Cannot continue operation', 'cannot start dirty degraded'],
		patterns: [
			/md\/raid\d{0,2}:(?<subject>md[\w-]{1,30}): (?:not enough operational|Cannot continue operation|cannot start dirty degraded)/,
		],
		settlesAfterHours: null,
		meaning: 'Too many members are missing for the array to run, or it fears to start with what it has.',
		advice:
			'Do not create it anew. Look at every member (`mdadm --examine /dev/sd?1`) and assemble by hand, or restore.',
		source: 'linux drivers/md/raid5.c, raid10.c',
		examples: [
			{text: 'md/raid:md0: Cannot continue operation (2/3 failed).', origin: 'linux 6.1 drivers/md/raid5.c (format)'},
			{text: 'md/raid10:md127: not enough operational mirrors.', origin: 'linux drivers/md/raid10.c (format)'},
		],
	},
	{
		id: 'md-kicked',
		severity: 'warning',
		category: 'disk',
		title: 'RAID member {subject} was out of date and left out',
		literals: ['md: kicking non-fresh '],
		patterns: [/md: kicking non-fresh (?<subject>[\w-]{1,40}) from array/],
		settlesAfterHours: null,
		meaning:
			'After a crash this member knew less than the others, so the array started without it and without spare safety.',
		advice: 'Check the disk with `smartctl -a`, then bring it back: `mdadm /dev/mdN --re-add /dev/MEMBER`.',
		source: 'linux drivers/md/md.c analyze_sbs',
		examples: [{text: 'md: kicking non-fresh sdb1 from array!', origin: 'linux drivers/md/md.c (format)'}],
	},
	{
		id: 'mpath-path-failed',
		severity: 'warning',
		category: 'disk',
		title: 'Path {subject} to the storage failed',
		literals: ['Failing path '],
		patterns: [/multipath: .{0,20}Failing path (?<subject>\d+:\d+)/],
		closedBy: {
			literals: ['Reinstating path '],
			patterns: [/multipath: .{0,20}Reinstating path (?<subject>\d+:\d+)/],
			severity: 'warning',
		},
		settlesAfterHours: 24,
		meaning: 'One of the ways to a SAN volume is gone. The others carry on; with none left all I/O stops.',
		advice: 'See what is left with `multipath -ll`; have cable, switch port and array controller of that path checked.',
		source: 'linux drivers/md/dm-mpath.c fail_path',
		examples: [
			{text: 'device-mapper: multipath: 253:4: Failing path 8:16.', origin: 'linux 6.1 drivers/md/dm-mpath.c (format)'},
			{text: 'device-mapper: multipath: Failing path 8:16.', origin: 'linux 4.x drivers/md/dm-mpath.c (format)'},
		],
	},
	{
		id: 'smartd-sectors',
		severity: 'warning',
		category: 'disk',
		title: '{subject}: {amount} weak sectors ({detail})',
		literals: ['Currently unreadable (pending)', 'Offline uncorrectable'],
		patterns: [
			/Device: (?<subject>\S{1,60}).{0,40}, (?<amount>\d+) (?<detail>Currently unreadable \(pending\)|Offline uncorrectable) sectors/,
		],
		identifiers: ['smartd'],
		storms: [{count: 100, withinSeconds: 60, severity: 'critical'}],
		settlesAfterHours: 24,
		meaning: 'The disk knows of sectors it may not be able to read. A few can stay a few; a hundred mean the end.',
		advice: 'Start a long self-test (`smartctl -t long`), see that the data exist elsewhere, and order a disk.',
		source: 'smartmontools smartd.cpp; threshold of 100: node-problem-detector config/disk-log-message-filelog.json',
		examples: [
			{
				text: 'Device: /dev/sda [SAT], 104 Currently unreadable (pending) sectors',
				origin: 'node-problem-detector config/disk-log-message-filelog.json (shape)',
			},
		],
	},
	{
		id: 'loop-write-error',
		severity: 'critical',
		category: 'storage-driver',
		title: 'Writes to the file of a loop device fail',
		literals: ['loop: Write error at byte offset'],
		patterns: [/loop: Write error at byte offset (?<offset>\d+)/],
		settlesAfterHours: 24,
		meaning:
			'Mostly the filesystem that holds the file is full. With devicemapper on loop files every container’s data are at stake.',
		advice: 'Make room below it at once (`losetup -l`, `df -h`), and move from loop files to overlay2.',
		source: 'linux drivers/block/loop.c lo_write_bvec; sonic-net/sonic-buildimage#23146',
		examples: [
			{text: 'loop: Write error at byte offset 673251328, length 4096.', origin: 'sonic-net/sonic-buildimage#23146'},
		],
	},
	{
		id: 'access-beyond-end',
		severity: 'warning',
		category: 'disk',
		title: 'Access beyond the end of a device< ({subject})>',
		literals: ['attempt to access beyond end of device'],
		patterns: [/attempt to access beyond end of device/],
		vetoes: [/loop\d|\bfd0/],
		details: [{literal: ': rw=', pattern: /^(?<subject>[\w-]{1,30}): rw=/}],
		settlesAfterHours: 24,
		meaning: 'A filesystem or partition believes its device to be larger than it is: cut off when copied, or damaged.',
		advice:
			'Compare `lsblk -b` with the partition table (`fdisk -l`), and check the filesystem while it is not mounted.',
		source: 'linux block/blk-core.c bio_check_eod',
		examples: [
			{text: 'syz-executor: attempt to access beyond end of device', origin: 'linux block/blk-core.c (format)'},
		],
	},
];
