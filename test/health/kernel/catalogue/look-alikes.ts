/** Lines of healthy hosts that hold the words of trouble. Wordings of kernels and programs as they print them. */
import type {KernelRecord} from '../../../../source/model/kernel-log.ts';

type LookAlike = {readonly text: string; readonly facts?: Partial<KernelRecord>};

const fromKernel: readonly string[] = [
	// Boot parameters, echoed whole and one by one.
	'Command line: BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro panic=5 oops=panic panic_on_warn=0 nmi_watchdog=panic softlockup_panic=1',
	'Kernel command line: BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro panic=5 oops=panic softlockup_panic=1',
	'Run /init as init process',
	'    oops=panic',
	// Words only.
	'softdog: initialized. soft_noboot=0 soft_margin=60 sec soft_panic=0 (nowayout=0)',
	'cirrus 0000:00:02.0: registered panic notifier',
	'evtlog_status: enable:1 panic:1 dump:1',
	'sysctl: kernel.panic = 5',
	'Rebooting in 5 seconds..',
	'---[ end Kernel panic - not syncing: Fatal exception in interrupt ]---',
	// Error reporting that starts up.
	'ERST: Error Record Serialization Table (ERST) support is initialized.',
	'HEST: Enabling Firmware First mode for corrected errors.',
	'RAS: Correctable Errors collector initialized.',
	'EDAC MC0: Giving out device to module skx_edac controller Skylake Socket#0 IMC#0: DEV 0000:3a:0a.0 (INTERRUPT)',
	'mce: CPU supports 32 MCE banks',
	'GHES: APEI firmware first mode is enabled by APEI bit and WHEA _OSC.',
	'pcieport 0000:00:1c.0: AER: enabled with IRQ 122',
	// Lockdown is no lockup.
	'Lockdown: systemd-logind: hibernation is restricted; see man kernel_lockdown.7',
	'Kernel is locked down from EFI Secure Boot mode; see man kernel_lockdown.7',
	// The watchdogs themselves.
	'NMI watchdog: Enabled. Permanently consumes one hw-PMU counter.',
	'Shutting down hard lockup detector on all cpus',
	'NMI watchdog: Perf NMI watchdog permanently disabled',
	'watchdog: watchdog0: watchdog did not stop!',
	'perf: interrupt took too long (2510 > 2500), lowering kernel.perf_event_max_sample_rate to 79500',
	'INFO: NMI handler (perf_event_nmi_handler) took too long to run: 1.210 msecs',
	'hrtimer: interrupt took 30211 ns',
	'INFO: lockdep is turned off.',
	'workqueue: drain_vmap_area_work hogged CPU for >10000us 4 times, consider switching to WQ_UNBOUND',
	// Firmware and processor errata.
	'[Firmware Bug]: ACPI: BIOS _OSI(Linux) query ignored',
	'[Firmware Warn]: GHES: Poll interval is 0 for generic hardware error source: 1, disabled.',
	String.raw`ACPI BIOS Error (bug): Failure creating named object [\_SB.PCI0._OSC.CAPD], AE_ALREADY_EXISTS (20220331/dsfield-184)`,
	String.raw`ACPI Error: Aborting method \_SB.PCI0._OSC due to previous error (AE_ALREADY_EXISTS) (20220331/psparse-529)`,
	'AMD-Vi: AMD IOMMUv2 functionality not available on this system - This is not a bug.',
	'PCI: If necessary, use "pci=nocrs" and report a bug',
	'MDS CPU bug present and SMT on, data leak possible. See https://www.kernel.org/doc/html/latest/admin-guide/hw-vuln/mds.html for more details.',
	// WARNING as a mere word.
	'WARNING: the mand mount option is being deprecated and',
	'Spectre V2 : WARNING: Unprivileged eBPF is enabled with eIBRS on, data leaks possible via Spectre v2 BHB attacks!',
	'**** WARNING: SRSO: mitigation needs microcode',
	'usb 5-1: WARNING: ath10k USB support is incomplete, do not expect anything to work!',
	'check: Scanning for low memory corruption every 60 seconds',
	'x86/split lock detection: #AC: crashing the kernel on kernel split_locks and warning on user-space split_locks',
	// Programs that crash are no trouble of the host.
	'node[20411]: segfault at 7f6b267132c2 ip 00007f6b267132c2 sp 00007fff77a619b0 error 14 in libnode.so[7f6b26719000+29000] likely on CPU 3 (core 3, socket 0)',
	'traps: myapp[20501] general protection fault ip:55d0c1a2b3c4 sp:7ffd1111 error:0 in myapp[55d0c1a00000+100000]',
	'traps: chrome[20601] trap invalid opcode ip:55a1 sp:7ffc error:0 in chrome[55a0+1000]',
	'traps: calc[20701] trap divide error ip:401136 sp:7ffe error:0 in calc[401000+1000]',
	'show_signal_msg: 12 callbacks suppressed',
	'INFO: Stall ended before state dump start',
	'rcu: INFO: Stall ended before state dump start',
	// Debug output.
	'ALSA: BUG: pcmC0D0p:0, pos = 16384, buffer size = 16384, period size = 1024',
	'BUG kmalloc-8 (Not tainted): kasan: bad access detected',
	'ODEBUG: selftest passed',
	'EDAC DEBUG: edac_mc_register_sysfs_main_kobj: Registered mc kobject',
	// Containers that start and stop.
	'docker0: port 1(veth5a04153) entered disabled state',
	'docker0: port 1(veth5a04153) entered blocking state',
	'docker0: port 1(veth5a04153) entered forwarding state',
	'device veth5a04153 entered promiscuous mode',
	'device veth5a04153 left promiscuous mode',
	'eth0: renamed from veth99e1c02',
	'IPv6: ADDRCONF(NETDEV_UP): veth5a04153: link is not ready',
	'vethb0: Caught tx_queue_len zero misconfig',
	"process 'docker/tmp/qemu-check/check' started with executable stack",
	'overlayfs: idmapped layers are currently not supported',
	"overlayfs: fs on '/var/lib/docker/overlay2/l/ABC' does not support file handles, falling back to index=off,nfs_export=off.",
	'overlayfs: unrecognized mount option "userxattr" or missing value',
	// A link at boot or while it is set up.
	'r8169 0000:0f:00.0 eth0: Link is Down',
	'r8169 0000:0f:00.0 eth0: Link is Up - 1Gbps/Full - flow control rx/tx',
	'bonding: bond0: link status definitely up for interface eth0, 1000 Mbps full duplex',
	// Audit, whose names are anybody's.
	'audit: type=1400 audit(1466000000.123:88): apparmor="DENIED" operation="ptrace" profile="docker-default" pid=2201 comm="oops" requested_mask="trace" denied_mask="trace" peer="unconfined"',
	'audit: type=1326 audit(1466000002.123:90): auid=0 uid=0 gid=0 ses=1 pid=2203 comm="kernel-panic" exe="/usr/bin/bug" sig=31 arch=c000003e syscall=1 compat=0 ip=0x7f code=0x80000000',
	'kauditd_printk_skb: 14 callbacks suppressed',
	// aufs at work.
	'aufs au_opts_verify:1570:docker[1211]: dirperm1 breaks the protection by the permission bits on the lower branch',
	'aufs test_add:264:docker[1211]: uid/gid/perm /var/lib/docker/aufs/diff/ab 0/0/0755, 0/0/01777',
	'aufs 3.16-20140908',
	// The life of a mount.
	'EXT4-fs (sda1): INFO: recovery required on readonly filesystem',
	'EXT4-fs (sda1): write access will be enabled during recovery',
	'EXT4-fs (sda1): recovery complete',
	'EXT4-fs (sda1): mounted filesystem with ordered data mode. Opts: errors=remount-ro',
	'EXT4-fs (sda1): re-mounted. Opts: errors=remount-ro',
	'XFS (dm-4): Mounting V5 Filesystem',
	'XFS (dm-4): Ending clean mount',
	'XFS (dm-4): Unmounting Filesystem',
	'XFS (sda1): Deprecated V4 format (crc=0) will not be supported after September 2030.',
	'BTRFS info (device sdb): bdev /dev/sdb errs: wr 0, rd 0, flush 0, corrupt 0, gen 0',
	'device-mapper: thin: Data device (dm-1) discard unsupported: Disabling discard passdown.',
	// Empty ports, virtual floppies and drives, USB.
	'ata4: SATA link down (SStatus 0 SControl 300)',
	'ata1: hard resetting link',
	'I/O error, dev fd0, sector 0 op 0x0:(READ) flags 0x0 phys_seg 1 prio class 2',
	'blk_update_request: I/O error, dev sr0, sector 0',
	'Buffer I/O error on dev fd0, logical block 0, async page read',
	'sr 1:0:0:0: [sr0] tag#12 Sense Key : Medium Error [current]',
	'sd 6:0:0:0: [sdc] Synchronize Cache(10) failed: Result: hostbyte=DID_NO_CONNECT driverbyte=DRIVER_OK',
	'critical target error, dev sda, sector 2048 op 0x3:(DISCARD) flags 0x800 phys_seg 1 prio class 2',
	'usb 1-8: reset high-speed USB device number 4 using xhci_hcd',
	'nvme nvme0: Shutdown timeout set to 8 seconds',
	// Other noise.
	'nf_conntrack: falling back to vmalloc.',
	'random: systemd: uninitialized urandom read (16 bytes read)',
	'wl: module verification failed: signature and/or required key missing - tainting kernel',
	'cgroup: cgroup v1 is deprecated, use v2',
	'x86/amd: Previous system reset reason [0x00080800]: software wrote 0x6 to reset control register 0xCF9',
	'mce: CPU1: Core temperature/speed normal',
];

const fromPrograms: readonly LookAlike[] = [
	{text: 'Kernel panic - not syncing: quoted by a test', facts: {identifier: 'app', facility: 3}},
	{text: 'BUG: unable to handle kernel NULL pointer dereference at 0000000000000078', facts: {facility: 1}},
	{
		text: 'WARNING: No server certificate verification method has been enabled.',
		facts: {identifier: 'openvpn', facility: 3},
	},
	{
		text: 'level=info msg="skip loading plugin" error="path /var/lib/containerd/io.containerd.snapshotter.v1.btrfs (ext4) must be a btrfs filesystem to be used with the btrfs snapshotter: skip plugin" type=io.containerd.snapshotter.v1',
		facts: {identifier: 'containerd', facility: 3},
	},
	{
		text: 'level=warning msg="failed to load plugin io.containerd.snapshotter.v1.devmapper" error="devmapper not configured"',
		facts: {identifier: 'dockerd', facility: 3},
	},
	{text: 'level=warning msg="WARNING: No swap limit support"', facts: {identifier: 'dockerd', facility: 3}},
	{text: 'level=warning msg="WARNING: No blkio weight support"', facts: {identifier: 'dockerd', facility: 3}},
	{text: 'docker.service: Deactivated successfully.', facts: {identifier: 'systemd', facility: 3}},
	{text: 'Stopping Docker Application Container Engine...', facts: {identifier: 'systemd', facility: 3}},
	{text: 'Syncing filesystems and block devices.', facts: {identifier: 'systemd-shutdown', facility: 3}},
];

export const lookAlikes: readonly LookAlike[] = [...fromKernel.map((text) => ({text})), ...fromPrograms];
