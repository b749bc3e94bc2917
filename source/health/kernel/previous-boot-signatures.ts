/**
 * What the running kernel's log says about how the boot before it ended. Only lines the kernel itself prints count here:
 * journald's and systemd-pstore's own messages do not carry the kernel's facility, and earlier boots are not read yet.
 *
 * - `BERT: Error records from previous boot:` (drivers/acpi/apei/bert.c): firmware kept a hardware error over the reset;
 *   the `event severity:` line after it says `corrected` when it was not the reason.
 * - `x86/amd: Previous system reset reason [0x…]: …` (arch/x86/kernel/cpu/amd.c, Linux 6.16 and later).
 * - `EXT4-fs (…): recovery complete`, `XFS (…): Starting recovery` soon after boot: a file system was not unmounted, so
 *   the host stopped without shutting down. It corroborates a crash and cannot tell one from a power cut.
 */
import type {KernelSignature} from './first-cut-signature.ts';

const previousBootAdvice =
	'Look for the reason: `journalctl -k -b -1 -n 200`, `ls /var/crash /var/lib/systemd/pstore /sys/fs/pstore`, `last -x | head`, and the BMC log (`ipmitool sel list`).';

export const previousBootSignatures: readonly KernelSignature[] = [
	{
		id: 'previous-boot-hardware-error',
		severity: 'critical',
		category: 'kernel',
		title: 'previous boot ended in a hardware error',
		literals: ['BERT: Error records from previous boot', 'Previous system reset reason'],
		patterns: [
			/BERT: Error records from previous boot/,
			/Previous system reset reason(?: \[0x[0-9a-f]+\])?: .*(?:uncorrected error|sync flood|thermal|parity)/,
		],
		block: 'previous-boot',
		settlesAfterHours: null,
		meaning: 'Firmware recorded a hardware error before the last reset: very likely the reason why the host went down.',
		advice: `Take the host out of service until the part is known. ${previousBootAdvice}`,
		source: 'linux drivers/acpi/apei/bert.c, arch/x86/kernel/cpu/amd.c',
		examples: [
			{text: 'BERT: Error records from previous boot:', origin: 'linux drivers/acpi/apei/bert.c'},
			{
				text: 'x86/amd: Previous system reset reason [0x08000800]: an uncorrected error caused a data fabric sync flood event',
				origin: 'linux 6.16 arch/x86/kernel/cpu/amd.c',
			},
		],
	},
	{
		id: 'previous-boot-hung',
		severity: 'critical',
		category: 'kernel',
		title: 'previous boot hung: reset by the hardware watchdog',
		literals: ['Previous system reset reason'],
		patterns: [/Previous system reset reason(?: \[0x[0-9a-f]+\])?: .*watchdog timer expired/],
		settlesAfterHours: null,
		meaning:
			'The host stopped answering its hardware watchdog, which reset it: the kernel hung or panicked without rebooting.',
		advice: previousBootAdvice,
		source: 'linux arch/x86/kernel/cpu/amd.c',
		examples: [
			{
				text: 'x86/amd: Previous system reset reason [0x02000800]: hardware watchdog timer expired',
				origin: 'linux 6.16 arch/x86/kernel/cpu/amd.c',
			},
		],
	},
	{
		id: 'previous-boot-unclean',
		severity: 'notice',
		category: 'kernel',
		title: 'previous boot did not shut down',
		literals: ['): recovery complete', '): Starting recovery'],
		patterns: [/(?:EXT[34]-fs|XFS) \([^\s)]+\): (?:recovery complete|Starting recovery)/],
		withinBootSeconds: 120,
		settlesAfterHours: 24,
		meaning:
			'A file system had to replay its journal at boot: the host went down by a panic, a reset or a power cut, not by a shutdown.',
		advice: previousBootAdvice,
		source: 'linux fs/ext4/super.c, fs/xfs/xfs_log_recover.c',
		examples: [
			{text: 'EXT4-fs (sda1): recovery complete', origin: 'linux fs/ext4/super.c'},
			{text: 'XFS (vda2): Starting recovery (logdev: internal)', origin: 'linux fs/xfs/xfs_log_recover.c'},
		],
	},
];
