/** Panics the kernel could not avoid, and what it prints around them. */
import type {KernelSignature} from '../signature.ts';

export const panicsSignatures: readonly KernelSignature[] = [
	{
		id: 'panic-kill-init',
		severity: 'panic',
		category: 'kernel',
		title: 'Kernel panic: {detail} died',
		literals: ['Kernel panic - not syncing: A'],
		patterns: [
			/Kernel panic - not syncing: Attempted to kill (?:the )?(?<detail>init|idle task)/,
			/Kernel panic - not syncing: Aiee, killing (?<detail>interrupt handler)/,
		],
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'The one task a kernel cannot live without is gone: process 1 ended, or an oops struck the idle loop or an interrupt.',
		advice:
			'If an oops stands above it, that is the cause. If not, boot a rescue system and check the root disk and the last upgrade of libc or systemd.',
		source: 'linux kernel/exit.c do_exit, make_task_dead',
		examples: [
			{
				text: 'Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000013',
				origin: 'syzkaller testdata/linux/report/47',
			},
			{text: 'Kernel panic - not syncing: Attempted to kill the idle task!', origin: 'linux kernel/exit.c (format)'},
			{text: 'Kernel panic - not syncing: Aiee, killing interrupt handler!', origin: 'linux kernel/exit.c (format)'},
		],
	},
	{
		id: 'panic-rootfs',
		severity: 'panic',
		category: 'kernel',
		title: 'Kernel panic at boot: root filesystem or init not found',
		literals: ['Kernel panic - not syncing: '],
		patterns: [
			/Kernel panic - not syncing: (?:VFS: Unable to mount root fs|No (?:working )?init found|Requested init .{1,100} failed)/,
		],
		part: 'crash',
		settlesAfterHours: null,
		meaning: 'The host cannot start: the disk with the root filesystem, or the first program on it, was not there.',
		advice:
			'From the console choose the previous kernel; then rebuild the initramfs (`update-initramfs -u` or `dracut -f`) and check `root=`.',
		source: 'linux init/do_mounts.c mount_root_generic, init/main.c kernel_init',
		examples: [
			{
				text: 'Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)',
				origin: 'syzkaller testdata/linux/report/617',
			},
			{
				text: 'Kernel panic - not syncing: No working init found.  Try passing init= option to kernel. See Linux Documentation/admin-guide/init.rst for guidance.',
				origin: 'linux init/main.c (format)',
			},
		],
	},
	{
		id: 'panic-stack',
		severity: 'panic',
		category: 'kernel',
		title: 'Kernel panic: broken kernel stack',
		literals: ['Kernel panic - not syncing: '],
		patterns: [/Kernel panic - not syncing: (?:stack-protector|corrupted (?:shadow )?stack|kernel stack overflow)/],
		part: 'crash',
		settlesAfterHours: null,
		meaning: 'Kernel code wrote beyond its own stack, or used it up.',
		advice: 'Upgrade the kernel, and unload modules that did not come with it: `cat /proc/sys/kernel/tainted; lsmod`.',
		source: 'linux kernel/panic.c __stack_chk_fail, kernel/sched/core.c schedule_debug, arch/arm64/kernel/traps.c',
		examples: [
			{
				text: 'Kernel panic - not syncing: corrupted stack end detected inside scheduler',
				origin: 'syzkaller testdata/linux/report/316',
			},
			{
				text: 'Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: ffffffff81e9ad4f',
				origin: 'linux kernel/panic.c (format)',
			},
			{text: 'Kernel panic - not syncing: kernel stack overflow', origin: 'linux arch/arm64/kernel/traps.c (format)'},
		],
	},
	{
		id: 'panic-on-warn',
		severity: 'panic',
		category: 'kernel',
		title: 'Kernel panic: a mere warning, by setting< ({cause})>',
		literals: ['Kernel panic - not syncing: '],
		patterns: [
			/Kernel panic - not syncing: (?:[\w-]{1,40}: )?panic_on_(?:warn|taint) set/,
			/Kernel panic - not syncing: (?:[\w-]{1,40}: )?system warned too often/,
		],
		part: 'crash',
		settlesAfterHours: null,
		meaning: 'The kernel would have gone on after a warning, but is told to stop on one (panic_on_warn, warn_limit).',
		advice:
			'Treat the WARNING above it as the cause, and switch the setting off on hosts that serve: `sysctl -w kernel.panic_on_warn=0`.',
		source: 'linux kernel/panic.c check_panic_on_warn, add_taint',
		examples: [
			{text: 'Kernel panic - not syncing: panic_on_warn set ...', origin: 'syzkaller testdata/linux/report/4'},
			{text: 'Kernel panic - not syncing: kernel: panic_on_warn set ...', origin: 'linux 6.2 kernel/panic.c (format)'},
			{
				text: 'Kernel panic - not syncing: kernel: system warned too often (kernel.warn_limit is 100)',
				origin: 'linux 6.2 kernel/panic.c (format)',
			},
		],
	},
	{
		id: 'panic-fatal-exception',
		severity: 'panic',
		category: 'kernel',
		title: 'Kernel panic after a fatal exception<: {cause}>',
		literals: ['Kernel panic - not syncing: '],
		patterns: [
			/Kernel panic - not syncing: (?:[^:]{1,60}: )?Fatal exception/,
			/Kernel panic - not syncing: (?:Oopsed too often|Oops failed to kill thread)/,
		],
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'The kernel hit a fault it could not survive: it struck in an interrupt, or kernel.panic_on_oops says to stop. The report above the panic tells the cause.',
		advice:
			'Keep new work off the host. Upgrade the kernel or replace the module named in the report above, then reboot into it.',
		source: 'linux arch/x86/kernel/dumpstack.c oops_end, kernel/exit.c make_task_dead, arch/arm64/kernel/traps.c die',
		examples: [
			{
				text: 'Kernel panic - not syncing: Oopsed too often (kernel.oops_limit is 10000)',
				origin: 'linux 6.2 kernel/exit.c (format)',
			},
			{
				text: 'Kernel panic - not syncing: Fatal exception in interrupt',
				origin: 'syzkaller testdata/linux/report/48, 96',
			},
			{text: 'Kernel panic - not syncing: Fatal exception', origin: 'moby#21081 (Debian 8, aufs)'},
			{
				text: 'Kernel panic - not syncing: Oops: Fatal exception in interrupt',
				origin: 'linux 6.x arch/arm64/kernel/traps.c (format)',
			},
		],
	},
	{
		id: 'panic-fs-errors',
		severity: 'panic',
		category: 'filesystem',
		title: 'Kernel panic: filesystem {subject} is damaged',
		literals: ['panic forced after error', 'BTRFS panic (device '],
		patterns: [
			/EXT[234]-fs \(device (?<subject>[^\s)]{1,60})\): panic forced after error/,
			/BTRFS panic \(device (?<subject>[^\s)]{1,60})\)/,
		],
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'The filesystem found itself damaged, and its mount options (errors=panic) make the whole host stop on that.',
		advice:
			'Boot a rescue system, run `fsck -f` on the device there, look at `smartctl -a`, and mount with errors=remount-ro from now on.',
		source: 'linux fs/ext4/super.c ext4_handle_error; fs/btrfs/messages.c __btrfs_panic',
		examples: [
			{
				text: 'Kernel panic - not syncing: EXT4-fs (device sda1): panic forced after error',
				origin: 'linux fs/ext4/super.c (format)',
			},
			{
				text: 'BTRFS panic (device sdc) in __btrfs_add_delayed_item:123: err add delayed dir index item (errno=-17 Object already exists)',
				origin: 'linux fs/btrfs (format)',
			},
		],
	},
	{
		id: 'panic-generic',
		severity: 'panic',
		category: 'kernel',
		title: 'Kernel panic<: {detail}>',
		literals: ['Kernel panic - not syncing'],
		patterns: [/Kernel panic - not syncing(?:: (?<detail>.{1,120}))?/],
		vetoes: [/ommand line:/],
		part: 'crash',
		settlesAfterHours: null,
		meaning: 'The kernel stopped, and every container with it. These may be the last words of that boot.',
		advice:
			'See that the host came back (`uptime`), secure what the crash left (`ls /var/crash /var/lib/systemd/pstore`), and keep work away until the reason is known.',
		source: 'linux kernel/panic.c panic',
		examples: [{text: 'Kernel panic - not syncing: trigger_me', origin: 'linux kernel/panic.c (format)'}],
	},
	{
		id: 'double-fault',
		severity: 'panic',
		category: 'kernel',
		title: 'Kernel stopped: double fault< in {frame}>',
		literals: ['double fault'],
		patterns: [/PANIC: double fault/, /\bdouble fault: [0-9a-f]{4} \[#\d+\]/],
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'A fault struck while the processor was already handling one: usually a full kernel stack, sometimes bad memory.',
		advice: 'Test the memory once (memtest86+ from the boot menu), and upgrade the kernel if it passes.',
		source: 'linux arch/x86/kernel/traps.c exc_double_fault, arch/x86/kernel/doublefault_32.c',
		examples: [
			{text: 'PANIC: double fault, error_code: 0x0', origin: 'syzkaller testdata/linux/report/313'},
			{text: 'double fault: 0000 [#1] SMP PTI', origin: 'linux arch/x86/kernel/traps.c (format)'},
		],
	},
	{
		id: 'panic-reboot-countdown',
		severity: 'info',
		category: 'kernel',
		title: 'Reboots by itself {seconds} s after a panic',
		literals: ['Rebooting in '],
		patterns: [/^Rebooting in (?<seconds>\d+) seconds/],
		part: 'crash',
		rank: -1,
		settlesAfterHours: 24,
		meaning: 'kernel.panic is set, so the host restarts alone after a panic. By itself the line proves nothing.',
		advice: 'Nothing to do; it explains a reboot that nobody ordered.',
		source: 'linux kernel/panic.c panic',
		examples: [{text: 'Rebooting in 86400 seconds..', origin: 'syzkaller testdata/linux/report/4'}],
	},
];
