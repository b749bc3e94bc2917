/** The kernel runs, but a processor or a task is stuck in it. */
import type {KernelSignature} from './first-cut-signature.ts';

const stuckForDays = 24;

export const stallSignatures: readonly KernelSignature[] = [
	{
		id: 'soft-lockup',
		severity: 'critical',
		category: 'kernel',
		title: 'CPU stuck in the kernel',
		literals: ['BUG: soft lockup - CPU#'],
		patterns: [/BUG: soft lockup - CPU#\d+ stuck for \d+s! \[(?<subject>[^\]:]{1,40})/],
		block: 'stall',
		settlesAfterHours: stuckForDays,
		meaning: 'A processor ran kernel code for more than 20 s without giving way; whatever waits for it waits too.',
		advice:
			'If it repeats: move the work elsewhere, reboot, upgrade the kernel. On a virtual machine look at steal time (`vmstat 1`) and at snapshots first.',
		source: 'linux kernel/watchdog.c; coreos/bugs#1256, moby#3744',
		examples: [
			{
				text: 'watchdog: BUG: soft lockup - CPU#3 stuck for 23s! [containerd-shim:4410]',
				origin: 'linux 6.1 kernel/watchdog.c',
			},
			{text: 'BUG: soft lockup - CPU#0 stuck for 22s! [docker:1820]', origin: 'linux 3.16 kernel/watchdog.c'},
		],
	},
	{
		id: 'hard-lockup',
		severity: 'critical',
		category: 'kernel',
		title: 'CPU no longer takes interrupts',
		literals: ['atchdog detected hard LOCKUP'],
		patterns: [/[Ww]atchdog detected hard LOCKUP/],
		block: 'stall',
		settlesAfterHours: null,
		meaning: 'A processor served no interrupt for more than 10 s: failing hardware, firmware, or a kernel bug.',
		advice:
			'Move the work elsewhere; look at the BMC log (`ipmitool sel list`) and update firmware and kernel before using the host again.',
		source: 'linux kernel/watchdog_hld.c; coreos/bugs#2655',
		examples: [{text: 'NMI watchdog: Watchdog detected hard LOCKUP on cpu 5', origin: 'linux kernel/watchdog_hld.c'}],
	},
	{
		id: 'rcu-stall',
		severity: 'critical',
		category: 'kernel',
		title: 'RCU stall',
		literals: ['detected stall', 'detected expedited stall'],
		patterns: [/INFO: rcu_?\w* (?:self-)?detected (?:expedited )?stalls? on (?:CPU|tasks)/],
		block: 'stall',
		settlesAfterHours: stuckForDays,
		meaning:
			'A processor or task kept the kernel from freeing memory for many seconds: stuck code, or a virtual machine that got no time.',
		advice: 'Look at steal time (`vmstat 1`) and at lockups near it; if it repeats, reboot and upgrade the kernel.',
		source: 'linux kernel/rcu/tree_stall.h',
		examples: [
			{text: 'rcu: INFO: rcu_sched self-detected stall on CPU', origin: 'linux 6.1 kernel/rcu/tree_stall.h'},
			{
				text: 'INFO: rcu_sched detected stalls on CPUs/tasks: { 2} (detected by 0, t=5252 jiffies)',
				origin: 'linux 3.16 kernel/rcu/tree.c',
			},
		],
	},
	{
		id: 'engine-task-hung',
		severity: 'critical',
		category: 'engine',
		title: 'container runtime stuck in the kernel',
		literals: [' for more than '],
		patterns: [
			/INFO: task (?<subject>dockerd?|docker-[\w-]+|containerd[\w-]*|runc[^\s]{0,30}|crun|conmon|umount\.aufs|exe):\d+ blocked (?:in I\/O wait )?for more than \d+ seconds/,
		],
		block: 'stall',
		settlesAfterHours: stuckForDays,
		meaning:
			'The engine or one of its helpers waits inside the kernel and cannot be killed: a network namespace lock, an unmount, a dead NFS server or a bad disk. `docker ps` will hang.',
		advice:
			'Restarting the engine does not free it. Move what still answers elsewhere, reboot, then mend what the stack after this line names: `dmesg | grep -A 20 "blocked for more than"`.',
		source: 'linux kernel/hung_task.c; node-problem-detector rule DockerHung; moby#13885',
		examples: [
			{text: 'INFO: task dockerd:1187 blocked for more than 120 seconds.', origin: 'linux kernel/hung_task.c'},
		],
	},
	{
		id: 'task-hung',
		severity: 'critical',
		category: 'kernel',
		title: 'task stuck in the kernel',
		literals: [' for more than '],
		patterns: [/INFO: task (?<subject>.{1,40}?):\d+ blocked (?:in I\/O wait )?for more than \d+ seconds/],
		block: 'stall',
		settlesAfterHours: stuckForDays,
		meaning:
			'A process has waited inside the kernel for more than two minutes: storage that does not answer, NFS, or a deadlock.',
		advice:
			'Read the stack after this line: jbd2, xfs or blk_ means storage, rpc_ means NFS, copy_net_ns means network namespaces. Mend that; reboot if it does not clear.',
		source: 'linux kernel/hung_task.c (silent after 10 reports: counts are lower bounds)',
		examples: [
			{text: 'INFO: task jbd2/sda1-8:212 blocked for more than 120 seconds.', origin: 'linux kernel/hung_task.c'},
			{
				text: 'INFO: task postgres:3301 blocked in I/O wait for more than 241 seconds.',
				origin: 'linux 6.12 kernel/hung_task.c',
			},
		],
	},
];
