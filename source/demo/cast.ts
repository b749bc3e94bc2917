/**
 * The cast of the demo: the first twelve hosts, each a case a person on call meets. `ordinaryHost` is what they
 * share; a host tells only how it differs.
 */
import {
	centos7,
	debian12,
	debian8,
	engine1126,
	engine1903,
	engine2010,
	engine240,
	engine275,
	engine283,
	engine291,
	ubuntu2204,
	ubuntu2404,
} from './distributions.ts';
import type {DemoFilesystem, DemoHostPlan} from './host-plan.ts';

const gigabyte = 1e9;
const day = 86_400;

export const ordinaryHost: Omit<DemoHostPlan, 'name'> = {
	role: 'web',
	env: 'prod',
	door: 'open',
	distribution: debian12,
	cpuCount: 8,
	memoryBytes: 32 * 2 ** 30,
	uptimeSeconds: 41 * day + 7431,
	busyRatio: 0.2,
	filesystems: [rootFilesystem({sizeBytes: 105 * gigabyte, usedRatio: 0.46})],
	engine: engine283,
	storage: {driver: 'overlay2', backing: 'extfs'},
	engineFault: 'none',
	containerCount: 9,
	spareImageCount: 3,
	averageImageBytes: 240e6,
	containerStory: 'calm',
	bootStory: 'clean',
	kernelStory: 'quiet',
	kernelLogMethod: 'sudo-kmsg',
};

export const cast: readonly DemoHostPlan[] = [
	// Healthy, although one of its containers writes "Kernel panic" to the kernel log.
	{...ordinaryHost, name: 'web-01', containerCount: 11, kernelStory: 'forged-panic'},
	// Its disk fills with old images; it also runs whatever people push, hostile labels included.
	{
		...ordinaryHost,
		name: 'ci-03',
		role: 'ci',
		distribution: ubuntu2204,
		engine: engine275,
		cpuCount: 16,
		busyRatio: 0.7,
		filesystems: [
			rootFilesystem({sizeBytes: 52 * gigabyte, usedRatio: 0.38}),
			dockerFilesystem({sizeBytes: 422 * gigabyte, usedRatio: 0.9405, growthBytesPerSecond: 140_000}),
		],
		containerCount: 17,
		spareImageCount: 164,
		averageImageBytes: 1.3 * gigabyte,
		containerStory: 'hostile-texts',
	},
	{
		...ordinaryHost,
		name: 'web-07',
		distribution: ubuntu2404,
		engine: engine291,
		storage: {driver: 'overlayfs'},
		uptimeSeconds: 12 * 60 + 20,
		bootStory: 'panic-in-pstore',
		kernelStory: 'panic-in-previous-boot',
	},
	{
		...ordinaryHost,
		name: 'ci-11',
		role: 'ci',
		distribution: ubuntu2404,
		busyRatio: 0.85,
		uptimeSeconds: 9 * day + 312,
		containerCount: 14,
		kernelStory: 'panic-while-watching',
	},
	{
		...ordinaryHost,
		name: 'ci-14',
		role: 'ci',
		distribution: ubuntu2204,
		engine: engine2010,
		uptimeSeconds: 12 * day + 5022,
		busyRatio: 0.55,
		filesystems: [rootFilesystem({sizeBytes: 210 * gigabyte, usedRatio: 0.71})],
		engineFault: 'list-hangs',
		containerCount: 24,
		spareImageCount: 12,
		averageImageBytes: 600e6,
	},
	{...ordinaryHost, name: 'batch-02', role: 'batch', door: 'silent'},
	{...ordinaryHost, name: 'cache-01', role: 'cache', door: 'closed'},
	{...ordinaryHost, name: 'db-02', role: 'db', door: 'changed-key'},
	{
		...ordinaryHost,
		name: 'web-legacy',
		distribution: debian8,
		engine: engine1126,
		storage: {driver: 'aufs', directories: 312},
		cpuCount: 4,
		memoryBytes: 8 * 2 ** 30,
		uptimeSeconds: day + 40_113,
		filesystems: [rootFilesystem({sizeBytes: 84 * gigabyte, usedRatio: 0.64})],
		containerCount: 14,
		spareImageCount: 30,
		averageImageBytes: 410e6,
		bootStory: 'aufs-panic',
		kernelStory: 'aufs',
		kernelLogMethod: 'kmsg',
	},
	{
		...ordinaryHost,
		name: 'store-06',
		role: 'storage',
		distribution: centos7,
		engine: engine1903,
		storage: {driver: 'devicemapper', dataRatio: 0.962, metadataRatio: 0.71},
		uptimeSeconds: 1.9 * day + 9944,
		filesystems: [
			rootFilesystem({device: '/dev/mapper/centos-root', type: 'xfs', sizeBytes: 54 * gigabyte, usedRatio: 0.35}),
		],
		bootStory: 'unclean-stops',
		kernelStory: 'thin-pool',
		kernelLogMethod: 'kmsg',
	},
	{...ordinaryHost, name: 'web-12', env: 'staging', engine: engine240, containerStory: 'restart-loop'},
	{
		...ordinaryHost,
		name: 'registry-1',
		role: 'registry',
		cpuCount: 4,
		memoryBytes: 16 * 2 ** 30,
		uptimeSeconds: 77 * day + 811,
		filesystems: [rootFilesystem({sizeBytes: 528 * gigabyte, usedRatio: 0.8805, growthBytesPerSecond: 1.2e6})],
		containerCount: 5,
	},
];

type FilesystemChoice = Pick<DemoFilesystem, 'sizeBytes' | 'usedRatio'> & Partial<DemoFilesystem>;

export function rootFilesystem(choice: FilesystemChoice): DemoFilesystem {
	return {
		device: '/dev/sda1',
		type: 'ext4',
		mountPoint: '/',
		growthBytesPerSecond: 0,
		// mke2fs gives an inode to every 16 KiB.
		inodesTotal: Math.floor(choice.sizeBytes / 16_384),
		inodesUsedRatio: choice.usedRatio / 4,
		...choice,
	};
}

export function dockerFilesystem(choice: FilesystemChoice): DemoFilesystem {
	return rootFilesystem({device: '/dev/sdb1', mountPoint: '/var/lib/docker', ...choice});
}
