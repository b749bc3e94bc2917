/** What the SCSI layer says about a disk: SAS, SAN, virtual disks, and SATA disks as `sdX`. */
import type {KernelSignature} from '../signature.ts';

export const scsiSignatures: readonly KernelSignature[] = [
	{
		id: 'scsi-medium-error',
		severity: 'critical',
		category: 'disk',
		title: '{subject} has unreadable sectors< (sector {sector})>',
		literals: ['Sense Key : Medium Error', 'Add. Sense: Unrecovered read error', 'sense key: Medium Error'],
		patterns: [
			/\[(?<subject>sd\w{1,6})\].{0,40}(?:Sense Key : Medium Error|Add\. Sense: Unrecovered read error)/,
			/(?:Sense Key : |sense key: )Medium Error/,
			/Add\. Sense: Unrecovered read error/,
		],
		vetoes: [/\[sr\d+\]|^sr \d|^sr\d+:/],
		part: 'disk',
		rank: 3,
		settlesAfterHours: null,
		meaning: 'The disk says that it cannot read its own medium. Files there are lost unless another copy exists.',
		advice: 'Read its own record (`smartctl -a /dev/sdX`), copy what is only there, and have the disk replaced.',
		source: 'linux drivers/scsi/constants.c, scsi_logging.c; longhorn/longhorn#193',
		examples: [
			{text: 'sd 4:0:0:1: [sdb] tag#0 Sense Key : Medium Error [current]', origin: 'longhorn/longhorn#193'},
			{text: 'sd 4:0:0:1: [sdb] tag#0 Add. Sense: Unrecovered read error', origin: 'longhorn/longhorn#193'},
			{
				text: 'sd 0:0:0:0: [sda]  Sense Key : Medium Error [current] [descriptor]',
				origin: 'linux 2.6.32 drivers/scsi/sd.c (format)',
			},
		],
	},
	{
		id: 'scsi-hw-error',
		severity: 'critical',
		category: 'disk',
		title: '{subject}: the disk reports a hardware failure',
		literals: ['Sense Key : Hardware Error', 'sense key: Hardware Error'],
		patterns: [
			/\[(?<subject>sd\w{1,6})\].{0,40}Sense Key : Hardware Error/,
			/(?:Sense Key : |sense key: )Hardware Error/,
		],
		vetoes: [/\[sr\d+\]|^sr \d|^sr\d+:/],
		part: 'disk',
		rank: 2,
		settlesAfterHours: null,
		meaning: 'Disk or enclosure detected a fault in itself: motor, electronics or cache.',
		advice:
			'Check the controller’s own view (`storcli /c0 show`, `ssacli ctrl all show status`) and have the disk replaced.',
		source: 'linux drivers/scsi/constants.c sense key table',
		examples: [
			{
				text: 'sd 0:0:1:0: [sdb] tag#12 Sense Key : Hardware Error [current]',
				origin: 'linux drivers/scsi/constants.c (format)',
			},
		],
	},
	{
		id: 'scsi-offline',
		severity: 'critical',
		category: 'disk',
		title: 'Disk {subject} was taken offline',
		literals: ['Device offlined - not ready', 'rejecting I/O to '],
		patterns: [
			/(?:scsi|sd) (?<subject>\d+:\d+:\d+:\d+): (?:\[(?:sd\w{1,6})\] )?(?:tag#\d+ )?(?:Device offlined - not ready after error recovery|rejecting I\/O to (?:offline|dead) device)/,
			/Device offlined - not ready after error recovery|rejecting I\/O to (?:offline|dead) device/,
		],
		part: 'disk',
		rank: 2,
		settlesAfterHours: null,
		meaning:
			'The disk no longer answered, and the kernel stopped sending to it. What lives on it returns errors until it is back.',
		advice:
			'See what it held (`lsscsi`, `lsblk`, `findmnt`). Check cable, controller, SAN or the virtual disk, then rescan or reboot.',
		source: 'linux drivers/scsi/scsi_error.c scsi_eh_offline_sdevs, scsi_lib.c scsi_device_state_check',
		examples: [
			{text: 'sd 2:0:0:0: rejecting I/O to offline device', origin: 'field log'},
			{
				text: 'sd 2:0:0:0: Device offlined - not ready after error recovery',
				origin: 'linux drivers/scsi/scsi_error.c (format)',
			},
		],
	},
	{
		id: 'scsi-timeout',
		severity: 'warning',
		category: 'disk',
		title: 'Disk command< to {subject}> timed out or was aborted',
		literals: ['timing out command, waited ', 'abort scheduled', 'Sense Key : Aborted Command', 'task abort: '],
		patterns: [
			/\[(?<subject>sd\w{1,6})\].{0,40}(?:timing out command, waited \d+s|abort scheduled|Sense Key : Aborted Command)/,
			/timing out command, waited \d+s/,
			/sd (?<subject>\d+:\d+:\d+:\d+): .{0,20}task abort: /,
			/\btask abort: (?:SUCCESS|FAILED)/,
		],
		part: 'disk',
		settlesAfterHours: 24,
		meaning: 'A request waited for its full time and got no answer. Controller, path and disk can all be the reason.',
		advice: 'Compare `iostat -x 1` of the disks: one slow disk, or all behind one controller or path?',
		source: 'linux drivers/scsi/scsi_lib.c scsi_complete, scsi_error.c; drivers/scsi/mpt3sas/mpt3sas_scsih.c',
		examples: [
			{
				text: 'sd 0:0:0:0: [sda] tag#3 timing out command, waited 180s',
				origin: 'linux drivers/scsi/scsi_lib.c (format)',
			},
			{
				text: 'sd 0:0:7:0: task abort: SUCCESS scmd(0x00000000d3c0a7b1)',
				origin: 'linux drivers/scsi/mpt3sas/mpt3sas_scsih.c (format)',
			},
		],
	},
	{
		id: 'scsi-hostbyte',
		severity: 'warning',
		category: 'disk',
		title: '{subject}: no way to the disk ({detail})',
		literals: ['hostbyte=DID_'],
		patterns: [/\[(?<subject>sd\w{1,6})\].{0,60}hostbyte=(?<detail>DID_[A-NP-Z]\w{1,40})/],
		vetoes: [/Synchronize Cache|Start\/Stop Unit/],
		part: 'disk',
		settlesAfterHours: 24,
		meaning: 'The request failed before it reached the disk: controller, cable, SAN or hypervisor.',
		advice:
			'DID_NO_CONNECT and DID_TRANSPORT: check the path (`multipath -ll`). Others: the controller’s log and firmware.',
		source: 'linux drivers/scsi/scsi_logging.c scsi_print_result, constants.c host byte table',
		examples: [
			{
				text: 'sd 4:0:0:1: [sdb] tag#0 FAILED Result: hostbyte=DID_NO_CONNECT driverbyte=DRIVER_OK',
				origin: 'shape of longhorn/longhorn#193',
			},
		],
	},
];
