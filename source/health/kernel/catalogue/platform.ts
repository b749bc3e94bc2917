/** Heat, and the bus between the cards. */
import type {KernelSignature} from '../signature.ts';

export const platformSignatures: readonly KernelSignature[] = [
	{
		id: 'thermal-throttle',
		severity: 'warning',
		category: 'hardware',
		title: 'Processor too hot, slowed down< (CPU{processor})>',
		literals: ['above threshold, cpu clock '],
		patterns: [
			/CPU(?<processor>\d+): (?:Core|Package) (?:temperature|power limit) (?:is )?above threshold, cpu clock (?:is )?throttled/,
			/temperature above threshold, cpu clock throttled/,
		],
		closedBy: {
			literals: ['temperature/speed normal'],
			patterns: [/CPU\d+: (?:Core|Package) temperature\/speed normal/],
		},
		settlesAfterHours: 24,
		meaning: 'The processor reached its limit and runs slower to survive. Work takes longer and may time out.',
		advice: 'Check fans, filters and room temperature: `ipmitool sdr type Temperature`, `ipmitool sdr type Fan`.',
		source: 'linux drivers/thermal/intel/therm_throt.c; before 5.6 arch/x86/kernel/cpu/mce/therm_throt.c',
		examples: [
			{
				text: 'mce: CPU1: Core temperature above threshold, cpu clock throttled (total events = 2311)',
				origin: 'erpalma/throttled#239',
			},
			{
				text: 'CPU3: Package temperature is above threshold, cpu clock is throttled (total events = 1)',
				origin: 'linux drivers/thermal/intel/therm_throt.c (format)',
			},
		],
	},
	{
		id: 'thermal-shutdown',
		severity: 'panic',
		category: 'hardware',
		title: 'Host switched itself off: too hot',
		literals: ['HARDWARE PROTECTION shutdown', 'critical temperature reached'],
		patterns: [/HARDWARE PROTECTION shutdown/, /critical temperature reached/],
		settlesAfterHours: null,
		meaning: 'A sensor passed the point where damage begins, so the kernel cut the power.',
		advice: 'See to the cooling before switching it on again: fans, dust, air flow, room.',
		source: 'linux drivers/thermal/thermal_core.c, kernel/reboot.c hw_protection_shutdown',
		examples: [
			{
				text: 'thermal thermal_zone0: acpitz: critical temperature reached, shutting down',
				origin: 'linux drivers/thermal/thermal_core.c (format)',
			},
			{text: 'reboot: HARDWARE PROTECTION shutdown (Temperature too high)', origin: 'linux kernel/reboot.c (format)'},
		],
	},
	{
		id: 'pcie-aer-uncorrected',
		severity: 'critical',
		category: 'hardware',
		title: 'PCIe error that was not corrected<, {subject}>',
		literals: ['PCIe Bus Error: severity=Uncorrect', 'ncorrected (', 'ncorrectable ('],
		patterns: [
			/(?<subject>[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.\d): (?:AER: )?PCIe Bus Error: severity=Uncorrect(?:ed|able)/,
			/PCIe Bus Error: severity=Uncorrect(?:ed|able)/,
			/AER: (?:Multiple )?Uncorrect(?:ed|able) \([\w-]{1,20}\) error (?:message )?received: (?<subject>[0-9a-f:.]{5,20})/,
			/AER: (?:Multiple )?[Uu]ncorrect(?:ed|able) (?:\(|error)/,
		],
		part: 'hardware',
		settlesAfterHours: null,
		meaning:
			'Traffic to this card was lost. What hangs on it (drive, network card) may have been reset or may be gone.',
		advice: 'See which card it is (`lspci -s ADDRESS`), reseat or replace it, and update its firmware.',
		source: 'linux drivers/pci/pcie/aer.c aer_print_error',
		examples: [
			{
				text: 'pcieport 0000:00:01.0: PCIe Bus Error: severity=Uncorrected (Fatal), type=Transaction Layer, (Requester ID)',
				origin: 'linux drivers/pci/pcie/aer.c (format)',
			},
			{
				text: 'pcieport 0000:00:1d.0: AER: Uncorrected (Non-Fatal) error received: 0000:04:00.0',
				origin: 'linux drivers/pci/pcie/aer.c (format)',
			},
		],
	},
	{
		id: 'pcie-aer-corrected',
		severity: 'info',
		category: 'hardware',
		title: 'PCIe errors, corrected<, {subject}>',
		literals: ['PCIe Bus Error: severity=Correct', 'orrected error'],
		patterns: [
			/(?<subject>[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.\d): (?:AER: )?PCIe Bus Error: severity=Correct(?:ed|able)/,
			/PCIe Bus Error: severity=Correct(?:ed|able)/,
			/AER: (?:Multiple )?[Cc]orrected error/,
		],
		storms: [{count: 100, withinSeconds: 3600, severity: 'warning'}],
		settlesAfterHours: 24,
		meaning: 'The link repeated what was damaged on the way. Some are normal; a flood costs speed and fills the log.',
		advice: 'When there are hundreds an hour: reseat the card, and try the boot option pcie_aspm=off.',
		source: 'linux drivers/pci/pcie/aer.c aer_print_error',
		examples: [
			{
				text: 'pcieport 0000:00:1c.5: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver ID)',
				origin: 'linux drivers/pci/pcie/aer.c (format)',
			},
			{
				text: 'pcieport 0000:00:1c.5: AER: Corrected error received: 0000:02:00.0',
				origin: 'linux drivers/pci/pcie/aer.c (format)',
			},
		],
	},
];
