/** Hosts, containers and findings as fixed data, for tests of what is shown. */
import {unaskedDiskUsage} from '../../../source/model/disk-usage.ts';
import {sampleCounters, sampleEvidence} from '../../health/sample-boots.ts';
import type {FleetState, HostState} from '../../../source/fleet/fleet-state.ts';
import type {Finding} from '../../../source/model/finding.ts';
import type {Container, Filesystem, HostReadings} from '../../../source/model/readings.ts';

/** 2026-03-01 14:02:11 UTC: the present of the fixture. */
export const fixtureNow = Date.UTC(2026, 2, 1, 14, 2, 11);

const second = 1000;
const day = 86_400 * second;

export type HostDetails = Partial<Omit<HostState, 'host' | 'readings'>> & {
	readonly readings?: Partial<HostReadings>;
	readonly groups?: readonly string[];
	readonly labels?: Readonly<Record<string, string>>;
};

/** A healthy host with everything known; `details` replaces what differs. */
export function createHost(name: string, details: HostDetails = {}): HostState {
	const {readings, groups = [], labels = {}, ...rest} = details;
	return {
		host: {
			key: `ssh:${name}`,
			name,
			target: {kind: 'ssh', destination: name},
			sources: [{kind: 'ssh-config', detail: '~/.ssh/config'}],
			labels,
			groups,
			sudo: 'auto',
			demo: false,
		},
		ladder: {reached: 'info', broken: null},
		address: `ops@10.0.0.${name.length}:22`,
		transport: 'ssh2 curve25519-sha256 aes128-gcm',
		attempted: true,
		lastHeardAt: fixtureNow - second,
		readings: {...healthyReadings(name), ...readings},
		diskUsage: unaskedDiskUsage,
		kernelRecords: [],
		incidents: [],
		bootHistory: null,
		rebootSeen: null,
		findings: [],
		severity: 'ok',
		severitySince: fixtureNow - day,
		...rest,
	};
}

export function createFinding(details: Partial<Finding>): Finding {
	return {
		id: 'fixture',
		severity: 'warning',
		category: 'disk',
		subject: '',
		summary: 'something is wrong',
		evidence: [],
		since: null,
		count: 1,
		meaning: 'It means something.',
		advice: 'Do something about it.',
		...details,
	};
}

export function createContainer(name: string, details: Partial<Container> = {}): Container {
	return {
		id: `id-${name}`,
		name,
		image: 'registry.example/app:1.4',
		imageId: 'sha256:1',
		state: 'running',
		status: 'Up 2 hours',
		health: null,
		createdAt: fixtureNow - day,
		command: 'serve',
		labels: {},
		ports: ['0.0.0.0:8080->80/tcp'],
		recentDeaths: [],
		...details,
	};
}

export function createFilesystem(mountPoint: string, usedRatio: number, details: Partial<Filesystem> = {}): Filesystem {
	const sizeBytes = 100e9;
	return {
		mountPoint,
		device: '/dev/sda1',
		type: 'ext4',
		roles: mountPoint === '/' ? ['root'] : ['engine-root'],
		readOnly: false,
		sizeBytes,
		usedBytes: sizeBytes * usedRatio,
		availableBytes: sizeBytes * (1 - usedRatio),
		inodesTotal: 6_400_000,
		inodesUsed: 812_345,
		...details,
	};
}

export function createFleet(hosts: readonly HostState[]): FleetState {
	return {hosts: new Map(hosts.map((host) => [host.host.key, host]))};
}

function healthyReadings(name: string): HostReadings {
	const at = fixtureNow - 2 * second;
	return {
		identity: {
			kind: 'ok',
			at,
			value: {
				hostname: name,
				bootId: 'b0071d',
				uptimeSeconds: 12 * 86_400,
				clockAt: at,
				os: {id: 'debian', prettyName: 'Debian GNU/Linux 12 (bookworm)', versionId: '12'},
				kernel: {name: 'Linux', release: '6.1.0-50-amd64', machine: 'x86_64'},
				userId: 1000,
			},
		},
		vitals: {
			kind: 'ok',
			at,
			value: {
				load1: 0.42,
				load5: 0.51,
				load15: 0.4,
				cpuCount: 8,
				memoryTotalBytes: 32e9,
				memoryAvailableBytes: 21e9,
				swapTotalBytes: 0,
				swapFreeBytes: 0,
				pressure: {cpu: {some: 0.03, full: null}, memory: {some: 0, full: 0}, io: {some: 0.01, full: 0}},
				uptimeSeconds: 12 * 86_400,
			},
		},
		filesystems: {kind: 'ok', at, value: [createFilesystem('/', 0.41), createFilesystem('/var/lib/docker', 0.62)]},
		engine: {
			kind: 'ok',
			at,
			value: {
				product: 'docker',
				version: '27.3.1',
				apiVersion: '1.47',
				driver: 'overlay2',
				driverStatus: [
					['Backing Filesystem', 'extfs'],
					['Supports d_type', 'true'],
				],
				rootDir: '/var/lib/docker',
				warnings: [],
				cgroupVersion: '2',
				liveRestore: false,
				swarmState: 'inactive',
				via: '/var/run/docker.sock',
			},
		},
		containers: {kind: 'ok', at, value: ['api', 'proxy', 'worker'].map((each) => createContainer(`${name}-${each}`))},
		images: {
			kind: 'ok',
			at,
			value: {
				count: 14,
				bytes: 9.2e9,
				isUpperBound: false,
				largest: [{id: 'sha256:1', name: 'registry.example/app:1.4', bytes: 1.9e9, createdAt: fixtureNow - 30 * day}],
			},
		},
		kernelLog: {kind: 'ok', at, value: {method: 'kmsg', live: true}},
		kernelCounters: {kind: 'ok', at, value: sampleCounters()},
		boots: {kind: 'ok', at, value: sampleEvidence()},
	};
}
