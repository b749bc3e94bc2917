/** Panics that a setting or a person asked for, because going on was thought worse. */
import type {KernelSignature} from '../signature.ts';

export const panicsOfChoiceSignatures: readonly KernelSignature[] = [
	{
		id: 'panic-sysrq',
		severity: 'panic',
		category: 'kernel',
		title: 'Kernel panic on request (sysrq)',
		literals: ['Kernel panic - not syncing: sysrq triggered'],
		patterns: [/Kernel panic - not syncing: sysrq triggered crash/],
		part: 'crash',
		settlesAfterHours: null,
		meaning: 'Someone, or a script, crashed this host deliberately through the sysrq "c" trigger.',
		advice: 'Ask who was on the host (`last -x | head`), then check that a dump was written: `ls /var/crash`.',
		source: 'linux drivers/tty/sysrq.c sysrq_handle_crash',
		examples: [
			{
				text: 'Kernel panic - not syncing: sysrq triggered crash',
				origin: 'abrt tests/examples/oops-without-addrs.test',
			},
		],
	},
	{
		id: 'panic-oom',
		severity: 'panic',
		category: 'memory',
		title: 'Kernel panic: no memory left',
		literals: ['Kernel panic - not syncing: '],
		patterns: [/Kernel panic - not syncing: (?:[Oo]ut of memory|System is deadlocked on memory)/],
		part: 'crash',
		rank: 1,
		settlesAfterHours: null,
		meaning:
			'Memory ran out on the whole host. Either vm.panic_on_oom tells the kernel to stop then, or no process was left to end.',
		advice:
			'After the reboot read `sysctl vm.panic_on_oom`, give every container a memory limit, and compare their sum with `free -h`.',
		source: 'linux mm/oom_kill.c out_of_memory, check_panic_on_oom',
		examples: [
			{
				text: 'Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled',
				origin: 'abrt tests/examples/kernel_panic_oom.test',
			},
			{
				text: 'Kernel panic - not syncing: out of memory. panic_on_oom is selected',
				origin: 'linux 2.6.32 mm/oom_kill.c (format)',
			},
			{text: 'Kernel panic - not syncing: System is deadlocked on memory', origin: 'linux mm/oom_kill.c (format)'},
		],
	},
	{
		id: 'panic-hung-task',
		severity: 'panic',
		category: 'kernel',
		title: 'Kernel panic: a task hung< ({cause})>',
		literals: ['Kernel panic - not syncing: hung_task'],
		patterns: [/Kernel panic - not syncing: hung_task: blocked tasks/],
		part: 'crash',
		settlesAfterHours: null,
		meaning: 'A task waited longer than the limit for something that never came, and kernel.hung_task_panic is set.',
		advice:
			'Read the stack of the hung task above it: disk, NFS or a lock. Mend that first, or the host will stop again.',
		source: 'linux kernel/hung_task.c',
		examples: [
			{text: 'Kernel panic - not syncing: hung_task: blocked tasks', origin: 'syzkaller testdata/linux/report/221'},
		],
	},
	{
		id: 'panic-softlockup',
		severity: 'panic',
		category: 'kernel',
		title: 'Kernel panic: soft lockup< ({cause})>',
		literals: ['Kernel panic - not syncing: softlockup'],
		patterns: [/Kernel panic - not syncing: softlockup: hung tasks/],
		part: 'crash',
		settlesAfterHours: null,
		meaning: 'A processor stayed in one piece of kernel code for too long, and kernel.softlockup_panic is set.',
		advice:
			'Look at steal time first if this is a virtual machine (`sar -u` or `vmstat 1`); otherwise save the stack and upgrade the kernel.',
		source: 'linux kernel/watchdog.c watchdog_timer_fn',
		examples: [
			{text: 'Kernel panic - not syncing: softlockup: hung tasks', origin: 'syzkaller testdata/linux/report/65'},
		],
	},
	{
		id: 'panic-hard-lockup',
		severity: 'panic',
		category: 'kernel',
		title: 'Kernel panic: hard lockup< on CPU{cpu}>',
		literals: ['Kernel panic - not syncing: '],
		patterns: [
			/Kernel panic - not syncing: (?:NMI )?(?:[Ww]atchdog detected )?[Hh]ard LOCKUP(?: on (?<subject>cpu (?<cpu>\d+)))?/,
			/Kernel panic - not syncing: NMI Watchdog detected LOCKUP on (?<subject>CPU ?(?<cpu>\d+))/,
		],
		part: 'crash',
		settlesAfterHours: null,
		meaning: 'A processor no longer took interrupts, so the watchdog stopped the machine.',
		advice:
			'Compare the BMC log (`ipmitool sel list`) and the saved crash text; if there is a second time, change firmware or the machine.',
		source: 'linux kernel/watchdog_hld.c watchdog_hardlockup_check; 2.6.32 arch/x86/kernel/apic/nmi.c',
		examples: [
			{
				text: 'Kernel panic - not syncing: NMI Watchdog detected LOCKUP on CPU 2',
				origin: 'linux 2.6.32 arch/x86/kernel/apic/nmi.c (format)',
			},
			{
				text: 'Kernel panic - not syncing: Hard LOCKUP',
				origin: 'linux kernel/watchdog_hld.c (format); coreos/bugs#2655',
			},
			{
				text: 'Kernel panic - not syncing: Watchdog detected hard LOCKUP on cpu 5',
				origin: 'linux 3.10 kernel/watchdog.c (format)',
			},
		],
	},
	{
		id: 'panic-rcu-stall',
		severity: 'panic',
		category: 'kernel',
		title: 'Kernel panic: RCU stall< ({cause})>',
		literals: ['Kernel panic - not syncing: RCU Stall'],
		patterns: [/Kernel panic - not syncing: RCU Stall/],
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'A processor did not report in to the kernel’s read-copy-update machinery in time, and kernel.panic_on_rcu_stall is set.',
		advice:
			'Find out whether the machine was starved or paused (steal time, snapshots, live migration) before blaming the kernel.',
		source: 'linux kernel/rcu/tree_stall.h panic_on_rcu_stall',
		examples: [{text: 'Kernel panic - not syncing: RCU Stall', origin: 'linux kernel/rcu/tree_stall.h (format)'}],
	},
	{
		id: 'panic-nmi',
		severity: 'panic',
		category: 'hardware',
		title: 'Kernel panic: hardware pulled the emergency line (NMI)',
		literals: ['Kernel panic - not syncing: '],
		patterns: [
			/Kernel panic - not syncing: NMI(?: IOCK error)?: Not continuing/,
			/Kernel panic - not syncing: (?:[0-9a-f]{1,4}: )?An NMI occurred/,
			/Kernel panic - not syncing: (?:IPMI Watchdog: )?[Ww]atchdog pre-?timeout/,
		],
		part: 'crash',
		settlesAfterHours: null,
		meaning:
			'A non-maskable interrupt arrived that the kernel may not ignore: bus or parity trouble, the NMI button, or a watchdog card.',
		advice: 'Ask the management controller what it saw: `ipmitool sel elist`. The part it names is the one to change.',
		source:
			'linux arch/x86/kernel/nmi.c; drivers/watchdog/hpwdt.c, pretimeout_panic.c; drivers/char/ipmi/ipmi_watchdog.c',
		examples: [
			{text: 'Kernel panic - not syncing: NMI: Not continuing', origin: 'linux arch/x86/kernel/nmi.c (format)'},
			{
				text: 'Kernel panic - not syncing: 20: An NMI occurred. Depending on your system the reason for the NMI is logged in any one of the following resources:',
				origin: 'linux drivers/watchdog/hpwdt.c (format)',
			},
			{
				text: 'Kernel panic - not syncing: watchdog pretimeout event',
				origin: 'linux drivers/watchdog/pretimeout_panic.c (format)',
			},
		],
	},
	{
		id: 'panic-mce',
		severity: 'panic',
		category: 'hardware',
		title: 'Kernel panic: machine check, the hardware failed',
		literals: ['Kernel panic - not syncing: '],
		patterns: [
			/Kernel panic - not syncing: .{0,60}[Mm]achine [Cc]heck/,
			/Kernel panic - not syncing: (?:MCA architectural violation|Uncorrected|Unable to continue|Failed kernel mode recovery|Asynchronous SError)/,
			/Kernel panic - not syncing: Timeout: Not all CPUs entered broadcast exception handler/,
		],
		part: 'crash',
		rank: 1,
		settlesAfterHours: null,
		meaning: 'A processor or memory module reported an error that cannot be put right, so nothing it computed is safe.',
		advice:
			'Leave the host out of service. Read the record (`ras-mc-ctl --errors` or `ipmitool sel elist`) and change the part it names.',
		source: 'linux arch/x86/kernel/cpu/mce/core.c mce_panic; arch/arm64/kernel/traps.c arm64_serror_panic',
		examples: [
			{
				text: 'Kernel panic - not syncing: Timeout: Not all CPUs entered broadcast exception handler',
				origin: 'linux arch/x86/kernel/cpu/mce/core.c (format)',
			},
			{
				text: 'Kernel panic - not syncing: Fatal machine check',
				origin: 'linux arch/x86/kernel/cpu/mce/core.c (format)',
			},
			{text: 'Kernel panic - not syncing: Unable to continue', origin: 'abrt tests/examples/mce1.test'},
			{
				text: 'Kernel panic - not syncing: Asynchronous SError Interrupt',
				origin: 'linux arch/arm64/kernel/traps.c (format)',
			},
		],
	},
	{
		id: 'panic-fatal-hw',
		severity: 'panic',
		category: 'hardware',
		title: 'Kernel panic: firmware reported broken hardware',
		literals: ['Kernel panic - not syncing: Fatal hardware error'],
		patterns: [/Kernel panic - not syncing: Fatal hardware error/],
		part: 'crash',
		rank: 1,
		settlesAfterHours: null,
		meaning: 'The firmware handed the kernel an error record marked fatal (ACPI APEI), and the kernel stopped on it.',
		advice: 'Read the lines marked [Hardware Error] just before it, and the BMC log; they name the module or the slot.',
		source: 'linux drivers/acpi/apei/ghes.c __ghes_panic',
		examples: [
			{text: 'Kernel panic - not syncing: Fatal hardware error!', origin: 'linux drivers/acpi/apei/ghes.c (format)'},
		],
	},
];
