/** Cases of aufs, overlay and overlay2, and of the drivers Docker gave up. */
import {backedBy, el7, full, type RuleCase, type Status} from './rule-case.ts';

const noDType: Status = [
	['Backing Filesystem', 'xfs'],
	['Supports d_type', 'false'],
];

export const unionDriverCases: readonly RuleCase[] = [
	// Removed and deprecated drivers
	['critical storage-driver-removed', {driver: 'aufs', engine: '24.0.0'}, {driver: 'aufs', engine: '23.0.6'}],
	['critical storage-driver-removed', {driver: 'overlay', engine: '24.0.0'}, {driver: 'overlay', engine: '23.0.6'}],
	[
		'critical storage-driver-removed',
		{driver: 'devicemapper', engine: '25.0.0'},
		{driver: 'devicemapper', engine: '24.0.9'},
	],
	[
		'warning storage-driver-deprecated',
		{driver: 'devicemapper', engine: '23.0.0'},
		{driver: 'devicemapper', engine: '18.06.3-ce'},
	],
	['warning storage-driver-deprecated', {driver: 'aufs', engine: '19.03.0'}, {driver: 'aufs', engine: '18.09.9'}],
	[
		'warning storage-driver-deprecated',
		{driver: 'overlay', engine: '18.09.0'},
		{driver: 'overlay', engine: '18.06.3-ce'},
	],
	[
		'warning storage-driver-deprecated',
		{driver: 'devicemapper', engine: '18.09.0'},
		{driver: 'devicemapper', engine: '18.06.3-ce'},
	],
	[
		'notice storage-driver-deprecated',
		{driver: 'overlay', engine: '18.06.1-ce'},
		{driver: 'overlay2', engine: '18.06.1-ce'},
	],
	['notice storage-driver-deprecated', {driver: 'aufs', engine: '1.11.2'}, {driver: 'aufs', engine: '24.0.0'}],
	[
		'critical storage-driver-plugin',
		{driver: 'acme/layers:1', engine: '28.0.0'},
		{driver: 'acme/layers:1', engine: '27.5.1'},
	],
	[
		'warning storage-driver-plugin',
		{driver: 'acme/layers:1', engine: '27.5.1'},
		{driver: 'overlay2', engine: '27.5.1'},
	],
	[
		'warning btrfs-on-rhel-7',
		{driver: 'btrfs', engine: '20.10.9', kernel: el7, os: ['centos', '7']},
		{driver: 'btrfs', engine: '20.10.9', kernel: '5.3.18-150300.59-default', os: ['sles', '15.3']},
	],
	// aufs
	[
		'critical storage-driver-known-to-panic',
		{driver: 'aufs', engine: '1.11.2', kernel: '3.16.0-4-amd64'},
		{driver: 'aufs', engine: '1.11.2', kernel: '4.1.15'},
	],
	[
		'critical storage-driver-known-to-panic',
		{driver: 'aufs', engine: '1.11.2', kernel: '3.13.0-24-generic'},
		{driver: 'aufs', engine: '1.11.2', kernel: '3.12.9'},
	],
	[
		'warning aufs-kernel-unsteady',
		{driver: 'aufs', engine: '1.11.2', kernel: '3.11.0-26-generic'},
		{driver: 'aufs', engine: '1.11.2', kernel: '3.12.9'},
	],
	[
		'warning aufs-kernel-unsteady',
		{driver: 'aufs', engine: '18.06.1-ce', kernel: '4.4.0-21-generic', os: ['ubuntu', '16.04']},
		{driver: 'aufs', engine: '18.06.1-ce', kernel: '5.4.0-42-generic', os: ['ubuntu', '20.04']},
	],
	['critical aufs-on-full-disk', {driver: 'aufs', filesystems: [full(95)]}, {driver: 'aufs', filesystems: [full(94)]}],
	// overlay, and overlay2 with it
	[
		'critical storage-driver-known-to-panic',
		{driver: 'overlay', engine: '1.12.6', kernel: '3.10.0-327.36.3.el7.x86_64'},
		{driver: 'overlay', engine: '1.12.6', kernel: '3.10.0-514.26.2.el7.x86_64'},
	],
	[
		'critical storage-driver-known-to-panic',
		{driver: 'overlay', engine: '1.7.1', kernel: '3.10.0-229.14.1.el7.x86_64'},
		{driver: 'overlay', engine: '1.7.1', kernel: '4.7.0'},
	],
	[
		'warning overlay-unix-sockets',
		{driver: 'overlay', engine: '1.12.6', kernel: '4.6.7'},
		{driver: 'overlay', engine: '1.12.6', kernel: '4.7.0'},
	],
	[
		'warning overlay-unix-sockets',
		{driver: 'overlay', engine: '1.12.6', kernel: '4.4.0-34-generic', os: ['ubuntu', '16.04']},
		{driver: 'overlay', engine: '1.12.6', kernel: '4.4.0-35-generic', os: ['ubuntu', '16.04']},
	],
	[
		'critical storage-driver-without-d-type',
		{engine: '17.12.0-ce', kernel: '4.15.0', status: noDType},
		{engine: '17.12.0-ce', kernel: '4.15.0', status: backedBy('xfs')},
	],
	[
		'critical storage-driver-without-d-type',
		{driver: 'overlay', engine: '1.13.1', kernel: '4.9.0', status: noDType},
		{driver: 'overlay', engine: '1.13.1', kernel: '4.10.0', status: noDType},
	],
	[
		'warning storage-driver-without-d-type',
		{engine: '17.09.0-ce', kernel: '4.15.0', status: noDType},
		{engine: '1.12.6', kernel: '4.15.0', status: backedBy('xfs')},
	],
	// overlay2
	[
		'critical overlay2-kernel-too-old',
		{engine: '17.03.2-ce', kernel: '3.10.0-327.36.3.el7.x86_64'},
		{engine: '17.03.2-ce', kernel: '3.10.0-514.el7.x86_64'},
	],
	['critical overlay2-kernel-too-old', {engine: '1.13.1', kernel: '3.19.8'}, {engine: '1.13.1', kernel: '4.0.0'}],
	[
		'critical overlay2-kernel-too-old',
		{engine: '17.12.0-ce', kernel: '3.16.0-4-amd64'},
		{engine: '18.03.0-ce', kernel: '3.16.0-4-amd64'},
	],
	[
		'critical overlay2-backing-filesystem',
		{engine: '20.10.24', status: backedBy('zfs')},
		{engine: '25.0.0', status: backedBy('zfs')},
	],
	[
		'critical overlay2-backing-filesystem',
		{engine: '17.12.0-ce', kernel: '4.6.7', status: backedBy('btrfs')},
		{engine: '17.12.0-ce', kernel: '4.7.0', status: backedBy('btrfs')},
	],
	['notice overlay2-backing-filesystem', {status: backedBy('jfs')}, {status: backedBy('extfs')}],
	['warning overlay2-mounts-in-use', {engine: '18.09.8', kernel: '5.2.0'}, {engine: '18.09.9', kernel: '5.2.0'}],
	['warning overlay2-mounts-in-use', {engine: '19.03.2', kernel: '5.3.0'}, {engine: '19.03.3', kernel: '5.3.0'}],
	['warning overlay2-mounts-in-use', {engine: '18.06.3-ce', kernel: '5.2.1'}, {engine: '18.06.3-ce', kernel: '5.1.21'}],
	[
		'warning overlay2-on-early-nixos-4-19',
		{kernel: '4.19.16', os: ['nixos', '19.03']},
		{kernel: '4.21.0', os: ['nixos', '19.03']},
	],
	[
		'notice overlay2-without-native-diff',
		{status: [['Native Overlay Diff', 'false']]},
		{status: [['Native Overlay Diff', 'true']]},
	],
];
