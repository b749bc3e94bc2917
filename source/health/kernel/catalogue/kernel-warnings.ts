/** Things the kernel thought impossible, with the stack that led there. */
import type {KernelSignature} from '../signature.ts';

export const kernelWarningsSignatures: readonly KernelSignature[] = [
	{
		id: 'refcount-bug',
		severity: 'critical',
		category: 'kernel',
		title: 'Kernel reference count broken: {detail}< in {frame}>',
		literals: ['refcount_t: '],
		patterns: [/refcount_t: (?<detail>underflow|increment on 0|addition on 0|saturated|decrement hit 0)/],
		part: 'crash',
		rank: 1,
		settlesAfterHours: null,
		meaning: 'The kernel counted the users of something wrongly. Memory in use may have been freed, or is never freed.',
		advice: 'Reboot soon, and upgrade the kernel or the module at the top of the stack.',
		source: 'linux lib/refcount.c refcount_warn_saturate',
		examples: [{text: 'refcount_t: underflow; use-after-free.', origin: 'syzkaller testdata/linux/report/157'}],
	},
	{
		id: 'kernel-warning',
		severity: 'warning',
		category: 'kernel',
		title: 'Kernel warning at {subject}< in {frame}>',
		literals: ['WARNING: '],
		patterns: [
			/WARNING: (?:CPU: ?\d+ PID: ?\d+ )?at (?<subject>[\w./+-]{1,160}:\d+)(?: (?<frame>[\w.]{1,100})\+0x)?/,
			/WARNING: (?:\[[^\]]{0,200}\] )?(?<subject>[\w./+-]{1,160}\.[chS]:\d+) at (?<frame>[\w.]{1,100})/,
			/WARNING: (?:\[[^\]]{0,200}\] )?(?<subject>[\w+-]{1,60}\/[\w./+-]{1,160}\.[ch]:\d+) /,
			/WARNING: (?:CPU: ?\d+ PID: ?\d+ at |at )(?<subject>0x[0-9a-f]{8,16}|\w{1,80}\+0x)/,
			/WARNING: (?<subject>kernel stack (?:regs|frame pointer)) at .{1,80} has bad/,
		],
		vetoes: [/EXT4-[Ff][Ss]|XFS \(/],
		part: 'crash',
		rank: -1,
		// Printed by arch/x86/mm/ioremap.c with its own warning.
		details: [{literal: 'Your kernel is fine', pattern: /Your kernel is fine/, severity: 'info'}],
		settlesAfterHours: 24,
		meaning: 'Something happened that the programmer thought impossible. The kernel noted it and went on.',
		advice:
			'Compare its time with other troubles of the host. If the same place repeats, upgrade the kernel or that driver.',
		source: 'linux kernel/panic.c __warn, lib/bug.c; old wording 2.6.32 kernel/panic.c warn_slowpath_common',
		examples: [
			{
				text: 'WARNING: drivers/net/ethernet/intel/igb/igb_main.c:1234 at igb_poll+0x12/0x340 [igb], CPU#3: swapper/3/0',
				origin: 'linux 6.18 kernel/panic.c (format)',
			},
			{
				text: 'WARNING: fs/xfs/xfs_message.c:104 assfail+0x22/0x30',
				origin: 'syzkaller pkg/report/linux.go (old shape)',
			},
			{
				text: 'WARNING: CPU: 1 PID: 77 at 0xffffffff81234567',
				origin: 'linux kernel/panic.c without file names (format)',
			},
			{
				text: "WARNING: kernel stack regs at 0000000000000000 in java:2210 has bad 'bp' value 0000000000000000",
				origin: 'linux arch/x86/kernel/unwind_frame.c (format)',
			},
			{
				text: 'WARNING: CPU: 0 PID: 37 at drivers/gpu/drm/radeon/radeon_gart.c:235 radeon_gart_unbind+0xca/0xe0 [radeon]()',
				origin: 'abrt tests/examples/1_oops.test',
			},
			{
				text: 'WARNING: at net/sched/sch_generic.c:261 dev_watchdog+0x26b/0x280() (Not tainted)',
				origin: 'linux 2.6.32 kernel/panic.c (format)',
			},
		],
	},
	{
		id: 'stack-overflow',
		severity: 'panic',
		category: 'kernel',
		title: 'Kernel stack overflow< in {frame}>',
		literals: ['stack guard page was hit', 'stack overflow', 'Insufficient stack space to handle exception'],
		patterns: [
			/stack guard page was hit at/,
			/do_IRQ: (?:near )?stack overflow/,
			/near stack overflow \(cur:/,
			/[Kk]ernel stack overflow/,
			/Insufficient stack space to handle exception/,
		],
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'Kernel calls were nested deeper than its small stack allows, for example overlay on XFS on device mapper on old kernels.',
		advice: 'Upgrade the kernel; until then take one layer out of the storage below the containers.',
		source: 'linux arch/x86/kernel/traps.c handle_stack_overflow, arch/x86/kernel/irq_64.c, arch/arm64/kernel/traps.c',
		examples: [
			{text: 'do_IRQ: stack overflow: 456', origin: 'linux 2.6.32 arch/x86/kernel/irq_32.c (format)'},
			{
				text: 'do_IRQ(): java has overflown the kernel stack (cur:ffffc90000000000,sp:ffffc90000000010), near stack overflow (cur:1,sp:2)',
				origin: 'shape of linux 4.x arch/x86/kernel/irq_64.c',
			},
			{text: 'Kernel stack overflow.', origin: 'linux arch/s390/kernel/traps.c (format)'},
			{
				text: 'BUG: stack guard page was hit at 00000000b3cb5b36 (stack is 00000000f5f5d7e2..000000001b1e1e2a)',
				origin: 'linux 5.x arch/x86/kernel/traps.c (format)',
			},
			{text: 'Insufficient stack space to handle exception!', origin: 'linux arch/arm64/kernel/traps.c (format)'},
		],
	},
];
