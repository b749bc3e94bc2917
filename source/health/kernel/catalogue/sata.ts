/** What libata says about a port and its disk. The port is the subject, so that all lines about one disk come together. */
import type {KernelSignature} from '../signature.ts';

export const sataSignatures: readonly KernelSignature[] = [
	{
		id: 'ata-media-error',
		severity: 'critical',
		category: 'disk',
		title: '{subject}: the disk cannot read some of its sectors',
		literals: [' (media error)', ': error: {'],
		patterns: [
			/(?<subject>ata\d+)(?:\.\d+)?: error: \{[^}]{0,60}UNC/,
			/res [0-9a-f/:]{1,60} Emask 0x[0-9a-f]{1,4} \(media error\)/,
		],
		part: 'disk',
		rank: 2,
		settlesAfterHours: null,
		meaning:
			'The surface or flash under these sectors has lost its data. Disks that begin with this seldom stop at one.',
		advice: 'Read its own record (`smartctl -a /dev/sdX`), copy what is only there, and have the disk replaced.',
		source: 'linux drivers/ata/libata-eh.c ata_eh_link_report',
		examples: [
			{text: 'ata6.00: error: { UNC }', origin: 'jkong.co.uk hardware page'},
			{
				text: 'res 41/40:00:b8:c3:2a/00:00:74:00:00/40 Emask 0x409 (media error) <F>',
				origin: 'linux drivers/ata/libata-eh.c (format)',
			},
		],
	},
	{
		id: 'ata-crc',
		severity: 'warning',
		category: 'disk',
		title: '{subject}: signal errors on the SATA link',
		literals: ['SError: {', ': error: {'],
		patterns: [
			/(?<subject>ata\d+)(?:\.\d+)?: error: \{[^}]{0,60}ICRC/,
			/(?<subject>ata\d+)(?:\.\d+)?: SError: \{[^}]{0,100}(?:BadCRC|10B8B|Dispar|Handshk|LinkSeq|TrStaTrns|CommWake|PHYRdyChg)/,
		],
		// A drive was put in or taken out.
		vetoes: [/\{[^}]{0,100}DevExch/],
		part: 'disk',
		storms: [{count: 5, withinSeconds: 3600, severity: 'critical'}],
		settlesAfterHours: 24,
		meaning:
			'Bits changed on the way between controller and disk: cable, plug, backplane, power or vibration. The disk itself may be sound.',
		advice: 'Reseat or change the cable or slot before the disk; `smartctl -A` counts these as UDMA_CRC_Error_Count.',
		source: 'linux drivers/ata/libata-eh.c ata_eh_link_report',
		examples: [
			{text: 'ata3: SError: { PHYRdyChg CommWake 10B8B Dispar }', origin: 'linux drivers/ata/libata-eh.c (format)'},
			{text: 'ata2.00: error: { ICRC ABRT }', origin: 'linux drivers/ata/libata-eh.c (format)'},
		],
	},
	{
		id: 'ata-link-reset',
		severity: 'info',
		category: 'disk',
		title: '{subject}: SATA link reset',
		literals: [' resetting link'],
		patterns: [/(?<subject>ata\d+)(?:\.\d+)?: (?:hard|soft) resetting link/],
		part: 'disk',
		rank: 1,
		storms: [
			{count: 3, withinSeconds: 600, severity: 'warning', title: '{subject}: SATA link reset {count} times in {span}'},
			{
				count: 10,
				withinSeconds: 3600,
				severity: 'critical',
				title: '{subject}: SATA link reset {count} times in {span}',
			},
			{
				count: 4,
				withinSeconds: 600,
				severity: 'critical',
				minSubjects: 2,
				title: 'SATA links reset on {subjects}, {count} times in {span}: cable, backplane, power or vibration',
			},
		],
		settlesAfterHours: 24,
		meaning:
			'The kernel had to start the connection to a disk anew. Once at boot is normal; again and again it is the wiring, and on several ports at once what they share.',
		advice: 'One port: change its cable or slot. Several: check backplane, power supply and vibration before any disk.',
		source: 'linux drivers/ata/libata-eh.c ata_eh_reset, libata-sata.c',
		examples: [{text: 'ata1: hard resetting link', origin: 'itecnotes.com (Debian 7, four drives)'}],
	},
	{
		id: 'ata-reset-failed',
		severity: 'critical',
		category: 'disk',
		title: '{subject}: disk given up after failed resets',
		literals: ['reset failed, giving up', ': disabled', ': disable device'],
		patterns: [/(?<subject>ata\d+)(?:\.\d+)?: (?:reset failed, giving up|disabled$|disable device)/],
		part: 'disk',
		rank: 2,
		settlesAfterHours: null,
		meaning: 'After several attempts the kernel gave the disk up. What was mounted from it returns errors.',
		advice: 'See what was on it (`lsblk`, `findmnt`). If it held containers, move them; change cable or disk.',
		source: 'linux drivers/ata/libata-eh.c ata_eh_reset, libata-core.c ata_dev_disable',
		examples: [
			{
				text: 'ata3: reset failed, giving up',
				origin: 'field log: COMRESET failed, limiting speed, giving up, disabled',
			},
			{text: 'ata3.00: disabled', origin: 'field log: COMRESET failed, limiting speed, giving up, disabled'},
			{text: 'ata3.00: disable device', origin: 'linux 5.18 drivers/ata/libata-core.c (format)'},
		],
	},
	{
		id: 'ata-speed-down',
		severity: 'warning',
		category: 'disk',
		title: '{subject}: link slowed down after errors',
		literals: [': limiting ', 'NCQ disabled due to excessive errors'],
		patterns: [
			/(?<subject>ata\d+)(?:\.\d+)?: (?:limiting (?:SATA link )?speed to|NCQ disabled due to excessive errors)/,
		],
		part: 'disk',
		settlesAfterHours: 24,
		meaning: 'The kernel chose a slower mode to get fewer errors. The disk works, slower, until the next boot.',
		advice: 'Look at cable, slot and power of that port; the mode comes back with a reboot, and so do the errors.',
		source: 'linux drivers/ata/libata-eh.c ata_eh_speed_down, libata-core.c sata_down_spd_limit',
		examples: [
			{text: 'ata3: limiting SATA link speed to 3.0 Gbps', origin: 'field log'},
			{text: 'ata1.00: NCQ disabled due to excessive errors', origin: 'linux drivers/ata/libata-eh.c (format)'},
		],
	},
	{
		id: 'ata-exception',
		severity: 'warning',
		category: 'disk',
		title: '{subject}: disk command failed',
		literals: ['exception Emask 0x', ': failed command: ', 'COMRESET failed'],
		patterns: [/(?<subject>ata\d+)(?:\.\d+)?: (?:exception Emask 0x[0-9a-f]+|failed command: |COMRESET failed)/],
		part: 'disk',
		storms: [{count: 10, withinSeconds: 3600, severity: 'critical'}],
		details: [{literal: 'connection status changed', pattern: /connection status changed/, severity: 'info'}],
		settlesAfterHours: 24,
		meaning:
			'An error report of the disk or its link begins here. The words in round brackets further down say which: timeout, media, bus.',
		advice:
			'"media error": replace the disk. "ATA bus error" or "timeout": cable, slot and power first; then `smartctl -a`.',
		source: 'linux drivers/ata/libata-eh.c ata_eh_link_report, ata_eh_reset',
		examples: [
			{text: 'ata6.00: exception Emask 0x0 SAct 0x0 SErr 0x0 action 0x0', origin: 'jkong.co.uk hardware page'},
			{text: 'ata6.00: failed command: READ FPDMA QUEUED', origin: 'linux drivers/ata/libata-eh.c (format)'},
		],
	},
];
