/** Cases of the drivers that are neither aufs nor overlays, and of the containerd image store. */
import type {Filesystem} from '../../../source/model/readings.ts';
import type {GivenHost} from './given-host.ts';
import {backedBy, el7, full, type RuleCase, type Status} from './rule-case.ts';

const containerd = (percent: number): Filesystem =>
	full(percent, {mountPoint: '/var/lib/containerd', roles: ['containerd-root']});
const imageStore: Status = [['driver-type', 'io.containerd.snapshotter.v1']];
const mapper = (status: Status, change: GivenHost = {}): GivenHost => ({
	driver: 'devicemapper',
	engine: '17.03.2-ce',
	kernel: el7,
	status,
	...change,
});
const data = (used: string, available: string): Status => [
	['Data Space Used', used],
	['Data Space Total', '107.4 GB'],
	['Data Space Available', available],
	['Thin Pool Minimum Free Space', '10.74 GB'],
];
const metadata = (used: string): Status => [
	['Metadata Space Used', used],
	['Metadata Space Total', '1.074 GB'],
];
const zfs = (health: string, used = '378417152', available = '510797041664'): GivenHost => ({
	driver: 'zfs',
	status: [
		['Zpool', 'rpool'],
		['Zpool Health', health],
		['Parent Dataset', 'rpool/var/lib/docker'],
		['Space Used By Parent', used],
		['Space Available', available],
	],
});

export const poolDriverCases: readonly RuleCase[] = [
	// devicemapper
	[
		'critical storage-driver-known-to-panic',
		{driver: 'devicemapper', engine: '1.11.2', kernel: '3.16.0-4-amd64'},
		{driver: 'devicemapper', engine: '1.11.2', kernel: '3.16.0-6-amd64'},
	],
	[
		'critical storage-driver-loopback',
		mapper([['Data loop file', '/var/lib/docker/devicemapper/devicemapper/data']]),
		mapper([['Data file', '']]),
	],
	['critical storage-driver-loopback', mapper([['Data file', '/dev/loop0']]), mapper([['Data file', '/dev/dm-3']])],
	['critical thin-pool-data-filling', mapper(data('96.7 GB', '10.8 GB')), mapper(data('96.6 GB', '10.8 GB'))],
	['critical thin-pool-data-filling', mapper(data('80.1 GB', '10.73 GB')), mapper(data('80.1 GB', '10.74 GB'))],
	['warning thin-pool-data-filling', mapper(data('86 GB', '21.4 GB')), mapper(data('85.8 GB', '21.6 GB'))],
	['critical thin-pool-metadata-filling', mapper(metadata('913 MB')), mapper(metadata('912 MB'))],
	['warning thin-pool-metadata-filling', mapper(metadata('752 MB')), mapper(metadata('751 MB'))],
	[
		'critical storage-driver-without-udev-sync',
		mapper([['Udev Sync Supported', 'false']]),
		mapper([['Udev Sync Supported', 'true']]),
	],
	[
		'warning thin-pool-deletions-waiting',
		mapper([['Deferred Deleted Device Count', '10']]),
		mapper([['Deferred Deleted Device Count', '9']]),
	],
	[
		'warning thin-pool-removal-not-deferred',
		mapper([['Deferred Removal Enabled', 'false']]),
		mapper([['Deferred Removal Enabled', 'false']], {kernel: '4.9.0-8-amd64'}),
	],
	[
		'warning devicemapper-xfs-on-linux-4-12',
		mapper(backedBy('xfs'), {kernel: '4.12.8_2'}),
		mapper(backedBy('xfs'), {kernel: '4.11.12'}),
	],
	[
		'warning devicemapper-xfs-on-linux-4-12',
		mapper(backedBy('xfs'), {kernel: '4.14.0'}),
		mapper(backedBy('ext4'), {kernel: '4.14.0'}),
	],
	// btrfs
	['warning btrfs-kernel-too-old', {driver: 'btrfs', kernel: '3.17.8'}, {driver: 'btrfs', kernel: '3.18.0'}],
	// zfs
	['critical zpool-unwell', zfs('SUSPENDED'), zfs('ONLINE')],
	['warning zpool-unwell', zfs('DEGRADED'), zfs('not available')],
	['warning zpool-filling', zfs('ONLINE', '91000000000', '9000000000'), zfs('ONLINE', '90000000000', '10000000000')],
	[
		'warning zpool-filling',
		{...zfs('ONLINE', '91000000000', '9000000000'), filesystems: [full(84, {type: 'zfs'})]},
		{...zfs('ONLINE', '91000000000', '9000000000'), filesystems: [full(91, {type: 'zfs'})]},
	],
	// vfs, fuse-overlayfs, the containerd image store
	['warning storage-driver-copies', {driver: 'vfs'}, {driver: 'overlay2'}],
	['warning storage-driver-copies', {driver: 'native', status: imageStore}, {driver: 'overlayfs', status: imageStore}],
	[
		'notice fuse-overlayfs-not-needed',
		{driver: 'fuse-overlayfs', kernel: '5.11.0'},
		{driver: 'fuse-overlayfs', kernel: '5.10.0-28-amd64'},
	],
	[
		'notice fuse-overlayfs-not-needed',
		{driver: 'fuse-overlayfs', kernel: '6.1.0', status: imageStore},
		{driver: 'stargz', kernel: '6.1.0', status: imageStore},
	],
	[
		'notice containerd-root-has-little-room',
		{driver: 'overlayfs', status: imageStore, filesystems: [full(10), containerd(75)]},
		{driver: 'overlayfs', status: imageStore, filesystems: [full(10), containerd(74)]},
	],
	[
		'notice containerd-root-has-little-room',
		{driver: 'overlayfs', status: imageStore, filesystems: [full(10), containerd(84)]},
		{driver: 'overlay2', filesystems: [full(10), containerd(84)]},
	],
];
