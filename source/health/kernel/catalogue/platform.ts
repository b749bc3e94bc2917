/** Being written. */
import type {KernelSignature} from '../signature.ts';

export const platformSignatures: readonly KernelSignature[] = [
	{
		id: 'thermal-throttle',
		severity: 'warning',
		category: 'hardware',
		title: 'thermal throttle[ {subject}][ {detail}]',
		literals: ['above threshold, cpu clock '],
		patterns: [/CPU(?<subject>\d+): (?:Core|Package) temperature (?:is )?above threshold, cpu clock (?:is )?throttled/],
		closedBy: {literals: ['temperature/speed normal'], patterns: [/temperature\/speed normal/]},
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{text: 'mce: CPU1: Core temperature above threshold, cpu clock throttled (total events = 2311)', origin: ''},
		],
	},
	{
		id: 'thermal-shutdown',
		severity: 'panic',
		category: 'hardware',
		title: 'thermal shutdown[ {subject}][ {detail}]',
		literals: ['HARDWARE PROTECTION shutdown', 'critical temperature reached'],
		patterns: [/critical temperature reached|HARDWARE PROTECTION shutdown/],
		settlesAfterHours: null,
		meaning: '',
		advice: '',
		source: '',
		examples: [{text: 'thermal thermal_zone0: acpitz: critical temperature reached, shutting down', origin: ''}],
	},
	{
		id: 'pcie-aer-uncorrected',
		severity: 'critical',
		category: 'hardware',
		title: 'pcie aer uncorrected[ {subject}][ {detail}]',
		literals: ['PCIe Bus Error: severity=Uncorrected', 'ncorrect'],
		patterns: [/(?:PCIe Bus Error: severity=Uncorrected|AER: .*[Uu]ncorrect(?:ed|able))/],
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{
				text: 'pcieport 0000:00:01.0: PCIe Bus Error: severity=Uncorrected (Fatal), type=Transaction Layer, (Requester ID)',
				origin: '',
			},
		],
	},
	{
		id: 'pcie-aer-corrected',
		severity: 'info',
		category: 'hardware',
		title: 'pcie aer corrected[ {subject}][ {detail}]',
		literals: ['PCIe Bus Error: severity=Corrected', 'orrected error'],
		patterns: [/PCIe Bus Error: severity=Corrected|AER: .*[Cc]orrected error/],
		storms: [{count: 100, withinSeconds: 3600, severity: 'warning'}],
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{
				text: 'pcieport 0000:00:1c.5: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver ID)',
				origin: '',
			},
		],
	},
];
