/** Processors and tasks that no longer move on. */
import type {KernelSignature} from '../signature.ts';

export const lockupsSignatures: readonly KernelSignature[] = [
	{
		id: 'soft-lockup',
		severity: 'critical',
		category: 'kernel',
		title: 'CPU{cpu} stuck for {seconds} s< in {task}>',
		literals: ['BUG: soft lockup - CPU#'],
		patterns: [
			/BUG: soft lockup - (?<subject>CPU#(?<cpu>\d+)) stuck for (?<seconds>\d+)s! \[(?<task>.{1,40}):\d+\]/,
			/BUG: soft lockup - (?<subject>CPU#(?<cpu>\d+)) stuck for (?<seconds>\d+)s/,
		],
		part: 'stall',
		onVirtualMachines: 'warning',
		storms: [
			{
				count: 3,
				withinSeconds: 600,
				severity: 'critical',
				title: 'CPU{cpu} stuck for {seconds} s< in {task}>, {count} times in {span}',
			},
		],
		settlesAfterHours: null,
		meaning:
			'A processor ran kernel code without letting anything else run. On a virtual machine one such line may only mean that the hypervisor paused it.',
		advice:
			'Virtual machine: check steal time (`vmstat 1`, column st) and snapshots. Else, or when it repeats: move the work away, reboot, upgrade the kernel.',
		source: 'linux kernel/watchdog.c watchdog_timer_fn; coreos/bugs#1256, moby#19758',
		examples: [
			{text: 'watchdog: BUG: soft lockup - CPU#1 stuck for 5s! [modprobe:390]', origin: 'Debian 12 guest, 6.1.0-50'},
			{
				text: 'NMI watchdog: BUG: soft lockup - CPU#1 stuck for 11s! [syz-executor7:16813]',
				origin: 'syzkaller testdata/linux/report/7',
			},
			{text: 'NMI watchdog: BUG: soft lockup - CPU#2 stuck for 22s! [docker:1146]', origin: 'coreos/bugs#1256'},
			{
				text: 'watchdog: BUG: soft lockup - CPU#3 stuck for 26s! [kworker/3:1:87]',
				origin: 'linux 6.1 kernel/watchdog.c (format)',
			},
		],
	},
	{
		id: 'hard-lockup',
		severity: 'critical',
		category: 'kernel',
		title: 'CPU<{cpu}> takes no interrupts (hard lockup)',
		literals: ['hard LOCKUP', 'NMI Watchdog detected LOCKUP'],
		patterns: [
			/[Ww]atchdog detected hard LOCKUP on (?<subject>cpu ?(?<cpu>\d+))/,
			/(?<subject>CPU (?<cpu>\d+)) (?:self-)?detected hard LOCKUP/,
			/NMI Watchdog detected LOCKUP on (?<subject>CPU ?(?<cpu>\d+))/,
			/[Ww]atchdog detected hard LOCKUP/,
		],
		part: 'stall',
		rank: 1,
		settlesAfterHours: null,
		meaning:
			'A processor has not answered its timer interrupt for about ten seconds: firmware, hardware or a kernel bug.',
		advice:
			'Move the work away now, keep the report and the BMC log (`ipmitool sel elist`), reboot, and update firmware and microcode.',
		source:
			'linux kernel/watchdog_hld.c, arch/powerpc/kernel/watchdog.c; 2.6.32 arch/x86/kernel/apic/nmi.c; coreos/bugs#2655',
		examples: [
			{text: 'NMI watchdog: Watchdog detected hard LOCKUP on cpu 3', origin: 'coreos/bugs#2655 (pstore)'},
			{
				text: 'watchdog: CPU 12 self-detected hard LOCKUP @ plpar_hcall_norets+0x1c/0x28',
				origin: 'linux arch/powerpc/kernel/watchdog.c (format)',
			},
			{text: 'NMI Watchdog detected LOCKUP on CPU 0', origin: 'linux 2.6.32 arch/x86/kernel/apic/nmi.c (format)'},
		],
	},
	{
		id: 'rcu-stall',
		severity: 'critical',
		category: 'kernel',
		title: 'RCU stall< on CPU{cpu}>< in {frame}>',
		literals: ['INFO: rcu'],
		patterns: [
			/INFO: rcu\w{0,30} (?:self-)?detected (?:expedited )?stalls? on (?:CPUs?\/tasks|CPUs?):? {0,2}\{? {0,2}(?<cpu>\d+)/,
			/INFO: rcu\w{0,30} (?:self-)?detected (?:expedited )?stalls? on (?:CPU|tasks)/,
		],
		vetoes: [/Stall ended before state dump start/],
		part: 'stall',
		rank: 1,
		details: [{literal: 'ticks this GP', pattern: /\s(?<cpu>\d+)-\S{1,8}: \(\d+ ticks this GP\)/, withinSeconds: 5}],
		settlesAfterHours: null,
		meaning:
			'Parts of the kernel wait for every processor to pass by, and one did not: it is stuck, or the machine was starved or paused.',
		advice:
			'Virtual machine: check steal time (`vmstat 1`) and the hypervisor’s load. Else read the stack of the named processor, reboot, and upgrade.',
		source: 'linux kernel/rcu/tree_stall.h print_cpu_stall, print_other_cpu_stall; Documentation/RCU/stallwarn.rst',
		examples: [
			{text: 'rcu: INFO: rcu_sched self-detected stall on CPU', origin: 'syzkaller testdata/linux/report/263'},
			{text: 'INFO: rcu_preempt detected stalls on CPUs/tasks:', origin: 'syzkaller testdata/linux/report/57'},
			{
				text: 'INFO: rcu_sched self-detected stall on CPU { 1}  (t=15000 jiffies g=8215 c=8214 q=98)',
				origin: 'linux 3.10 kernel/rcutree.c (format)',
			},
		],
	},
	{
		id: 'rcu-starved',
		severity: 'critical',
		category: 'kernel',
		title: 'RCU thread got no processor time',
		literals: [' kthread starved for ', ' kthread timer wakeup didn'],
		patterns: [/rcu\w{1,30} kthread (?:starved for|timer wakeup didn't happen for) (?<jiffies>\d+) jiffies/],
		part: 'stall',
		settlesAfterHours: null,
		meaning: 'The kernel’s own clean-up thread did not get to run. Memory it should free stays taken.',
		advice:
			'Look for real-time tasks or a starved virtual machine: `ps -eo cls,pri,comm | grep -E "FF|RR"`, `vmstat 1`.',
		source: 'linux kernel/rcu/tree_stall.h rcu_check_gp_kthread_starvation',
		examples: [
			{
				text: 'rcu: rcu_preempt kthread starved for 10502 jiffies! g5 f0x0 RCU_GP_WAIT_FQS(5) ->state=0x0 ->cpu=0',
				origin: 'linux kernel/rcu/tree_stall.h (format)',
			},
			{text: 'rcu_sched kthread starved for 2097 jiffies!', origin: 'linux 4.4 kernel/rcu/tree.c (format)'},
		],
	},
	{
		id: 'workqueue-lockup',
		severity: 'critical',
		category: 'kernel',
		title: 'Kernel workers stuck for {seconds} s',
		literals: ['BUG: workqueue lockup - pool'],
		patterns: [/BUG: workqueue lockup - pool (?:.{0,120} )?stuck for (?<seconds>\d+)s/, /BUG: workqueue lockup - pool/],
		part: 'stall',
		settlesAfterHours: null,
		meaning:
			'Threads that do the kernel’s background work have finished nothing for a while; disks and networks wait on them.',
		advice:
			'The lines "in-flight" below it name the work. Move the work away, reboot, and update the driver they belong to.',
		source: 'linux kernel/workqueue.c wq_watchdog_timer_fn',
		examples: [
			{
				text: 'BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=0 stuck for 32s!',
				origin: 'syzkaller testdata/linux/report/94',
			},
		],
	},
	{
		id: 'hung-task-docker',
		severity: 'critical',
		category: 'docker-daemon',
		title: '{subject} hung for {seconds} s: the container engine stands still< in {frame}>',
		literals: [' blocked for more than ', ' blocked in I/O wait for more than '],
		patterns: [
			/INFO: task (?<subject>dockerd?(?:-[\w-]{1,20})?|containerd[\w-]{0,20}|runc\S{0,20}|crun|conmon|umount\.aufs|exe):\d+ blocked (?:in I\/O wait )?for more than (?<seconds>\d+) seconds/,
		],
		part: 'hang',
		rank: 1,
		silentAfter: 10,
		settlesAfterHours: null,
		meaning:
			'A process of the container runtime waits inside the kernel and cannot be killed. Commands such as `docker ps` will hang as well.',
		advice:
			'A restart of the service does not help. Read the stack for what it waits on (network namespace, storage, NFS), move the work away, reboot.',
		source:
			'linux kernel/hung_task.c; node-problem-detector config/kernel-monitor.json, problems/docker_hung, aufs_umount_hung',
		examples: [
			{
				text: 'INFO: task docker:20744 blocked for more than 120 seconds.',
				origin: 'node-problem-detector kernel_log_generator/problems/docker_hung',
			},
			{
				text: 'INFO: task umount.aufs:21568 blocked for more than 120 seconds.',
				origin: 'node-problem-detector kernel_log_generator/problems/aufs_umount_hung',
			},
			{
				text: 'INFO: task containerd-shim:918 blocked for more than 241 seconds.',
				origin: 'linux kernel/hung_task.c (format)',
			},
		],
	},
	{
		id: 'hung-task',
		severity: 'critical',
		category: 'kernel',
		title: '{subject} hung for {seconds} s<, waiting for {component}>< in {frame}>',
		literals: [' blocked for more than ', ' blocked in I/O wait for more than '],
		patterns: [/INFO: task (?<subject>.{1,40}):\d+ blocked (?:in I\/O wait )?for more than (?<seconds>\d+) seconds/],
		part: 'hang',
		silentAfter: 10,
		settlesAfterHours: null,
		meaning:
			'A process has waited for minutes and does not even take a kill: for a disk, a network filesystem, or a lock that nobody gives back.',
		advice:
			'The stack says for what: jbd2, xfs, blk = disk; rpc, nfs = the file server; rtnl, copy_net_ns = networks. Mend that; reboot if it stays.',
		source: 'linux kernel/hung_task.c check_hung_task',
		examples: [
			{text: 'INFO: task getty:2986 blocked for more than 120 seconds.', origin: 'syzkaller testdata/linux/report/69'},
			{
				text: 'INFO: task kworker/u8:2:311 blocked for more than 122 seconds.',
				origin: 'linux kernel/hung_task.c (format)',
			},
		],
	},
	{
		id: 'task-cant-die',
		severity: 'critical',
		category: 'kernel',
		title: '{subject} was killed and does not die',
		literals: [" can't die for more than "],
		patterns: [/INFO: task (?<subject>.{1,40}):\d+ can't die for more than (?<seconds>\d+) seconds/],
		part: 'hang',
		settlesAfterHours: null,
		meaning: 'A killed process is held inside the kernel, with the memory and the locks it has.',
		advice: 'Read its stack (`cat /proc/PID/stack`); what it waits for there is what to mend.',
		source: 'linux-next kernel/hung_task.c; wording from syzkaller pkg/report/linux.go, not in released kernels',
		examples: [
			{
				text: "INFO: task syz-executor.0:9876 can't die for more than 143 seconds.",
				origin: 'syzkaller pkg/report/linux.go',
			},
		],
	},
];
