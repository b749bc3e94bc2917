/** Lines that explain other lines: interrupts and clocks that misbehave, lost messages, boots and how they began. */
import type {KernelSignature} from '../signature.ts';

export const kernelNoticesSignatures: readonly KernelSignature[] = [
	{
		id: 'kmemleak',
		severity: 'warning',
		category: 'memory',
		title: 'Kernel may be leaking memory',
		literals: ['BUG: memory leak', ' new suspected memory leaks'],
		patterns: [/BUG: memory leak/, /kmemleak: (?<amount>\d+) new suspected memory leaks/],
		settlesAfterHours: 24,
		meaning: 'The leak finder of a debug kernel saw memory that nothing points at any more.',
		advice: 'Only matters if SUnreclaim in /proc/meminfo keeps growing; read /sys/kernel/debug/kmemleak then.',
		source: 'linux mm/kmemleak.c; syzkaller executor for the first wording',
		examples: [
			{text: 'BUG: memory leak', origin: 'syzkaller testdata/linux/report (12 files)'},
			{
				text: 'kmemleak: 3 new suspected memory leaks (see /sys/kernel/debug/kmemleak)',
				origin: 'linux mm/kmemleak.c (format)',
			},
		],
	},
	{
		id: 'vfs-busy-inodes',
		severity: 'critical',
		category: 'filesystem',
		title: 'Unmounted while still in use<: {subject}><, then kernel BUG at {detail}><, in {frame}>',
		literals: [' still in use', 'Busy inodes after unmount', 'Close: file count is '],
		patterns: [
			/BUG: Dentry .{1,300} still in use \(-?\d+\) {1,2}\[unmount of (?<subject>(?<via>overlay|aufs|btrfs|zfs|nfs4?)) /,
			/BUG: Dentry .{1,300} still in use(?: \(-?\d+\) {1,2}\[unmount of (?<subject>[\w.-]{1,40}) )?/,
			/VFS: Busy inodes after unmount of (?<subject>[\w.:-]{1,60})/,
			/VFS: Close: file count is (?:0|zero)/,
		],
		part: 'crash',
		rank: 1,
		settlesAfterHours: null,
		meaning:
			'A filesystem went away while the kernel still held files of it. A kernel BUG or corrupted memory tends to follow.',
		advice: 'Move the work away and reboot; upgrade the kernel (RHEL 7.2 is known for it, with overlay).',
		source:
			'linux fs/dcache.c umount_check, fs/super.c generic_shutdown_super, fs/open.c filp_close; apptainer/singularity#228',
		examples: [
			{
				text: 'BUG: Dentry ffff8801f4a1c0c0{i=8e41f,n=layer.tar} still in use (1) [unmount of overlay overlay]',
				origin: 'shape of apptainer/singularity#228',
			},
			{text: 'VFS: Close: file count is 0', origin: 'linux fs/open.c (format)'},
			{
				text: 'BUG: Dentry ffff88004f457b40{i=cc30,n=#ffff88004f4570c0} still in use (1) [unmount of tmpfs tmpfs]',
				origin: 'apptainer/singularity#228',
			},
			{
				text: 'VFS: Busy inodes after unmount of sdb1. Self-destruct in 5 seconds.  Have a nice day...',
				origin: 'linux fs/super.c (format)',
			},
		],
	},
	{
		id: 'irq-nobody-cared',
		severity: 'warning',
		category: 'hardware',
		title: 'Interrupt {subject} has no taker and is switched off',
		literals: [': nobody cared'],
		patterns: [/irq (?<subject>\d+): nobody cared/],
		settlesAfterHours: null,
		meaning:
			'A device raised an interrupt again and again and no driver answered. The line is off now, so its device is slow or dead.',
		advice: 'Find the device in `grep " N:" /proc/interrupts` with that number, and update its firmware or driver.',
		source: 'linux kernel/irq/spurious.c __report_bad_irq',
		examples: [
			{
				text: 'irq 16: nobody cared (try booting with the "irqpoll" option)',
				origin: 'linux kernel/irq/spurious.c (format)',
			},
		],
	},
	{
		id: 'nmi-unknown',
		severity: 'warning',
		category: 'hardware',
		title: 'Unexplained hardware alarm (NMI<, {detail}>)',
		literals: ['NMI received for unknown reason', 'NMI: PCI system error', 'NMI: IOCK error'],
		patterns: [/Uhhuh\. NMI received for unknown reason/, /NMI: (?<detail>PCI system error|IOCK error)/],
		settlesAfterHours: 24,
		meaning:
			'Something on the board raised a non-maskable interrupt: chipset, a card, or the power. PCI system and IOCK errors are the serious ones.',
		advice: 'Read the event log of the BMC: `ipmitool sel elist | tail`.',
		source: 'linux arch/x86/kernel/nmi.c unknown_nmi_error, pci_serr_error, io_check_error',
		examples: [
			{text: 'Uhhuh. NMI received for unknown reason 3d on CPU 2.', origin: 'linux arch/x86/kernel/nmi.c (format)'},
			{text: 'NMI: PCI system error (SERR) for reason b1 on CPU 0.', origin: 'linux arch/x86/kernel/nmi.c (format)'},
		],
	},
	{
		id: 'clocksource-unstable',
		severity: 'info',
		category: 'kernel',
		title: 'Clock {subject} was found unreliable',
		literals: ['Marking clocksource ', 'Clocksource '],
		patterns: [
			/Marking clocksource '?(?<subject>[\w-]{1,30})'? as unstable/,
			/Clocksource (?<subject>[\w-]{1,30}) unstable/,
		],
		settlesAfterHours: 24,
		meaning:
			'Two clocks disagreed and the kernel changed to the slower, safer one. Typical after a virtual machine was paused or moved.',
		advice: 'Nothing by itself; it supports the thought that a lockup nearby was a pause of the machine.',
		source: 'linux kernel/time/clocksource.c clocksource_watchdog',
		examples: [
			{
				text: "clocksource: timekeeping watchdog on CPU2: Marking clocksource 'tsc' as unstable because the skew is too large:",
				origin: 'linux kernel/time/clocksource.c (format)',
			},
			{
				text: 'Clocksource tsc unstable (delta = -71876395 ns)',
				origin: 'linux 3.10 kernel/time/clocksource.c (format)',
			},
		],
	},
	{
		id: 'log-lossy',
		severity: 'info',
		category: 'kernel',
		title: 'The kernel left out messages',
		literals: ['messages dropped', 'callbacks suppressed', 'messages suppressed'],
		patterns: [
			/(?<suppressed>\d{1,12}) (?:printk messages dropped|(?:\w{1,30} )?callbacks suppressed|messages suppressed)/,
		],
		settlesAfterHours: 24,
		meaning: 'More was written than the log could take, so counts in this log are the least there were.',
		advice: 'Read counts as "at least". A larger buffer (boot option log_buf_len=4M) loses less.',
		source: 'linux kernel/printk/printk.c, lib/ratelimit.c',
		examples: [
			{text: '** 93 printk messages dropped **', origin: 'syzkaller testdata/linux/report/107'},
			{text: 'net_ratelimit: 5988 callbacks suppressed', origin: 'ringtail/snout#8'},
		],
	},
	{
		id: 'crash-kernel-boot',
		severity: 'info',
		category: 'kernel',
		title: 'Kernel {subject} booted',
		literals: ['Linux version '],
		patterns: [/^Linux version (?<subject>\d\S{1,80})/],
		settlesAfterHours: 24,
		meaning: 'A boot begins here; what stands above it belongs to an earlier one.',
		advice: 'Nothing to do. If no shutdown stands above it, ask why the host went down: `last -x | head`.',
		source: 'linux init/version.c linux_banner',
		examples: [
			{text: 'Linux version 2.6.5-1.358 (bhcompile@bugs.build.redhat.com)', origin: 'loghub Linux_2k.log:1911'},
			{text: 'Linux version 5.10.0-28-amd64 (debian-kernel@lists.debian.org) #1 SMP Debian', origin: 'Debian 11 boot'},
		],
	},
	{
		id: 'unclean-shutdown',
		severity: 'info',
		category: 'kernel',
		title: 'The boot before did not end cleanly',
		literals: ['corrupted or uncleanly shut down'],
		patterns: [/File \/\S{1,200}\.journal corrupted or uncleanly shut down/],
		identifiers: ['systemd-journald'],
		settlesAfterHours: 24,
		meaning: 'The journal was never closed: the host went down by a crash, a reset or a power cut.',
		advice: 'Look at the end of that boot: `journalctl -b -1 -n 200`.',
		source: 'systemd src/journal/managed-journal-file.c',
		examples: [
			{
				text: 'File /var/log/journal/4ed6/user-1000.journal corrupted or uncleanly shut down, renaming and replacing.',
				origin: 'systemd-journald (format)',
			},
		],
	},
	{
		id: 'fs-replay',
		severity: 'info',
		category: 'filesystem',
		title: 'Filesystem {subject} was replayed after an unclean stop',
		literals: ['): recovery complete', '): Starting recovery'],
		patterns: [/(?:EXT[34]-fs|XFS) \((?<subject>[^\s)]{1,60})\): (?:recovery complete|Starting recovery)/],
		settlesAfterHours: 24,
		meaning: 'It was not unmounted before. Soon after boot this fits a crash or a power cut, and cannot tell which.',
		advice: 'Nothing for the filesystem; look for the reason of the stop with `last -x | head`.',
		source: 'linux fs/ext4/super.c ext4_mark_recovery_complete, fs/xfs/xfs_log_recover.c xlog_recover',
		examples: [
			{text: 'EXT4-fs (sda1): recovery complete', origin: 'linux fs/ext4/super.c (format)'},
			{text: 'XFS (vda2): Starting recovery (logdev: internal)', origin: 'linux fs/xfs/xfs_log_recover.c (format)'},
		],
	},
];
