/** A host in full health, to be made sick one thing at a time. */
import type {HealthInput} from '../../source/health/health-input.ts';
import type {Host} from '../../source/model/host.ts';
import type {BrokenRung, ReasonCode, Rung} from '../../source/model/ladder.ts';
import type {OkReading} from '../../source/model/reading.ts';
import type {
	Container,
	EngineInfo,
	Filesystem,
	HostIdentity,
	HostReadings,
	Vitals,
} from '../../source/model/readings.ts';
import {sampleCounters, sampleEvidence} from './sample-boots.ts';

export const now = Date.UTC(2026, 10, 20, 14);
export const GB = 1e9;

export function ok<T>(value: T, at = now): OkReading<T> {
	return {kind: 'ok', value, at};
}

export function failed(
	code: 'timeout' | 'not-permitted' | 'not-found' | 'unsupported' | 'malformed' | 'refused' | 'lost',
	message: string,
) {
	return {kind: 'failed', reason: {code, message}, at: now} as const;
}

export function sampleHostDeclaration(change: Partial<Host> = {}): Host {
	return {
		key: 'web-01',
		name: 'web-01',
		target: {kind: 'ssh', destination: 'web-01'},
		sources: [{kind: 'command-line', detail: 'web-01'}],
		labels: {},
		groups: [],
		sudo: 'auto',
		demo: false,
		...change,
	};
}

export function sampleIdentity(change: Partial<HostIdentity> = {}): HostIdentity {
	return {
		hostname: 'web-01',
		bootId: '0b9d1d3e-2a5f-4d0c-9d5b-5f1f6f0f4a11',
		uptimeSeconds: 7200,
		clockAt: now,
		os: {id: 'debian', prettyName: 'Debian GNU/Linux 12 (bookworm)', versionId: '12'},
		kernel: {name: 'Linux', release: '6.1.0-18-amd64', machine: 'x86_64'},
		userId: 1000,
		...change,
	};
}

export function sampleVitals(change: Partial<Vitals> = {}): Vitals {
	return {
		load1: 0.5,
		load5: 0.4,
		load15: 0.3,
		cpuCount: 4,
		memoryTotalBytes: 16 * GB,
		memoryAvailableBytes: 9 * GB,
		swapTotalBytes: 0,
		swapFreeBytes: 0,
		pressure: {cpu: null, memory: null, io: null},
		uptimeSeconds: 7205,
		...change,
	};
}

export function sampleFilesystem(change: Partial<Filesystem> = {}): Filesystem {
	return {
		mountPoint: '/',
		device: '/dev/sda1',
		type: 'ext4',
		roles: ['root'],
		readOnly: false,
		sizeBytes: 100 * GB,
		usedBytes: 40 * GB,
		availableBytes: 60 * GB,
		inodesTotal: 6_000_000,
		inodesUsed: 400_000,
		...change,
	};
}

export function sampleEngine(change: Partial<EngineInfo> = {}): EngineInfo {
	return {
		product: 'docker',
		version: '27.5.1',
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
		...change,
	};
}

export function sampleContainer(change: Partial<Container> = {}): Container {
	return {
		id: '4b1c77e0aa12f00dbeef4b1c77e0aa12f00dbeef4b1c77e0aa12f00dbeef0001',
		name: 'shop',
		image: 'shop:1.4',
		imageId: 'sha256:aa',
		state: 'running',
		status: 'Up 2 hours',
		health: null,
		createdAt: now - 7200_000,
		command: 'node server.js',
		labels: {},
		ports: [],
		recentDeaths: [],
		...change,
	};
}

export function healthyReadings(change: Partial<HostReadings> = {}): HostReadings {
	return {
		identity: ok(sampleIdentity()),
		vitals: ok(sampleVitals()),
		filesystems: ok([
			sampleFilesystem(),
			sampleFilesystem({mountPoint: '/var/lib/docker', device: '/dev/sdb1', roles: ['engine-root']}),
		]),
		engine: ok(sampleEngine()),
		containers: ok([sampleContainer()]),
		images: ok({count: 12, bytes: 18 * GB, isUpperBound: false, largest: []}),
		kernelLog: ok({method: 'kmsg', live: true}),
		kernelCounters: ok(sampleCounters()),
		boots: ok(sampleEvidence()),
		...change,
	};
}

export function healthyInput(change: Partial<HealthInput> = {}): HealthInput {
	return {
		host: sampleHostDeclaration(),
		ladder: {reached: 'info', broken: null},
		attempted: true,
		lastHeardAt: now,
		readings: healthyReadings(),
		bootHistory: null,
		rebootSeen: null,
		incidents: [],
		now,
		...change,
	};
}

export function withReadings(change: Partial<HostReadings>): HealthInput {
	return healthyInput({readings: healthyReadings(change)});
}

export function brokenRung(rung: Rung, code: ReasonCode, change: Partial<BrokenRung> = {}): BrokenRung {
	return {
		rung,
		code,
		summary: `${code} at ${rung}`,
		detail: ['what was seen'],
		advice: 'What to do.',
		since: now - 240_000,
		retryAt: now + 5000,
		...change,
	};
}
