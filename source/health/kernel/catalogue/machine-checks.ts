/** Errors of the processor and its surroundings, now or kept over the last reset. */
import type {KernelSignature} from '../signature.ts';

const previousBootAdvice =
	'Read the rest of the record and the BMC log (`ipmitool sel elist`); keep the host out of service until the part is known.';

export const machineChecksSignatures: readonly KernelSignature[] = [
	{
		id: 'mce-exception',
		severity: 'critical',
		category: 'hardware',
		title: 'Hardware error: machine check< on CPU{cpu}><, bank {bank}>',
		literals: [': Machine Check', 'Machine Check Exception:', '[Hardware Error]: Uncorrected, software'],
		patterns: [
			/CPU ?#?(?<cpu>\d+): Machine Check(?: Exception)?: {1,4}(?:[0-9a-f]{1,16} )?Bank (?<bank>\d+)/,
			/CPU ?#?(?<cpu>\d+): Machine Check(?: Exception)?: {1,4}(?:0x)?[0-9a-f]{8,16}/,
			/Machine Check Exception:/,
			/\[Hardware Error\]: Uncorrected, software (?:restartable|containable) error/,
		],
		vetoes: [/EDAC|sbridge|Machine check events logged/],
		part: 'hardware',
		preludes: ['mce-logged'],
		settlesAfterHours: null,
		meaning:
			'A processor reported a fault of itself, its caches, memory or bus. In the first seconds of a boot it tells why the last one ended.',
		advice:
			'Decode bank and status with `ras-mc-ctl --errors` or `mcelog --ascii`, and have the part it names replaced.',
		source: 'linux arch/x86/kernel/cpu/mce/core.c print_mce, drivers/edac/mce_amd.c',
		examples: [
			{
				text: '[Hardware Error]: Uncorrected, software restartable error.',
				origin: 'linux drivers/edac/mce_amd.c (format)',
			},
			{
				text: 'CPU 1: Machine Check Exception: 5 Bank 4: b200000000070f0f',
				origin: 'linux 2.6.32 arch/x86/kernel/cpu/mcheck/mce.c (format)',
			},
			{text: 'CPU 0: Machine Check Exception: 0000000000000007', origin: 'abrt tests/examples/mce1.test'},
			{
				text: 'mce: [Hardware Error]: CPU 12: Machine Check: 0 Bank 5: bea0000000000108',
				origin: 'field log, first seconds of a boot',
			},
		],
	},
	{
		id: 'bert-previous-boot',
		severity: 'critical',
		category: 'hardware',
		title: 'Firmware kept a hardware error of the boot before',
		literals: ['BERT: Error records from previous boot'],
		patterns: [/BERT: Error records from previous boot/],
		part: 'firmware',
		rank: 10,
		details: [
			{literal: 'event severity: fatal', pattern: /event severity: fatal/, severity: 'critical'},
			{literal: 'event severity: recoverable', pattern: /event severity: recoverable/, severity: 'critical'},
			{literal: 'event severity: corrected', pattern: /event severity: corrected/, severity: 'info'},
		],
		settlesAfterHours: null,
		meaning:
			'Before the last reset the hardware recorded an error, most likely its reason. The line "event severity" says how bad it was.',
		advice: previousBootAdvice,
		source: 'linux drivers/acpi/apei/bert.c bert_print_all',
		examples: [
			{
				text: 'BERT: Error records from previous boot:',
				origin: 'linux drivers/acpi/apei/bert.c (format); linux-acpi list',
			},
		],
	},
	{
		id: 'amd-reset-hw',
		severity: 'critical',
		category: 'hardware',
		title: 'Last reset came from the hardware: {detail}',
		literals: ['Previous system reset reason ['],
		patterns: [
			/Previous system reset reason \[0x[0-9a-f]{1,16}\]: .{0,60}(?<detail>uncorrected error|sync flood|thermal pin|thermal limit|parity error|failed warm reset handshake|internal CPU shutdown)/,
		],
		settlesAfterHours: null,
		meaning: 'The board keeps the reason of its last reset, and it was an error or heat, not an order.',
		advice: previousBootAdvice,
		source: 'linux 6.16 and later arch/x86/kernel/cpu/amd.c print_s5_reset_status_mmio',
		examples: [
			{
				text: 'x86/amd: Previous system reset reason [0x08000800]: an uncorrected error caused a data fabric sync flood event',
				origin: 'field log',
			},
		],
	},
	{
		id: 'amd-reset-watchdog',
		severity: 'critical',
		category: 'hardware',
		title: 'Last reset came from the hardware watchdog: the host had hung',
		literals: ['Previous system reset reason'],
		patterns: [/Previous system reset reason(?: \[0x[0-9a-f]{1,16}\])?: .{0,60}watchdog timer expired/],
		settlesAfterHours: null,
		meaning:
			'Nobody fed the watchdog in time, so the machine was reset: it stood still, or panicked without a reboot set.',
		advice: 'Read how the boot before ended: `journalctl -k -b -1 -n 200`, `ls /var/lib/systemd/pstore /var/crash`.',
		source: 'linux 6.16 and later arch/x86/kernel/cpu/amd.c',
		examples: [
			{
				text: 'x86/amd: Previous system reset reason [0x02000800]: hardware watchdog timer expired',
				origin: 'field log',
			},
		],
	},
	{
		id: 'mce-logged',
		severity: 'warning',
		category: 'hardware',
		title: 'Hardware errors were recorded, none fatal so far',
		literals: ['achine check events logged'],
		patterns: [/[Mm]achine check events logged/],
		part: 'hardware',
		settlesAfterHours: 24,
		meaning: 'The processor’s error banks had entries, mostly corrected ones; kernels before 4.11 count heat here too.',
		advice:
			'See what they are: `ras-mc-ctl --summary` (rasdaemon) or `mcelog --client`; a growing count of one module means a new module.',
		source: 'linux arch/x86/kernel/cpu/mce/core.c mce_notify_irq, dev-mcelog.c',
		examples: [{text: 'mce: [Hardware Error]: Machine check events logged', origin: 'radiasoft/devops#134'}],
	},
];
