import {describe, expect, it} from 'vitest';
import {assessHost, type HealthInput} from '../../../source/health/assess-host.ts';
import {unaskedDiskUsage, type HostDiskUsage} from '../../../source/model/disk-usage.ts';
import type {KernelIncident} from '../../../source/model/kernel-incident.ts';
import {healthyInput, ok} from '../sample-host.ts';
import {panicked} from '../troubles.ts';
import {factsOf, factsOfInfo, namesOf, recordedInfo} from './given-host.ts';
import {reportedInfos as reported} from './reported-infos.ts';

describe('a real engine', () => {
	it.each([
		['overlay2-on-extfs', []],
		['overlay2-on-xfs', []],
		['overlay2-on-btrfs', []],
		['overlay', ['warning storage-driver-deprecated']],
		['btrfs', []],
		['vfs', ['warning storage-driver-copies']],
	])('with %s is judged by its driver', (name, expected) => {
		expect(namesOf(factsOfInfo(recordedInfo(name)))).toEqual(expected);
	});

	it('tells the file system below overlay2, and that it knows file types', () => {
		expect(factsOfInfo(recordedInfo('overlay2-on-btrfs'))).toMatchObject({
			driver: 'overlay2',
			store: 'graph-driver',
			backingFilesystem: 'btrfs',
			supportsDType: true,
			nativeDiff: true,
			cgroupVersion: '1',
		});
	});

	it('with overlay says itself that the driver is deprecated', () => {
		expect(factsOfInfo(recordedInfo('overlay')).warnings).toEqual([
			'WARNING: the overlay storage-driver is deprecated, and will be removed in a future release.',
		]);
	});
});

describe('an engine as people reported it', () => {
	it.each([
		['aufsOnDebian8', ['notice storage-driver-deprecated', 'critical storage-driver-known-to-panic']],
		['overlayBefore113', ['notice storage-driver-deprecated', 'warning overlay-unix-sockets']],
		[
			'overlayWithoutDType',
			[
				'notice storage-driver-deprecated',
				'warning storage-driver-without-d-type',
				'notice kernel-memory-accounting-leaks',
			],
		],
		['overlay2WithoutDType', ['critical storage-driver-without-d-type']],
		['loopLvm', ['notice storage-driver-deprecated', 'critical storage-driver-loopback']],
		['directLvm', ['notice storage-driver-deprecated', 'notice kernel-memory-accounting-leaks']],
		['zfsOnline', []],
		['zfsUnknown', []],
		['imageStore', []],
	] as const)('%s is judged', (name, expected) => {
		const {info, os} = reported[name];
		expect(namesOf(factsOfInfo(info, os))).toEqual(expected);
	});

	it('before 1.13 says nothing of file types: that is unknown, not false', () => {
		const {info, os} = reported.overlayBefore113;
		expect(factsOfInfo(info, os).supportsDType).toBeNull();
	});

	it('with direct-lvm tells its pool in bytes', () => {
		const {info, os} = reported.directLvm;
		expect(factsOfInfo(info, os).thinPool).toMatchObject({
			name: 'docker_lvm_vg-docker_lvm',
			data: {usedBytes: 3.343e9, totalBytes: 52.94e9},
			metadata: {usedBytes: 1.02e6, totalBytes: 209.7e6},
			minimumFreeBytes: 3.705e9,
			loopFile: null,
			deviceFilesystem: 'xfs',
			deferredDeletedCount: 0,
		});
	});

	it('with devicemapper names its devices’ file system, which is not the one below', () => {
		const {info, os} = reported.directLvm;
		expect(factsOfInfo(info, os).backingFilesystem).toBe('ext4');
	});

	it('that could not ask its zpool leaves the health unknown', () => {
		const {info, os} = reported.zfsUnknown;
		expect(factsOfInfo(info, os).zpool).toEqual({
			name: null,
			health: null,
			parentDataset: 'zpool1/docker',
			usedBytes: 23_552,
			availableBytes: 1_895_635_456,
		});
	});

	it('with the containerd image store is not judged by the rules of graph drivers of the same name', () => {
		const status = [['driver-type', 'io.containerd.snapshotter.v1']] as const;
		for (const driver of ['devicemapper', 'btrfs', 'zfs', 'overlay', 'aufs', 'vfs']) {
			expect(namesOf(factsOf({driver, engine: '29.1.3', kernel: '3.16.0-4-amd64', status}))).toEqual([]);
		}
	});
});

describe('beside the engine’s own words', () => {
	const findingsOf = (change: Partial<HealthInput>): readonly string[] =>
		assessHost(healthyInput(change)).map(({id, summary}) => `${id}: ${summary}`);

	it('what the kernel log blames on the driver speaks against it, until it is over', () => {
		const blamed = {...panicked[0], via: 'overlay', severity: 'critical', state: 'open'} as KernelIncident;
		expect(findingsOf({incidents: [blamed]})).toContain('storage-driver-in-kernel-log: the kernel log blames overlay2');
		expect(findingsOf({incidents: [{...blamed, state: 'over'}]}).join()).not.toContain('storage-driver-in-kernel-log');
	});

	it('layers nobody refers to are told once the disk’s use was asked for', () => {
		const rootDirectories = (unreferenced: number): HostDiskUsage => ({
			...unaskedDiskUsage,
			rootDirectories: ok({
				path: '/var/lib/docker',
				bytes: null,
				directories: [],
				layerDirectories: {present: 100, unreferenced},
			}),
		});
		expect(findingsOf({diskUsage: unaskedDiskUsage})).toEqual([]);
		expect(findingsOf({diskUsage: rootDirectories(5)})).toEqual([]);
		expect(findingsOf({diskUsage: rootDirectories(60)})).toEqual([
			'layer-directories-unknown: about 60 layer directories the engine does not know',
		]);
	});
});
