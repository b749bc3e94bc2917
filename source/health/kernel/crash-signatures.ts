/** The kernel stopped, or went on after an error it should not have survived. All lines of one crash are one incident. */
import type {KernelSignature} from './first-cut-signature.ts';

export const crashSignatures: readonly KernelSignature[] = [
	{
		id: 'kernel-panic',
		severity: 'critical',
		category: 'kernel',
		title: 'kernel panic: {detail}',
		literals: ['Kernel panic - not syncing', 'PANIC: double fault'],
		patterns: [/Kernel panic - not syncing(?:: (?<detail>.{1,120}))?/, /PANIC: (?<detail>double fault)/],
		block: 'crash',
		continues: {blocks: ['crash', 'stall', 'host-oom'], withinSeconds: 10},
		takesOver: true,
		settlesAfterHours: null,
		meaning:
			'The kernel has stopped; every container on the host stops with it. These may be the last words of this boot.',
		advice:
			'Reboot the host (kernel.panic=10 in sysctl lets it do so by itself), then look for the dump: `ls /var/crash /var/lib/systemd/pstore`. Keep new work away until the cause is known.',
		source: 'linux kernel/panic.c; arch/x86/kernel/doublefault',
		examples: [
			{
				text: 'Kernel panic - not syncing: Fatal exception in interrupt',
				origin: 'linux kernel/panic.c, arch/x86/kernel/dumpstack.c',
			},
			{text: 'Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b', origin: 'linux kernel/exit.c'},
			{text: 'PANIC: double fault, error_code: 0x0', origin: 'linux arch/x86/kernel/traps.c'},
		],
	},
	{
		id: 'kernel-oops',
		severity: 'critical',
		category: 'kernel',
		title: 'kernel oops: {detail}',
		literals: [
			'NULL pointer dereference',
			'nable to handle ',
			'general protection fault',
			'divide error: ',
			'invalid opcode: ',
			'stack segment: ',
			'Internal error: Oops',
			'Oops: ',
		],
		patterns: [
			/\b(?:BUG: )?(?:[Uu]nable to handle kernel |[Kk]ernel )(?<detail>NULL pointer dereference)/,
			/\b(?:BUG: )?[Uu]nable to handle (?:kernel )?(?<detail>paging request|page fault|access|data access|execution|read|write)/,
			/(?<detail>general protection fault)(?:[, ][^:]*)?: [0-9a-f]{4} \[#\d+\]/,
			/(?<detail>divide error|invalid opcode|stack segment): [0-9a-f]{4} \[#\d+\]/,
			/\b(?:Oops: )+[0-9a-f]{4,16} \[#\d+\]/,
		],
		block: 'crash',
		continues: {blocks: ['crash'], withinSeconds: 10},
		settlesAfterHours: null,
		meaning:
			'Kernel code touched memory it must not. The task that ran it died with the locks it held; the host may hang or corrupt data from here on.',
		advice:
			'Move the work elsewhere, reboot, and upgrade the kernel or the module named in brackets. Read the whole report with `dmesg` first.',
		source:
			'linux arch/x86/mm/fault.c, arch/x86/kernel/traps.c, arch/arm64/mm/fault.c; moby#21081, moby#19910 (aufs on 3.16)',
		examples: [
			{
				text: 'BUG: unable to handle kernel NULL pointer dereference at 0000000000000040',
				origin: 'linux 3.16 arch/x86/mm/fault.c',
			},
			{
				text: 'BUG: kernel NULL pointer dereference, address: 0000000000000010',
				origin: 'linux 6.1 arch/x86/mm/fault.c',
			},
			{text: 'BUG: unable to handle page fault for address: ffffbe4d41a3c0f8', origin: 'linux 6.1 arch/x86/mm/fault.c'},
			{
				text: 'Unable to handle kernel paging request at virtual address ffff80001234abcd',
				origin: 'linux arch/arm64/mm/fault.c',
			},
			{
				text: 'general protection fault, probably for non-canonical address 0xdead000000000122: 0000 [#1] SMP PTI',
				origin: 'linux 6.1 arch/x86/kernel/traps.c',
			},
			{text: 'general protection fault: 0000 [#2] SMP', origin: 'linux 3.16 arch/x86/kernel/traps.c'},
			{text: 'divide error: 0000 [#1] SMP', origin: 'linux arch/x86/kernel/traps.c; dm-thin on Debian 3.16'},
			{text: 'Oops: Oops: 0002 [#1] PREEMPT SMP NOPTI', origin: 'linux 6.12 arch/x86/kernel/dumpstack.c'},
			{text: 'Internal error: Oops: 96000044 [#1] PREEMPT SMP', origin: 'linux arch/arm64/kernel/traps.c'},
		],
	},
	{
		id: 'kernel-bug',
		severity: 'critical',
		category: 'kernel',
		title: 'kernel BUG at {detail}',
		literals: ['ernel BUG at ', 'ernel BUG in '],
		patterns: [/[Kk]ernel BUG (?:at|in) (?<detail>[^\s!]{1,100})/],
		block: 'crash',
		continues: {blocks: ['crash'], withinSeconds: 10},
		settlesAfterHours: null,
		meaning: 'An assertion inside the kernel failed: its own data are not what they must be.',
		advice:
			'Move the work elsewhere, reboot, and search for that file and line with your kernel version; an upgrade usually has the fix.',
		source: 'linux lib/bug.c, include/asm-generic/bug.h; singularity#228 (overlay on RHEL 7.2)',
		examples: [{text: 'kernel BUG at fs/dcache.c:1364!', origin: 'linux lib/bug.c'}],
	},
	{
		id: 'kernel-memory-corrupt',
		severity: 'critical',
		category: 'kernel',
		title: 'kernel memory corrupt: {detail}',
		literals: ['BUG: Bad page', 'list_add corruption', 'list_del corruption', 'Memory failure: 0x'],
		patterns: [
			/BUG: Bad (?<detail>page (?:state|map|cache))/,
			/(?<detail>list_(?:add|del) corruption)/,
			/(?<detail>Memory failure): 0x[0-9a-f]+: /,
		],
		settlesAfterHours: null,
		meaning: 'The kernel found its own memory changed behind its back: a failing memory module or a kernel bug.',
		advice: 'Move the work elsewhere, test the memory (memtest, `edac-util -v`), upgrade the kernel.',
		source: 'linux mm/page_alloc.c, lib/list_debug.c, mm/memory-failure.c',
		examples: [
			{text: 'BUG: Bad page state in process java  pfn:2b3c4d', origin: 'linux mm/page_alloc.c'},
			{
				text: 'list_del corruption. prev->next should be ffff8800b5c3, but was dead000000000200',
				origin: 'linux lib/list_debug.c',
			},
			{
				text: 'Memory failure: 0x21ab3: Sending SIGBUS to redis-server:912 due to hardware memory corruption',
				origin: 'linux mm/memory-failure.c',
			},
		],
	},
];
