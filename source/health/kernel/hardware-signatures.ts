/** The machine itself, and the network tables of its kernel. */
import type {KernelSignature} from './first-cut-signature.ts';

export const hardwareSignatures: readonly KernelSignature[] = [
	{
		id: 'machine-check',
		severity: 'critical',
		category: 'kernel',
		title: 'machine check: uncorrected hardware error',
		literals: ['Machine Check', 'EDAC MC'],
		patterns: [
			/CPU ?#?\d+: Machine Check(?: Exception)?: +(?:[0-9a-f]+ )?(?:Bank \d+|0x|[0-9a-f]{8,})/,
			/EDAC (?<subject>MC\d+): \d+ UE /,
		],
		settlesAfterHours: null,
		meaning:
			'Processor or memory reported an error it could not correct. Reported within seconds of the boot, it is the reason of the last crash.',
		advice:
			'Take the host out of service; `ras-mc-ctl --errors` or `mcelog` and the BMC log (`ipmitool sel list`) name the part to replace.',
		source: 'linux arch/x86/kernel/cpu/mce/core.c, drivers/edac/edac_mc.c',
		examples: [
			{
				text: 'mce: [Hardware Error]: CPU 12: Machine Check: 0 Bank 5: bea0000000000108',
				origin: 'linux 6.1 arch/x86/kernel/cpu/mce/core.c',
			},
			{
				text: 'EDAC MC0: 1 UE memory read error on CPU_SrcID#0_Ha#0_Chan#1_DIMM#0',
				origin: 'linux drivers/edac/edac_mc.c',
			},
		],
	},
	{
		id: 'hardware-errors-corrected',
		severity: 'warning',
		category: 'kernel',
		title: 'corrected hardware errors',
		literals: ['Machine check events logged', 'EDAC MC'],
		patterns: [/\[Hardware Error\]: Machine check events logged/, /EDAC (?<subject>MC\d+): \d+ CE /],
		settlesAfterHours: 24,
		meaning:
			'The hardware corrected errors by itself. A few are normal; a growing number announces a failing memory module.',
		advice:
			'Watch the counters: `grep . /sys/devices/system/edac/mc/mc*/ce_count`; plan to replace the module if they grow.',
		source: 'linux arch/x86/kernel/cpu/mce, drivers/edac/edac_mc.c',
		examples: [
			{text: 'mce: [Hardware Error]: Machine check events logged', origin: 'linux arch/x86/kernel/cpu/mce/core.c'},
			{
				text: 'EDAC MC1: 12 CE memory read error on CPU_SrcID#0_Ha#0_Chan#1_DIMM#0',
				origin: 'linux drivers/edac/edac_mc.c',
			},
		],
	},
	{
		id: 'firmware-error-uncorrected',
		severity: 'critical',
		category: 'kernel',
		title: 'firmware reported an uncorrected hardware error',
		literals: ['event severity: fatal', 'event severity: recoverable'],
		patterns: [/\[Hardware Error\]: +event severity: (?:fatal|recoverable)/],
		continues: {blocks: ['previous-boot'], withinSeconds: 5},
		settlesAfterHours: null,
		meaning:
			'Firmware passed on a hardware error that nothing corrected; data or the whole host may be lost with the next one.',
		advice:
			'Take the host out of service; the lines after this one and the BMC log (`ipmitool sel list`) name the part to replace.',
		source: 'linux drivers/firmware/efi/cper.c',
		examples: [{text: '{1}[Hardware Error]: event severity: fatal', origin: 'linux drivers/firmware/efi/cper.c'}],
	},
	{
		id: 'firmware-error-corrected',
		severity: 'notice',
		category: 'kernel',
		title: 'firmware reported a corrected hardware error',
		literals: ['event severity: corrected', 'event severity: info'],
		patterns: [/\[Hardware Error\]: +event severity: (?:corrected|info)/],
		continues: {blocks: ['previous-boot'], withinSeconds: 5},
		takesOver: true,
		settlesAfterHours: null,
		meaning: 'The hardware corrected the error by itself; it did not bring the host down.',
		advice: 'Watch whether they grow: `grep . /sys/devices/system/edac/mc/mc*/ce_count`.',
		source: 'linux drivers/firmware/efi/cper.c',
		examples: [{text: '[Hardware Error]: event severity: corrected', origin: 'linux drivers/firmware/efi/cper.c'}],
	},
	{
		id: 'conntrack-full',
		severity: 'critical',
		category: 'kernel',
		title: 'connection table full, packets dropped',
		literals: ['table full, dropping packet'],
		patterns: [/(?:nf|ip)_conntrack: .*table full, dropping packet/],
		settlesAfterHours: 1,
		meaning: 'The kernel cannot track more connections: those to and from containers fail at random.',
		advice:
			'Raise it (`sysctl -w net.netfilter.nf_conntrack_max=N`), then find who opens so many: `conntrack -L | head`.',
		source: 'linux net/netfilter/nf_conntrack_core.c; kubernetes#71261',
		examples: [
			{
				text: 'nf_conntrack: nf_conntrack: table full, dropping packet',
				origin: 'linux net/netfilter/nf_conntrack_core.c',
			},
		],
	},
	{
		id: 'network-namespace-leak',
		severity: 'warning',
		category: 'kernel',
		title: 'network namespace cannot be removed',
		literals: ['unregister_netdevice: waiting for '],
		patterns: [/unregister_netdevice: waiting for (?<subject>\S{1,16}) to become free/],
		settlesAfterHours: 1,
		meaning:
			'A stopped container’s network device is still in use inside the kernel. While it repeats, starting and stopping containers hangs.',
		advice: 'A single burst passes. If it repeats every 10 s, move the work elsewhere, reboot, and upgrade the kernel.',
		source: 'linux net/core/dev.c; moby#5618, kubernetes#64743',
		examples: [
			{text: 'unregister_netdevice: waiting for eth0 to become free. Usage count = 1', origin: 'linux net/core/dev.c'},
		],
	},
];
