/** The kernel found its own data other than they must be. */
import type {KernelSignature} from '../signature.ts';

export const kernelBugsSignatures: readonly KernelSignature[] = [
	{
		id: 'kernel-bug',
		severity: 'critical',
		category: 'kernel',
		title: 'Kernel BUG at {detail}< in {frame}>',
		literals: ['ernel BUG at ', 'ernel BUG in '],
		patterns: [/[Kk]ernel BUG (?:at|in) (?<detail>[^\s!]{1,160})/],
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'A check inside the kernel failed: something it relies on was not so. The task is gone, its locks are not.',
		advice:
			'Move the work away and reboot. Search the web for that file and line with your kernel release; an upgrade mostly has the fix.',
		source: 'linux lib/bug.c report_bug, include/asm-generic/bug.h',
		examples: [
			{text: 'kernel BUG at fs/buffer.c:1917!', origin: 'syzkaller testdata/linux/report/43'},
			{text: 'Kernel BUG at ffffffff8117a2b0 [verbose debug info unavailable]', origin: 'linux lib/bug.c (format)'},
		],
	},
	{
		id: 'slab-corruption',
		severity: 'critical',
		category: 'memory',
		title: 'Kernel memory overwritten< in cache {subject}>',
		literals: ['ainted', 'Freed in ', 'Allocated in ', 'Slab corruption', 'Wrong slab cache'],
		patterns: [
			/^BUG (?<subject>[\w:.-]{1,80}) \((?:Not t|T)ainted[^)]{0,80}\): /,
			/^(?:INFO: )?(?:Freed|Allocated) in \S{1,120} age=\d+ cpu=\d+ pid=/,
			/^Slab corruption\b.{0,60}: (?<subject>[\w:.-]{1,80}) start=/,
			/cache_from_obj: Wrong slab cache\. (?<subject>[\w:.-]{1,80}) but object is from/,
		],
		vetoes: [/kasan: bad access|kfence/],
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'The allocator’s own checks found kernel memory that was changed after it was given back, or beyond its end.',
		advice:
			'Reboot before data are written wrongly. Remove modules from outside the kernel, upgrade, and run a memory test if it returns.',
		source: 'linux mm/slub.c slab_bug, print_track; mm/slab.c (until 6.7)',
		examples: [
			{text: 'INFO: Freed in kfree_skb+0x45/0x90 age=321 cpu=1 pid=1234', origin: 'linux mm/slub.c (format)'},
			{
				text: 'Slab corruption (Not tainted): size-64 start=ffff88003f1c8000, len=64',
				origin: 'linux 3.x mm/slab.c (format)',
			},
			{
				text: 'cache_from_obj: Wrong slab cache. kmalloc-64 but object is from dentry',
				origin: 'linux 4.x mm/slab.h (format)',
			},
			{
				text: 'BUG kmalloc-8 (Tainted: G    B         ): Object already free',
				origin: 'syzkaller testdata/linux/report/82',
			},
			{text: 'BUG dentry (Not tainted): Poison overwritten', origin: 'linux mm/slub.c (format)'},
		],
	},
	{
		id: 'rust-panic',
		severity: 'critical',
		category: 'kernel',
		title: 'Rust code of the kernel panicked< at {detail}>',
		literals: ['rust_kernel: panicked at '],
		patterns: [/rust_kernel: panicked at (?<detail>[\w./-]{1,160}\.rs:\d+)/, /rust_kernel: panicked at /],
		part: 'crash',
		settlesAfterHours: null,
		meaning: 'A part of the kernel written in Rust gave up; a kernel BUG follows.',
		advice: 'Reboot, upgrade the kernel, and report the file and line to whoever ships the driver.',
		source: 'linux rust/kernel/lib.rs panic handler',
		examples: [
			{
				text: 'rust_kernel: panicked at drivers/android/binder/node.rs:877:13:',
				origin: 'syzkaller testdata/linux/report/748',
			},
		],
	},
	{
		id: 'list-corruption',
		severity: 'critical',
		category: 'kernel',
		title: 'Kernel list corrupted ({detail})< in {frame}>',
		literals: ['list_add corruption', 'list_add double add', 'list_del corruption'],
		patterns: [/(?<detail>list_add|list_del) (?:corruption|double add)/],
		part: 'crash',
		rank: 1,
		settlesAfterHours: null,
		meaning:
			'Entries of a kernel list no longer point at each other: a driver wrote where it must not, or memory is bad.',
		advice: 'Reboot. If it comes back on the same host only, test its memory; if on several, upgrade the kernel.',
		source: 'linux lib/list_debug.c',
		examples: [
			{
				text: 'list_del corruption, ffff888 is LIST_POISON1',
				origin: 'abrt src/lib/kernel.c (string), linux lib/list_debug.c',
			},
			{
				text: 'list_add corruption. next->prev should be prev (ffff8803c3e63a90), but was ffff8803c3e63b90. (next=ffff8803c3e63b90).',
				origin: 'linux lib/list_debug.c (format)',
			},
		],
	},
	{
		id: 'bad-page',
		severity: 'critical',
		category: 'memory',
		title: 'Memory page in an impossible state< (process {task})>',
		literals: ['BUG: Bad page ', 'Bad swap file entry', 'Unused swap offset entry'],
		patterns: [
			/BUG: Bad page (?:state|map|cache)(?: in process (?<task>.{1,20}?) {1,2}p(?:fn|te):)?/,
			/swap_\w{1,30}: (?:Bad swap file entry|Unused swap offset entry) /,
		],
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'What the kernel noted about a page of memory contradicts itself; the cause is bad memory or a kernel bug.',
		advice:
			'Look for memory errors (`grep . /sys/devices/system/edac/mc/mc*/*e_count`), reboot, and upgrade the kernel if there are none.',
		source: 'linux mm/page_alloc.c bad_page, mm/memory.c print_bad_pte, mm/swapfile.c',
		examples: [
			{
				text: 'BUG: Bad page state in process syz-executor.0  pfn:1b317b',
				origin: 'syzkaller testdata/linux/report/727',
			},
			{
				text: 'BUG: Bad page map in process java  pte:8000000b1a2c3067 pmd:1f2e3d067',
				origin: 'linux mm/memory.c (format)',
			},
			{text: '_swap_info_get: Bad swap file entry 3ffffffffffff', origin: 'linux mm/swapfile.c (format)'},
		],
	},
	{
		id: 'bad-rss-counter',
		severity: 'warning',
		category: 'memory',
		title: 'Kernel lost count of a process’s memory',
		literals: ['BUG: Bad rss-counter state', 'BUG: non-zero '],
		patterns: [/BUG: Bad rss-counter state/, /BUG: non-zero (?:nr_ptes|nr_pmds|pgtables_bytes) on freeing mm/],
		part: 'crash',
		settlesAfterHours: 24,
		meaning:
			'A process ended and its books on memory did not close at zero. Harmless alone, but a sign of a kernel bug.',
		advice: 'Look for a worse report nearby (bad page, oops); plan a kernel upgrade.',
		source: 'linux kernel/fork.c check_mm',
		examples: [
			{
				text: 'BUG: Bad rss-counter state mm:ffff88005fac4300 idx:0 val:15',
				origin: 'syzkaller testdata/linux/report/39',
			},
			{text: 'BUG: non-zero pgtables_bytes on freeing mm: 4096', origin: 'linux kernel/fork.c (format)'},
		],
	},
];
