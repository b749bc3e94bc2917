/** Btrfs, file servers, and damage that a daemon was told about. */
import type {KernelSignature} from '../signature.ts';

export const btrfsAndNfsSignatures: readonly KernelSignature[] = [
	{
		id: 'btrfs-readonly',
		severity: 'critical',
		category: 'filesystem',
		title: 'Btrfs< on {subject}> went read-only< ({reason})>',
		literals: ['forced readonly', 'ransaction aborted (error ', ' errno=-'],
		patterns: [
			/BTRFS[\w: ]{0,12}\(device (?<subject>[\w./-]{1,60})(?::? state \w{1,10})?\):? (?:.{0,200}errno=-(?:5|17|22|28|30|117) (?<reason>[\w ]{1,40})|.{0,60}forced readonly|.{0,60}[Tt]ransaction aborted)/,
			/BTRFS[\w: ]{0,12}(?:forced readonly|Transaction aborted \(error -?\d+\))/,
		],
		part: 'filesystem',
		rank: 2,
		settlesAfterHours: null,
		meaning:
			'Btrfs gave up a transaction and takes no more writes. With "No space left" its metadata area is full, even while df shows free space.',
		advice:
			'No space: mount it anew, delete something, `btrfs balance start -dusage=10`. Otherwise look at the disk, then restore.',
		source: 'linux fs/btrfs/messages.c, transaction.c btrfs_abort_transaction; kdave/btrfs-progs#774, moby#27653',
		examples: [
			{text: 'BTRFS info (device dm-0): forced readonly', origin: 'field log'},
			{text: 'BTRFS: Transaction aborted (error -28)', origin: 'kdave/btrfs-progs#774'},
			{
				text: 'BTRFS: error (device sdd) in btrfs_run_delayed_refs:2795: errno=-28 No space left',
				origin: 'kdave/btrfs-progs#774',
			},
			{text: 'BTRFS info (device sdc: state EA): forced readonly', origin: 'linux 6.1 fs/btrfs (format)'},
		],
	},
	{
		id: 'btrfs-corruption',
		severity: 'critical',
		category: 'filesystem',
		title: 'Btrfs on {subject}: data do not match their checksums',
		literals: [
			'csum failed',
			'checksum verify failed',
			'parent transid verify failed',
			'corrupt leaf',
			'corrupt node',
			'tree block corruption',
		],
		patterns: [
			/BTRFS (?:error|warning|critical) \(device (?<subject>[\w./-]{1,60})(?::? state \w{1,10})?\):? .{0,120}(?:csum failed|checksum verify failed|parent transid verify failed|corrupt leaf|corrupt node|tree block corruption)/,
		],
		part: 'filesystem',
		rank: 1,
		settlesAfterHours: null,
		meaning:
			'What came from the disk is not what was written. With a second copy Btrfs repairs it, without one the file is lost.',
		advice: 'Run `btrfs scrub start -B MOUNTPOINT` and read `btrfs device stats`; check the memory too.',
		source: 'linux fs/btrfs/disk-io.c, inode.c, tree-checker.c',
		examples: [
			{
				text: 'BTRFS warning (device loop1): checksum verify failed on 30486528 wanted 0x552940c4 found 0x5f765460 level 0',
				origin: 'syzkaller testdata/linux/report/656',
			},
			{
				text: 'BTRFS warning (device sda2): csum failed root 5 ino 257 off 0 csum 0x8941f998 expected csum 0x93413794 mirror 1',
				origin: 'linux fs/btrfs/inode.c (format)',
			},
		],
	},
	{
		id: 'btrfs-dev-errors',
		severity: 'warning',
		category: 'filesystem',
		title: 'Btrfs counts errors of {subject}',
		literals: [' errs: wr '],
		patterns: [
			/(?:BTRFS|btrfs)[\w: ]{0,12}(?:\(device [^)]{1,80}\):? )?bdev (?<subject>\S{1,80}) errs: wr \d+, rd \d+, flush \d+/,
		],
		vetoes: [/errs: wr 0, rd 0, flush 0, corrupt 0, gen 0/],
		settlesAfterHours: 24,
		meaning:
			'Failed writes, reads or checksums of this device since the counters were last cleared, so they may be old.',
		advice:
			'See whether they grow (`btrfs device stats MOUNTPOINT`) and read `smartctl -a`; reset with `-z` after a repair.',
		source: 'linux fs/btrfs/volumes.c btrfs_dev_stat_print_on_error, _on_load',
		examples: [
			{
				text: 'BTRFS error (device sdb): bdev /dev/sdb errs: wr 0, rd 3, flush 0, corrupt 0, gen 0',
				origin: 'linux fs/btrfs/volumes.c (format)',
			},
		],
	},
	{
		id: 'nfs-not-responding',
		severity: 'warning',
		category: 'filesystem',
		title: 'File server {subject} does not answer',
		literals: [' not responding'],
		patterns: [/nfs: server (?<subject>\S{1,120}) not responding/],
		closedBy: {literals: ['nfs: server '], patterns: [/nfs: server (?<subject>\S{1,120}) OK/], severity: 'info'},
		settlesAfterHours: 24,
		meaning:
			'Whatever touches its mounts waits, and cannot be killed meanwhile. The engine waits too if a volume is there.',
		advice:
			'Bring the server or the way to it back (`rpcinfo -t SERVER nfs`); processes go on by themselves. Last resort: `umount -f -l`.',
		source: 'linux net/sunrpc/clnt.c call_timeout, rpc_check_timeout',
		examples: [
			{text: 'nfs: server 10.100.0.60 not responding, still trying', origin: 'field log'},
			{text: 'nfs: server nas01 not responding, timed out', origin: 'linux net/sunrpc/clnt.c (format)'},
		],
	},
	{
		id: 'fs-structure',
		severity: 'critical',
		category: 'filesystem',
		title: 'The engine met a damaged filesystem< at {path}>',
		literals: ['tructure needs cleaning'],
		patterns: [/(?:^|[\s"'=])(?<path>\/[^\s:"']{1,200}): [Ss]tructure needs cleaning/, /[Ss]tructure needs cleaning/],
		identifiers: ['dockerd', 'docker', 'containerd'],
		settlesAfterHours: 24,
		meaning: 'Those words are the error a filesystem returns when it finds itself corrupted (EUCLEAN).',
		advice:
			'Look in the kernel log for the device, stop the engine, and repair the filesystem unmounted (`fsck -f` or `xfs_repair`).',
		source: 'linux include/uapi/asm-generic/errno.h EUCLEAN; moby#20298',
		examples: [{text: 'open /var/lib/docker/x: structure needs cleaning', origin: 'moby#20298 (shape)'}],
	},
];
