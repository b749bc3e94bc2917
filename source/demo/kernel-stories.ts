/**
 * What the kernels of the demo hosts log: a boot, the bridge's chatter, and each host's trouble. Wording follows the
 * format strings of Linux (kernel/panic.c, fs/ext4/super.c, drivers/acpi/apei/bert.c, drivers/md/dm-thin.c) and
 * aufs; the events themselves are made up.
 */
import type {DemoHostPlan, KernelStory} from './host-plan.ts';
import {kernelLine, type KernelLine} from './kernel-line.ts';

/** First lines of a boot. */
export function bootLines(plan: DemoHostPlan): readonly KernelLine[] {
	const {kernelRelease, kernelBuild, prettyName} = plan.distribution;
	const root = plan.filesystems[0];
	const device = (root?.device ?? '/dev/sda1').replace(/^\/dev\//, '');
	const megabytes = Math.floor(plan.memoryBytes / 2 ** 20);
	const crashed = plan.kernelStory === 'panic-in-previous-boot';
	return [
		kernelLine(5, `Linux version ${kernelRelease} ${kernelBuild}`, 0),
		kernelLine(6, `Command line: BOOT_IMAGE=/boot/vmlinuz-${kernelRelease} root=/dev/${device} ro quiet oops=panic`, 0),
		kernelLine(6, `Memory: ${megabytes * 1000}K/${megabytes * 1024}K available`, 0.04),
		kernelLine(6, `smpboot: Allowing ${plan.cpuCount} CPUs, 0 hotplug CPUs`, 0.01),
		...(crashed ? previousBootLines : []),
		kernelLine(6, `clocksource: Switched to clocksource tsc`, 0.9),
		...(root?.type === 'xfs'
			? [kernelLine(5, `XFS (dm-0): Mounting V5 Filesystem`, 1.2), kernelLine(6, `XFS (dm-0): Ending clean mount`, 0.2)]
			: [
					...(crashed ? [kernelLine(6, `EXT4-fs (${device}): recovery complete`, 1.4)] : []),
					kernelLine(6, `EXT4-fs (${device}): mounted filesystem with ordered data mode. Opts: (null)`, 0.1),
				]),
		{...kernelLine(6, `systemd[1]: Detected architecture x86-64.`, 0.8), facility: 'daemon'},
		{...kernelLine(6, `systemd[1]: Welcome to ${prettyName}!`), facility: 'daemon'},
		...(crashed ? [uncleanJournal] : []),
		kernelLine(6, 'bridge: filtering via arp/ip/ip6tables is no longer available by default.', 4.1),
		kernelLine(6, 'Bridge firewalling registered', 0.003),
		kernelLine(6, 'IPv6: ADDRCONF(NETDEV_UP): docker0: link is not ready', 2.5),
	];
}

/** What firmware and file systems tell at the next boot about the one before. */
const previousBootLines: readonly KernelLine[] = [
	kernelLine(6, 'ERST: Error Record Serialization Table (ERST) support is initialized.', 0.4),
	kernelLine(6, 'pstore: Registered erst as persistent store backend', 0.002),
	kernelLine(3, 'BERT: Error records from previous boot:', 0.06),
	kernelLine(3, '[Hardware Error]: event severity: fatal'),
	kernelLine(3, '[Hardware Error]:  Error 0, type: fatal'),
	kernelLine(3, '[Hardware Error]:   section_type: Firmware Error Record Reference'),
	kernelLine(3, '[Hardware Error]:   Firmware Error Record Type: SOC Firmware Error Record Type2'),
	kernelLine(6, 'BERT: Total records found: 1'),
];

const uncleanJournal: KernelLine = {
	facility: 'daemon',
	level: 4,
	delaySeconds: 0.7,
	text: 'systemd-journald[418]: File /var/log/journal/7c1b9f0e5a2d4be89d6a5a0a4f0d3c11/system.journal corrupted or uncleanly shut down, renaming and replacing.',
};

/** A container's network interface appears on the bridge. */
export function bridgeUpLines(port: number, interfaceName: string): readonly KernelLine[] {
	return [
		kernelLine(6, `docker0: port ${port}(${interfaceName}) entered blocking state`),
		kernelLine(6, `docker0: port ${port}(${interfaceName}) entered forwarding state`, 0.21),
	];
}

export function bridgeDownLines(port: number, interfaceName: string): readonly KernelLine[] {
	return [kernelLine(6, `docker0: port ${port}(${interfaceName}) entered disabled state`)];
}

/** Lines already in the log when somebody first reads it, written some time before. */
export const pastLines: Readonly<Record<KernelStory, readonly KernelLine[]>> = {
	quiet: [],
	'panic-in-previous-boot': [],
	'panic-while-watching': [],
	// Written to /dev/kmsg by a container that has it mounted: the kernel marks such lines with the writer's facility.
	'forged-panic': [
		{facility: 'user', level: 0, delaySeconds: 40, text: 'Kernel panic - not syncing: Fatal exception in interrupt'},
		{facility: 'user', level: 4, delaySeconds: 0.1, text: '\u001B[2J\u001B[31mBUG: unable to handle page fault\u202E'},
	],
	'thin-pool': [
		kernelLine(4, 'device-mapper: thin: 253:4: reached low water mark for data device: sending event.', 86_400),
		kernelLine(4, 'device-mapper: thin: 253:4: reached low water mark for data device: sending event.', 9000),
	],
	aufs: [
		kernelLine(5, 'aufs 3.16-20140908', 30),
		kernelLine(
			4,
			'aufs au_opts_verify:1570:docker[1211]: dirperm1 breaks the protection by the permission bits on the lower branch',
			5,
		),
		kernelLine(4, 'aufs test_add:264:docker[1211]: uid/gid/perm /var/lib/docker/aufs/diff/ab 0/0/0755, 0/0/01777', 0.9),
	],
};

/**
 * The last words of `ci-11`: a page fault in overlayfs while starting a container, then the panic. A real host would
 * be gone after them; this one stays, because no simulation on loopback can stop answering as a dead kernel does.
 */
export const panicLines: readonly KernelLine[] = [
	kernelLine(1, 'BUG: unable to handle page fault for address: ffffde202758ca0b'),
	kernelLine(1, '#PF: supervisor read access in kernel mode'),
	kernelLine(1, '#PF: error_code(0x0000) - not-present page'),
	kernelLine(6, 'PGD 0 P4D 0'),
	kernelLine(4, 'Oops: 0000 [#1] PREEMPT SMP NOPTI'),
	kernelLine(4, 'CPU: 2 PID: 7719 Comm: runc:[2:INIT] Tainted: G           OE      6.8.0-60-generic #63-Ubuntu'),
	kernelLine(4, 'Hardware name: Dell Inc. PowerEdge R640/0H28RR, BIOS 2.19.1 06/04/2023'),
	kernelLine(4, 'RIP: 0010:ovl_copy_up_one+0x1a3/0x920 [overlay]'),
	kernelLine(4, 'RSP: 0018:ffffb0f2c7a7fb38 EFLAGS: 00010246'),
	kernelLine(4, 'Call Trace:'),
	kernelLine(4, ' <TASK>'),
	kernelLine(4, ' ? __die_body.cold+0x1a/0x1f'),
	kernelLine(4, ' ovl_copy_up_flags+0x8c/0x100 [overlay]'),
	kernelLine(4, ' ovl_maybe_copy_up+0x9a/0xb0 [overlay]'),
	kernelLine(4, ' ovl_open+0x3e/0xa0 [overlay]'),
	kernelLine(4, ' do_dentry_open+0x19f/0x470'),
	kernelLine(4, ' </TASK>'),
	kernelLine(4, 'Modules linked in: xt_nat veth xt_conntrack xt_MASQUERADE bridge stp llc overlay nf_tables'),
	kernelLine(4, '---[ end trace 0000000000000000 ]---', 0.4),
	kernelLine(0, 'Kernel panic - not syncing: Fatal exception', 0.1),
	kernelLine(
		0,
		'Kernel Offset: 0x2c00000 from 0xffffffff81000000 (relocation range: 0xffffffff80000000-0xffffffffbfffffff)',
	),
	kernelLine(0, '---[ end Kernel panic - not syncing: Fatal exception ]---'),
];
