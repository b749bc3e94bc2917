/** Oopses: a fault inside kernel code. The task that ran it dies with the locks it held. */
import type {KernelSignature} from '../signature.ts';

const upgradeAdvice =
	'Move the work away and reboot. Then bring a newer kernel, or a newer version of the module in brackets; keep the report: `dmesg > oops.txt`.';

export const oopsesSignatures: readonly KernelSignature[] = [
	{
		id: 'oops-null-deref',
		severity: 'critical',
		category: 'kernel',
		title: 'Kernel oops: NULL pointer dereference< in {frame}>',
		literals: ['ernel NULL pointer dereference'],
		patterns: [/(?:[Uu]nable to handle k|BUG: [Kk])ernel NULL pointer dereference/],
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'Kernel code followed a pointer to nowhere. It goes on without the task that did it, but that task’s locks stay taken.',
		advice: upgradeAdvice,
		source:
			'linux arch/x86/mm/fault.c, arch/arm64/mm/fault.c, arch/powerpc/mm/fault.c; moby#21081, moby#19910 (aufs on 3.16)',
		examples: [
			{
				text: 'BUG: unable to handle kernel NULL pointer dereference at 0000000000000078',
				origin: 'node-problem-detector kernel_log_generator/problems/null_pointer',
			},
			{
				text: 'BUG: kernel NULL pointer dereference, address: 0000000000000010',
				origin: 'syzkaller testdata/linux/report/480',
			},
			{
				text: 'Unable to handle kernel NULL pointer dereference at virtual address 0000000000000018',
				origin: 'linux arch/arm64/mm/fault.c (format)',
			},
		],
	},
	{
		id: 'oops-page-fault',
		severity: 'critical',
		category: 'kernel',
		title: 'Kernel oops: bad address used< in {frame}>',
		literals: ['nable to handle kernel', 'nable to handle page fault', 'kernel tried to execute '],
		patterns: [
			/[Uu]nable to handle (?:kernel(?: |$)|page fault)/,
			/kernel tried to execute (?:NX-protected|user) page|kernel tried to execute exec-protected page/,
		],
		vetoes: [/NULL pointer dereference/],
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'Kernel code read, wrote or ran memory that is not there. Addresses that make no sense from one time to the next hint at bad memory modules.',
		advice: upgradeAdvice,
		source:
			'linux arch/x86/mm/fault.c show_fault_oops, arch/arm64/mm/fault.c die_kernel_fault, arch/powerpc/mm/fault.c bad_page_fault',
		examples: [
			{
				text: 'kernel tried to execute NX-protected page - exploit attempt? (uid: 0)',
				origin: 'linux arch/x86/mm/fault.c (format)',
			},
			{
				text: 'BUG: unable to handle page fault for address: ffffde202758ca0b',
				origin: 'syzkaller testdata/linux/report/382',
			},
			{
				text: 'BUG: unable to handle kernel paging request at ffffc90001923000',
				origin: 'syzkaller testdata/linux/report/0',
			},
			{
				text: 'Unable to handle kernel paging request at virtual address ffff80001234abcd',
				origin: 'syzkaller testdata/linux/report/45 (arm64)',
			},
			{
				text: 'Unable to handle kernel paging request for data at address 0x00000000',
				origin: 'linux 4.14 arch/powerpc/mm/fault.c (format)',
			},
		],
	},
	{
		id: 'oops-gpf',
		severity: 'critical',
		category: 'kernel',
		title: 'Kernel oops: general protection fault< in {frame}>',
		literals: ['general protection fault'],
		patterns: [
			/general protection fault(?:, (?:probably|maybe) for [^:]{1,80})?: ?(?:maybe for address 0x[0-9a-f]{1,16}: )?[0-9a-f]{4} \[#\d+\]/,
		],
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'Kernel code used an address that no program can have, most often one from memory that was already given back.',
		advice: upgradeAdvice,
		source: 'linux arch/x86/kernel/traps.c exc_general_protection',
		examples: [
			{text: 'general protection fault: 0000 [#1] SMP KASAN', origin: 'syzkaller testdata/linux/report/14'},
			{
				text: 'general protection fault, probably for non-canonical address 0xdead000000000122: 0000 [#1] SMP PTI',
				origin: 'linux 6.1 arch/x86/kernel/traps.c (format)',
			},
			{
				text: 'Oops: general protection fault, maybe for address 0x0: 0000 [#2] PREEMPT SMP NOPTI',
				origin: 'linux 6.12 arch/x86/kernel/dumpstack.c (format)',
			},
		],
	},
	{
		id: 'oops-trap',
		severity: 'critical',
		category: 'kernel',
		title: 'Kernel oops: {detail}< in {frame}>',
		literals: [
			'divide error: ',
			'invalid opcode: ',
			'stack segment: ',
			'segment not present: ',
			'invalid TSS: ',
			'bounds: ',
			'int3: ',
			'alignment check: ',
			'control protection fault: ',
			'simd exception: ',
			'coprocessor segment overrun: ',
			'overflow: ',
			'fpu exception: ',
			'illegal operation: ',
			'addressing exception: ',
			'specification exception: ',
			'privileged operation: ',
			'protection exception: ',
			'data exception: ',
			'divide exception: ',
		],
		patterns: [
			/(?<detail>divide error|invalid opcode|stack segment|segment not present|invalid TSS|bounds|int3|alignment check|control protection fault|simd exception|coprocessor segment overrun|overflow|fpu exception): [0-9a-f]{4} \[#\d+\]/,
			/(?<detail>illegal operation|addressing exception|specification exception|privileged operation|protection exception|data exception|fixpoint divide exception): [0-9a-f]{4} ilc:\d \[#\d+\]/,
		],
		part: 'crash',
		rank: -1,
		settlesAfterHours: null,
		meaning:
			'The processor refused an instruction of the kernel: a division by zero, or the instruction that an assertion puts where code must never come.',
		advice: upgradeAdvice,
		source:
			'linux arch/x86/kernel/traps.c, arch/s390/kernel/traps.c; dm-thin on Debian 3.16: node-problem-detector problems/divide_zero',
		examples: [
			{text: 'illegal operation: 0001 ilc:1 [#1] SMP', origin: 'linux arch/s390/kernel/dumpstack.c (format)'},
			{text: 'divide error: 0000 [#1] SMP', origin: 'node-problem-detector kernel_log_generator/problems/divide_zero'},
			{text: 'invalid opcode: 0000 [#1] SMP', origin: 'apptainer/singularity#228'},
			{
				text: 'Oops: invalid opcode: 0000 [#1] PREEMPT SMP NOPTI',
				origin: 'linux 6.12 arch/x86/kernel/dumpstack.c (format)',
			},
		],
	},
	{
		id: 'oops-arm',
		severity: 'critical',
		category: 'kernel',
		title: 'Kernel oops: {detail}< in {frame}>',
		literals: ['Internal error: ', 'Unhandled fault', 'Alignment trap: not handling'],
		patterns: [
			/^Internal error: (?<detail>[^:[]{1,60})(?:: [^:[]{1,40})?(?:: [0-9a-f]{1,16})? \[#\d+\]/,
			/^(?<detail>Unhandled fault)(?:: [^(]{1,80}\(0x[0-9a-f]{1,16}\))? at 0x/,
			/^(?<detail>Alignment trap): not handling instruction/,
		],
		part: 'crash',
		rank: -1,
		settlesAfterHours: null,
		meaning: 'Kernel code faulted on an ARM processor; the words before the number say in which way.',
		advice: upgradeAdvice,
		source: 'linux arch/arm64/kernel/traps.c __die, arch/arm/kernel/traps.c, arch/arm64/mm/fault.c do_mem_abort',
		examples: [
			{
				text: 'Unhandled fault: imprecise external abort (0x1406) at 0x00000000',
				origin: 'linux arch/arm/mm/fault.c (format)',
			},
			{
				text: 'Alignment trap: not handling instruction e1923f9f at [<c0123456>]',
				origin: 'linux arch/arm/mm/alignment.c (format)',
			},
			{text: 'Internal error: Oops: 96000044 [#1] PREEMPT SMP', origin: 'syzkaller testdata/linux/report/45'},
			{
				text: 'Internal error: Oops - BUG: 00000000f2000800 [#1] SMP',
				origin: 'linux arch/arm64/kernel/traps.c (format)',
			},
			{
				text: 'Internal error: synchronous external abort: 0000000096000210 [#1] SMP',
				origin: 'linux arch/arm64/mm/fault.c (format)',
			},
		],
	},
	{
		id: 'oops-header',
		severity: 'critical',
		category: 'kernel',
		title: 'Kernel oops< in {frame}>',
		literals: ['Oops'],
		patterns: [/\bOops[^[]{0,100}\[#\d+\]/],
		part: 'crash',
		rank: -2,
		settlesAfterHours: null,
		meaning:
			'Kernel code faulted; the line that says how did not survive, so only the registers and the stack tell more.',
		advice: upgradeAdvice,
		source:
			'linux arch/x86/kernel/dumpstack.c __die_header, arch/powerpc/kernel/traps.c __die, arch/riscv/kernel/traps.c die',
		examples: [
			{text: 'Oops: 0002 [#1] SMP DEBUG_PAGEALLOC KASAN', origin: 'syzkaller testdata/linux/report/0'},
			{text: 'Oops: Oops: 0002 [#1] PREEMPT SMP NOPTI', origin: 'sfjro/aufs-standalone#64'},
			{text: 'Oops: Kernel access of bad area, sig: 11 [#1]', origin: 'linux arch/powerpc/kernel/traps.c (format)'},
			{text: 'Oops [#1]', origin: 'linux arch/riscv/kernel/traps.c (format)'},
		],
	},
];
