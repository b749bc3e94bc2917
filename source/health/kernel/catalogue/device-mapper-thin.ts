/** Being written. */
import type {KernelSignature} from '../signature.ts';

export const deviceMapperThinSignatures: readonly KernelSignature[] = [
	{
		id: 'dmthin-metadata-full',
		severity: 'critical',
		category: 'storage-driver',
		title: 'dmthin metadata full[ {subject}][ {detail}]',
		literals: ['device-mapper: '],
		patterns: [
			/device-mapper: (?:thin: (?:\S+: )?(?:No free metadata blocks|Could not get free metadata blocks|reached low water mark for metadata device|metadata operation '\S+' failed|aborting current metadata transaction|failed to (?:abort metadata|set 'needs_check'))|space map metadata: unable to allocate new metadata block)/,
		],
		part: 'thin-pool',
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{text: "device-mapper: thin: 253:5: metadata operation 'dm_thin_insert_block' failed: error = -28", origin: ''},
		],
	},
	{
		id: 'dmthin-data-full',
		severity: 'critical',
		category: 'storage-driver',
		title: 'dmthin data full[ {subject}][ {detail}]',
		literals: ['device-mapper: thin: '],
		patterns: [
			/device-mapper: thin: .*(?:switching pool to out-of-data-space|alloc_data_block\(\) failed|no free (?:data )?space available)/,
		],
		part: 'thin-pool',
		closedBy: [
			{literal: 'switching pool to write mode', pattern: /thin: (?<subject>\S+): switching pool to write mode/},
		],
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [{text: 'device-mapper: thin: 253:4: switching pool to out-of-data-space (queue IO) mode', origin: ''}],
	},
	{
		id: 'dmthin-readonly',
		severity: 'critical',
		category: 'storage-driver',
		title: 'dmthin readonly[ {subject}][ {detail}]',
		literals: ['device-mapper: thin: '],
		patterns: [
			/device-mapper: thin: .*(?:switching pool to (?:read-only|fail)|unable to service pool target messages in READ_ONLY or FAIL mode|unable to switch pool to write mode until repaired|unable to grow the (?:data|metadata) device until repaired)/,
		],
		part: 'thin-pool',
		rank: 1,
		closedBy: [
			{literal: 'switching pool to write mode', pattern: /thin: (?<subject>\S+): switching pool to write mode/},
		],
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{
				text: 'device-mapper: thin: 253:0: unable to service pool target messages in READ_ONLY or FAIL mode',
				origin: '',
			},
		],
	},
	{
		id: 'dmthin-lowwater',
		severity: 'warning',
		category: 'storage-driver',
		title: 'dmthin lowwater[ {subject}][ {detail}]',
		literals: ['reached low water mark for data device'],
		patterns: [/device-mapper: thin: .*reached low water mark for data device/],
		part: 'thin-pool',
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{text: 'device-mapper: thin: 253:4: reached low water mark for data device: sending event.', origin: ''},
		],
	},
	{
		id: 'dm-mount-loop',
		severity: 'info',
		category: 'storage-driver',
		title: 'dm mount loop[ {subject}][ {detail}]',
		literals: [' Filesystem', 'mounted filesystem'],
		patterns: [/(?:XFS|EXT4-fs) \((?<subject>dm-\d+)\): (?:Mounting V\d Filesystem|mounted filesystem)/],
		storms: [
			{count: 5, withinSeconds: 600, severity: 'warning'},
			{count: 20, withinSeconds: 600, severity: 'warning', minSubjects: 2},
		],
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [{text: 'XFS (dm-12): Mounting V4 Filesystem', origin: ''}],
	},
];
