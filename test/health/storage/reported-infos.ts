/** What engines said that do not run here, as people pasted `docker info` into the issue named with each. */
import type {GivenHost, InfoDocument} from './given-host.ts';

export type ReportedInfo = {
	readonly info: InfoDocument;
	readonly os: NonNullable<GivenHost['os']>;
	readonly from: string;
};

export const reportedInfos = {
	aufsOnDebian8: {
		from: 'moby#21081',
		os: ['debian', '8'],
		info: {
			Driver: 'aufs',
			ServerVersion: '1.10.1',
			KernelVersion: '3.16.0-4-amd64',
			DriverStatus: [
				['Root Dir', '/var/lib/docker/aufs'],
				['Backing Filesystem', 'xfs'],
				['Dirs', '201'],
				['Dirperm1 Supported', 'true'],
			],
		},
	},

	overlayBefore113: {
		from: 'moby#17197',
		os: ['debian', '9'],
		info: {
			Driver: 'overlay',
			ServerVersion: '1.9.1',
			KernelVersion: '4.0.0-2-amd64',
			DriverStatus: [['Backing Filesystem', 'extfs']],
		},
	},

	overlayWithoutDType: {
		from: 'docker/for-linux#196',
		os: ['rhel', '7.4'],
		info: {
			Driver: 'overlay',
			ServerVersion: '17.06.2-ce',
			KernelVersion: '3.10.0-693.2.2.el7.x86_64',
			DriverStatus: [
				['Backing Filesystem', 'xfs'],
				['Supports d_type', 'false'],
			],
		},
	},

	overlay2WithoutDType: {
		from: 'docker/for-linux#419',
		os: ['fedora', '28'],
		info: {
			Driver: 'overlay2',
			ServerVersion: '18.06.1-ce',
			KernelVersion: '4.17.14-202.fc28.x86_64',
			DriverStatus: [
				['Backing Filesystem', 'xfs'],
				['Supports d_type', 'false'],
				['Native Overlay Diff', 'true'],
			],
		},
	},

	loopLvm: {
		from: 'moby#23589',
		os: ['fedora', '23'],
		info: {
			Driver: 'devicemapper',
			ServerVersion: '1.12.0-dev',
			DriverStatus: [
				['Pool Name', 'docker-8:19-16121929-pool'],
				['Pool Blocksize', '65.54 kB'],
				['Base Device Size', '10.74 GB'],
				['Backing Filesystem', 'xfs'],
				['Data file', '/dev/loop0'],
				['Metadata file', '/dev/loop1'],
				['Data Space Used', '265.9 MB'],
				['Data Space Total', '107.4 GB'],
				['Data Space Available', '107.1 GB'],
				['Metadata Space Used', '696.3 kB'],
				['Metadata Space Total', '2.147 GB'],
				['Metadata Space Available', '2.147 GB'],
				['Thin Pool Minimum Free Space', '10.74 GB'],
				['Udev Sync Supported', 'true'],
				['Deferred Removal Enabled', 'true'],
				['Deferred Deletion Enabled', 'true'],
				['Deferred Deleted Device Count', '0'],
				['Data loop file', '/var/lib/docker/devicemapper/devicemapper/data'],
			],
		},
	},

	directLvm: {
		from: 'moby#25826',
		os: ['centos', '7'],
		info: {
			Driver: 'devicemapper',
			ServerVersion: '1.12.1-rc2',
			KernelVersion: '3.10.0-327.28.2.el7.x86_64',
			DriverStatus: [
				['Pool Name', 'docker_lvm_vg-docker_lvm'],
				['Pool Blocksize', '524.3 kB'],
				['Base Device Size', '8.59 GB'],
				['Backing Filesystem', 'xfs'],
				['Data file', ''],
				['Metadata file', ''],
				['Data Space Used', '3.343 GB'],
				['Data Space Total', '52.94 GB'],
				['Data Space Available', '49.59 GB'],
				['Metadata Space Used', '1.02 MB'],
				['Metadata Space Total', '209.7 MB'],
				['Metadata Space Available', '208.7 MB'],
				['Thin Pool Minimum Free Space', '3.705 GB'],
				['Udev Sync Supported', 'true'],
				['Deferred Removal Enabled', 'true'],
				['Deferred Deletion Enabled', 'false'],
				['Deferred Deleted Device Count', '0'],
				['Library Version', '1.02.107-RHEL7 (2016-06-09)'],
			],
		},
	},

	zfsOnline: {
		from: 'moby#41055',
		os: ['ubuntu', '20.04'],
		info: {
			Driver: 'zfs',
			ServerVersion: '19.03.8',
			KernelVersion: '5.4.0-33-generic',
			DriverStatus: [
				['Zpool', 'rpool'],
				['Zpool Health', 'ONLINE'],
				['Parent Dataset', 'rpool/var/lib/docker'],
				['Space Used By Parent', '378417152'],
				['Space Available', '510797041664'],
				['Parent Quota', 'no'],
				['Compression', 'lz4'],
			],
		},
	},

	zfsUnknown: {
		from: 'rancher/os#1592',
		os: ['rancheros', '0.8.0'],
		info: {
			Driver: 'zfs',
			ServerVersion: '1.12.6',
			KernelVersion: '4.9.9-rancher',
			DriverStatus: [
				['Zpool', 'error while getting pool information strconv.ParseUint: parsing "": invalid syntax'],
				['Zpool Health', 'not available'],
				['Parent Dataset', 'zpool1/docker'],
				['Space Used By Parent', '23552'],
				['Space Available', '1895635456'],
				['Parent Quota', 'no'],
				['Compression', 'off'],
			],
		},
	},

	imageStore: {
		from: 'written after moby daemon/containerd/service.go',
		os: ['ubuntu', '24.04'],
		info: {
			Driver: 'overlayfs',
			ServerVersion: '29.1.3',
			KernelVersion: '6.8.0-60-generic',
			CgroupVersion: '2',
			DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
		},
	},
} as const satisfies Readonly<Record<string, ReportedInfo>>;
