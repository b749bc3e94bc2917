/** Requests for memory, processes or files that were refused, and memory that turned out bad. */
import type {KernelSignature} from '../signature.ts';

export const memoryShortageSignatures: readonly KernelSignature[] = [
	{
		id: 'page-alloc-failure',
		severity: 'warning',
		category: 'memory',
		title: 'Kernel was refused memory (order {order}, for {subject})',
		literals: ['page allocation failure'],
		patterns: [/^(?<subject>.{1,40}): page allocation failure[:.] order:(?<order>\d+)/],
		storms: [{count: 20, withinSeconds: 3600, severity: 'critical'}],
		settlesAfterHours: 24,
		meaning:
			'No free memory of the wanted size at that moment. Order 0 means there is none; 3 and more that it lies in small pieces.',
		advice:
			'Give the kernel a larger reserve (`sysctl -w vm.min_free_kbytes=262144`), and limit the containers’ memory.',
		source: 'linux mm/page_alloc.c warn_alloc',
		examples: [
			{
				text: 'kworker/u4:4: page allocation failure: order:0, mode:0x40a20(GFP_ATOMIC|__GFP_COMP), nodemask=(null),cpuset=/,mems_allowed=0',
				origin: 'syzkaller testdata/linux/report/492',
			},
			{text: 'swapper: page allocation failure. order:1, mode:0x20', origin: 'linux 2.6.32 mm/page_alloc.c (format)'},
		],
	},
	{
		id: 'page-alloc-stall',
		severity: 'warning',
		category: 'memory',
		title: '{subject} waited {waitedMs} ms for memory',
		literals: ['page allocation stalls for '],
		patterns: [/^(?<subject>.{1,40}): page allocation stalls for (?<waitedMs>\d+)ms/],
		settlesAfterHours: 24,
		meaning: 'Memory is so short that one request took many seconds; everything on the host is slow meanwhile.',
		advice:
			'Find the largest user (`ps aux --sort=-rss | head`), limit it or move it; add memory if all of them are right.',
		source: 'linux 4.9 to 4.14 mm/page_alloc.c',
		examples: [
			{
				text: 'a.out: page allocation stalls for 10014ms, order:0, mode:0x24280ca(GFP_HIGHUSER_MOVABLE|__GFP_ZERO)',
				origin: 'linux-mm list, 4.9',
			},
		],
	},
	{
		id: 'slub-alloc',
		severity: 'warning',
		category: 'memory',
		title: 'Kernel cannot allocate small objects< (cache {cache})>',
		literals: ['SLUB: Unable to allocate memory '],
		patterns: [/SLUB: Unable to allocate memory (?:on|from) node/],
		onKernels: [{release: /^3\.10\./, severity: 'critical'}],
		details: [
			{
				// Only kernels that account slabs per control group (3.8 to 5.8) name one behind the cache.
				literal: 'object size: ',
				pattern: /^\s{0,8}cache: (?<cache>[\w.-]{1,60})\(\d+:[^)]{1,80}\), object size: /,
				severity: 'critical',
				title: 'Kernel cannot allocate small objects for containers (cache {cache}): kernel memory accounting leaks',
			},
			{literal: 'object size: ', pattern: /^\s{0,8}cache: (?<cache>[\w.-]{1,60}).{0,60}, object size: /},
		],
		settlesAfterHours: 24,
		meaning:
			'On RHEL 7 and its relatives (3.10) this is mostly the leak of kernel memory accounting: each container leaves some behind until none can start. Elsewhere memory is simply short.',
		advice:
			'On 3.10: boot with cgroup.memory=nokmem or kernel-3.10.0-1075 and later. Elsewhere: limit containers and check `free -h`.',
		source: 'linux mm/slub.c slab_out_of_memory; opencontainers/runc#1725, moby#35545',
		examples: [{text: 'SLUB: Unable to allocate memory on node -1 (gfp=0x8020)', origin: 'opencontainers/runc#1725'}],
	},
	{
		id: 'vmalloc-failure',
		severity: 'warning',
		category: 'memory',
		title: 'Kernel was refused a large piece of memory',
		literals: ['vmalloc: allocation failure', 'vmalloc error: ', 'vmap allocation for size '],
		patterns: [
			/vmalloc: allocation failure/,
			/vmalloc error: size (?<sizeBytes>\d+)/,
			/vmap allocation for size (?<sizeBytes>\d+) failed/,
		],
		settlesAfterHours: 24,
		meaning: 'Either memory or address space ran out, or a driver asked for an absurd amount.',
		advice:
			'An absurd size points at a bug of the caller in the stack; otherwise check `grep Vmalloc /proc/meminfo` and `free -h`.',
		source: 'linux mm/vmalloc.c',
		examples: [
			{
				text: 'python3: vmalloc error: size 2147483648, page order 0, failed to allocate pages, mode:0xcc2(GFP_KERNEL|__GFP_HIGHMEM), nodemask=(null)',
				origin: 'linux 5.18 mm/vmalloc.c (format)',
			},
			{text: 'vmalloc: allocation failure: 34359738352 bytes', origin: 'syzkaller testdata/linux/report/217'},
			{
				text: 'vmap allocation for size 4198400 failed: use vmalloc=<size> to increase size.',
				origin: 'linux mm/vmalloc.c (format)',
			},
		],
	},
	{
		id: 'swap-io-error',
		severity: 'critical',
		category: 'disk',
		title: 'Swap device {subject} fails',
		literals: ['-error on swap-device'],
		patterns: [/(?:Read|Write)-error on swap-device \((?<subject>\d+:\d+)/],
		settlesAfterHours: null,
		meaning: 'Memory that was swapped out cannot be read back or written. Programs that need it die.',
		advice: 'Take that swap away while memory allows (`swapon --show`, `swapoff DEVICE`), then replace the disk.',
		source: 'linux mm/page_io.c end_swap_bio_read, end_swap_bio_write',
		examples: [{text: 'Read-error on swap-device (8:0:12345)', origin: 'linux mm/page_io.c (format)'}],
	},
	{
		id: 'pids-limit',
		severity: 'warning',
		category: 'memory',
		title: 'Limit of processes reached in {subject}',
		literals: ['cgroup: fork rejected by pids controller in '],
		patterns: [
			/cgroup: fork rejected by pids controller in \/\S{0,200}docker[/-](?<subject>[\w.-]{2,64}?)(?:\.scope)?(?:\s|$)/,
			/cgroup: fork rejected by pids controller in (?<subject>\/\S{0,200})/,
		],
		settlesAfterHours: 24,
		meaning: 'The container may start no more processes: it leaks them, or its limit is too low for its work.',
		advice: 'Count them with `docker top NAME | wc -l`; mend the leak or start it with a higher --pids-limit.',
		source: 'linux kernel/cgroup/pids.c pids_can_fork',
		examples: [
			{text: 'cgroup: fork rejected by pids controller in /docker/FOOBAR', origin: 'buildbot configuration comment'},
			{
				text: 'cgroup: fork rejected by pids controller in /system.slice/docker-4b1c77e0.scope',
				origin: 'linux kernel/cgroup/pids.c (format)',
			},
		],
	},
	{
		id: 'file-max',
		severity: 'critical',
		category: 'kernel',
		title: 'The host can open no more files (limit {limit})',
		literals: ['VFS: file-max limit '],
		patterns: [/VFS: file-max limit (?<limit>\d+) reached/],
		settlesAfterHours: 24,
		meaning: 'All file handles of the host are taken; logins, containers and the engine fail at random.',
		advice:
			'Raise it now (`sysctl -w fs.file-max=2000000`) and find the holder: `ls /proc/[0-9]*/fd | wc -l` per process.',
		source: 'linux fs/file_table.c alloc_empty_file',
		examples: [{text: 'VFS: file-max limit 808500 reached', origin: 'linux fs/file_table.c (format)'}],
	},
	{
		id: 'mem-poison',
		severity: 'critical',
		category: 'hardware',
		title: 'Memory page {subject} is bad< ({task} was told)>',
		literals: ['Memory failure: 0x', 'hardware memory corruption'],
		patterns: [
			/Memory failure: (?<subject>0x[0-9a-f]{1,16}): Sending SIGBUS to (?<task>.{1,40}):\d+ due to hardware memory corruption/,
			/Memory failure: (?<subject>0x[0-9a-f]{1,16})/,
			/MCE: Killing (?<task>.{1,40}):\d+ due to hardware memory corruption/,
		],
		vetoes: [/Software-unpoisoned|[Uu]npoison/],
		part: 'hardware',
		preludes: ['mce-logged'],
		settlesAfterHours: null,
		meaning:
			'A page of memory holds an error that cannot be corrected. The kernel took it out of use; programs that had it are ended.',
		advice:
			'Have that memory module replaced: `ras-mc-ctl --errors` or `edac-util -v` names it. Move the work away until then.',
		source: 'linux mm/memory-failure.c',
		examples: [
			{
				text: 'Memory failure: 0x118cb9: Sending SIGBUS to mce_process_rea:1227 due to hardware memory corruption',
				origin: 'mce-test run',
			},
			{
				text: 'Memory failure: 0x21ab3: recovery action for dirty LRU page: Recovered',
				origin: 'linux mm/memory-failure.c (format)',
			},
			{
				text: 'MCE: Killing java:2201 due to hardware memory corruption fault at 7f0a1c000000',
				origin: 'linux arch/x86/mm/fault.c (format)',
			},
		],
	},
];
