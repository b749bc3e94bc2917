/** Errors of memory modules, and error records that the firmware hands over. */
import type {KernelSignature} from '../signature.ts';

export const memoryModulesSignatures: readonly KernelSignature[] = [
	{
		id: 'edac-ue',
		severity: 'critical',
		category: 'hardware',
		title: 'Memory error that cannot be corrected on {subject}',
		literals: ['EDAC '],
		patterns: [
			/EDAC MC\d+: (?<amount>\d+) UE (?:.{0,80} )?on (?<subject>[^(]{1,100}?) ?\(/,
			/EDAC MC\d+: (?<amount>\d+) UE (?:.{0,80} )?on (?<subject>[^\s(]{1,100})/,
			/EDAC (?<subject>MC\d+): (?:(?<amount>\d+) )?UE /,
		],
		part: 'hardware',
		preludes: ['mce-logged'],
		settlesAfterHours: null,
		meaning: 'Data in this memory module were lost; whatever used them is wrong or was ended.',
		advice:
			'Move the work away and have the module replaced; the name above says which (`dmidecode -t memory` has its slot).',
		source: 'linux drivers/edac/edac_mc.c edac_ue_error',
		examples: [
			{
				text: 'EDAC MC0: 1 UE memory read error on CPU_SrcID#0_Ha#0_Chan#1_DIMM#0 (channel:1 slot:0 page:0x2a1 offset:0x0 grain:32)',
				origin: 'linux drivers/edac/edac_mc.c (format)',
			},
			{
				text: 'EDAC MC0: 1 UE memory read error on CPU_SrcID#0_Ha#0_Chan#1_DIMM#0',
				origin: 'linux drivers/edac/edac_mc.c (format)',
			},
			{
				text: 'EDAC MC0: UE row 0, channel-a= 0 channel-b= 1 labels "-": (Branch=0 DRAM-Bank=3)',
				origin: 'linux 2.6.32 drivers/edac/edac_mc.c (format)',
			},
		],
	},
	{
		id: 'edac-ce',
		severity: 'warning',
		category: 'hardware',
		title: 'Corrected memory errors on {subject}< ({amount})>',
		literals: ['EDAC '],
		patterns: [
			/EDAC MC\d+: (?<amount>\d+) CE (?:.{0,80} )?on (?<subject>[^(]{1,100}?) ?\(/,
			/EDAC MC\d+: (?<amount>\d+) CE (?:.{0,80} )?on (?<subject>[^\s(]{1,100})/,
			/EDAC (?<subject>MC\d+): (?:(?<amount>\d+) )?CE /,
		],
		part: 'hardware',
		storms: [
			{count: 10, withinSeconds: 86_400, severity: 'critical', title: '{amount} corrected memory errors on {subject}'},
		],
		preludes: ['mce-logged'],
		settlesAfterHours: 24,
		meaning:
			'The module’s error correction did its work, so nothing is lost yet. Many in a day foretell errors it cannot correct.',
		advice:
			'Note the module, have it replaced in the next maintenance, sooner when the count grows: `ras-mc-ctl --error-count`.',
		source: 'linux drivers/edac/edac_mc.c edac_ce_error; ten a day: default trigger of mcelog',
		examples: [
			{
				text: 'EDAC MC1: 262 CE memory read error on CPU_SrcID#0_Ha#0_Chan#1_DIMM#0 (channel:1 slot:0 page:0x2031c14 offset:0x940 grain:32 syndrome:0x0 -  OVERFLOW area:DRAM err_code:0001:0091 socket:0 ha:0 channel_mask:2 rank:1)',
				origin: 'illinois-scicomp/machine-shop-maintenance#66',
			},
			{
				text: 'EDAC MC0: CE page 0x10ef41, offset 0x0, grain 4096, syndrome 0x8d34, row 4, channel 0, label "": amd64_edac',
				origin: 'linux 2.6.32 drivers/edac/edac_mc.c (format)',
			},
		],
	},
	{
		id: 'cper-fatal',
		severity: 'panic',
		category: 'hardware',
		title: 'Firmware reports a fatal hardware error',
		literals: ['[Hardware Error]: event severity: fatal'],
		patterns: [/\[Hardware Error\]: event severity: fatal/],
		part: 'firmware',
		settlesAfterHours: null,
		meaning: 'The firmware’s own error record calls it fatal: the machine cannot go on, or did not before its reset.',
		advice: 'Take the host out of service; the lines after it (section type, DIMM or device) name the part to replace.',
		source: 'linux drivers/firmware/efi/cper.c cper_estatus_print; node-problem-detector CperHardwareErrorFatal',
		examples: [
			{text: '{1}[Hardware Error]: event severity: fatal', origin: 'linux drivers/firmware/efi/cper.c (format)'},
		],
	},
	{
		id: 'cper-recoverable',
		severity: 'critical',
		category: 'hardware',
		title: 'Firmware reports a hardware error that was contained',
		literals: ['[Hardware Error]: event severity: recoverable'],
		patterns: [/\[Hardware Error\]: event severity: recoverable/],
		part: 'firmware',
		settlesAfterHours: null,
		meaning: 'An error was not corrected, but its damage could be limited, for example to one page or one program.',
		advice: 'Read the lines after it for the part, and plan its replacement this week.',
		source: 'linux drivers/firmware/efi/cper.c; node-problem-detector config/kernel-monitor.json',
		examples: [
			{text: '{3}[Hardware Error]: event severity: recoverable', origin: 'linux drivers/firmware/efi/cper.c (format)'},
		],
	},
	{
		id: 'cper-corrected',
		severity: 'warning',
		category: 'hardware',
		title: 'Firmware reports a corrected hardware error',
		literals: ['[Hardware Error]: event severity: corrected'],
		patterns: [/\[Hardware Error\]: event severity: corrected/],
		part: 'firmware',
		settlesAfterHours: 24,
		meaning: 'The hardware mended it by itself. Only the rate matters.',
		advice:
			'Count them over days (`journalctl -k --since -7d | grep -c "severity: corrected"`) and compare with other hosts.',
		source: 'linux drivers/firmware/efi/cper.c; node-problem-detector config/kernel-monitor.json',
		examples: [
			{text: '{2}[Hardware Error]: event severity: corrected', origin: 'linux drivers/firmware/efi/cper.c (format)'},
		],
	},
];
