/**
 * How the earlier boots of the demo hosts ended. Wording follows systemd (src/core, src/shutdown, src/journal) and the
 * format strings of Linux; the events are made up.
 */
import type {BootStory} from './host-plan.ts';
import {kernelLine, type KernelLine} from './kernel-line.ts';
import {panicLines} from './kernel-stories.ts';

export type EarlierStop = {
	/** Days before the running boot at which it ended, and how long it had lasted. */
	readonly daysAgo: number;
	readonly lastedDays: number;
	readonly isClean: boolean;
};

/** Newest first. */
export const earlierStops: Readonly<Record<BootStory, readonly EarlierStop[]>> = {
	clean: [
		{daysAgo: 0, lastedDays: 33, isClean: true},
		{daysAgo: 33.1, lastedDays: 61, isClean: true},
	],
	'panic-in-pstore': [
		{daysAgo: 0, lastedDays: 19, isClean: false},
		{daysAgo: 19.1, lastedDays: 40, isClean: true},
	],
	'aufs-panic': [
		{daysAgo: 0, lastedDays: 6.4, isClean: false},
		{daysAgo: 6.5, lastedDays: 90, isClean: true},
	],
	'unclean-stops': [
		{daysAgo: 0, lastedDays: 2.6, isClean: false},
		{daysAgo: 2.61, lastedDays: 4.3, isClean: false},
		{daysAgo: 6.92, lastedDays: 30, isClean: false},
		{daysAgo: 37, lastedDays: 12, isClean: true},
	],
};

export type ProgramLine = {readonly identifier: string; readonly text: string};

export const cleanEndLines: readonly ProgramLine[] = [
	{identifier: 'systemd-logind', text: 'The system will reboot now!'},
	{identifier: 'systemd', text: 'Stopped docker.service - Docker Application Container Engine.'},
	{identifier: 'systemd', text: 'Reached target umount.target - Unmount All Filesystems.'},
	{identifier: 'systemd', text: 'Reached target reboot.target - System Reboot.'},
	{identifier: 'systemd-shutdown', text: 'Syncing filesystems and block devices.'},
	{identifier: 'systemd-journald', text: 'Journal stopped'},
];

export const abruptEndLines: readonly ProgramLine[] = [
	{identifier: 'sshd', text: 'Accepted publickey for ops from 10.0.3.7 port 51022 ssh2: ED25519'},
	{identifier: 'systemd', text: 'Started session-4411.scope - Session 4411 of User ops.'},
	{identifier: 'CRON', text: '(root) CMD (test -x /usr/sbin/anacron || run-parts /etc/cron.hourly)'},
	{identifier: 'dockerd', text: 'time="2026-11-19T04:17:01Z" level=info msg="ignoring event" module=libcontainerd'},
];

/** A NULL pointer in aufs while a container's layer is opened, on the kernel that shipped it from staging. */
const aufsPanicLines: readonly KernelLine[] = [
	kernelLine(1, 'BUG: unable to handle kernel NULL pointer dereference at 0000000000000018'),
	kernelLine(1, 'IP: [<ffffffffa04a1c3e>] au_do_open+0x6e/0x120 [aufs]'),
	kernelLine(4, 'PGD 0 '),
	kernelLine(4, 'Oops: 0000 [#1] SMP '),
	kernelLine(4, 'Modules linked in: xt_nat veth ipt_MASQUERADE bridge stp llc aufs(C) loop ext4 jbd2 crc16'),
	kernelLine(4, 'CPU: 1 PID: 20114 Comm: docker Tainted: G         C    3.16.0-4-amd64 #1 Debian 3.16.7-ckt25-2'),
	kernelLine(4, 'RIP: 0010:[<ffffffffa04a1c3e>]  [<ffffffffa04a1c3e>] au_do_open+0x6e/0x120 [aufs]'),
	kernelLine(4, 'Call Trace:'),
	kernelLine(4, ' [<ffffffffa04a2b10>] aufs_open_nondir+0x1f/0x30 [aufs]'),
	kernelLine(4, ' [<ffffffff811a8d41>] do_dentry_open+0x201/0x350'),
	kernelLine(4, '---[ end trace 8d9f1f0b52f5a0e2 ]---', 0.3),
	kernelLine(0, 'Kernel panic - not syncing: Fatal exception', 0.1),
];

/** What pstore kept of the crash, newest boot only. */
export const lastWords: Readonly<Record<BootStory, readonly KernelLine[]>> = {
	clean: [],
	'panic-in-pstore': panicLines,
	'aufs-panic': aufsPanicLines,
	'unclean-stops': [],
};
