/** A small fleet in the states a report must tell apart. */
import {unaskedDiskUsage} from '../../source/model/disk-usage.ts';
import type {FleetState, HostState} from '../../source/fleet/fleet-state.ts';
import {assessHost} from '../../source/health/assess-host.ts';
import type {HealthInput} from '../../source/health/health-input.ts';
import {overallSeverity} from '../../source/health/overall-severity.ts';
import {pending} from '../../source/model/reading.ts';
import {readKernelFixture} from '../health/kernel-lines.ts';
import {
	brokenRung,
	failed,
	GB,
	healthyInput,
	healthyReadings,
	now,
	ok,
	sampleContainer,
	sampleEngine,
	sampleFilesystem,
	sampleHostDeclaration,
} from '../health/sample-host.ts';
import {analyse} from '../health/kernel/analyse.ts';

export {now} from '../health/sample-host.ts';

export function hostState(name: string, change: Partial<HealthInput> = {}, facts: Partial<HostState> = {}): HostState {
	const host = sampleHostDeclaration({
		key: name,
		name,
		target: {kind: 'ssh', destination: name},
		sources: [{kind: 'command-line', detail: name}],
	});
	const input = healthyInput({host, ...change});
	const findings = assessHost(input);
	return {
		host: input.host,
		ladder: input.ladder,
		address: `ops@${name}:22`,
		transport: 'ssh2',
		attempted: input.attempted,
		lastHeardAt: input.lastHeardAt,
		readings: input.readings,
		diskUsage: unaskedDiskUsage,
		kernelRecords: [],
		incidents: input.incidents,
		bootHistory: input.bootHistory,
		rebootSeen: input.rebootSeen,
		findings,
		severity: overallSeverity(findings),
		severitySince: now - 60_000,
		...facts,
	};
}

export function fleetOf(...hosts: readonly HostState[]): FleetState {
	return {hosts: new Map(hosts.map((host) => [host.host.key, host]))};
}

export const wellHost = hostState('web-01');

export const hungHost = hostState('ci-14', {
	ladder: {
		reached: 'ping',
		broken: brokenRung('list', 'engine-hung', {summary: 'engine hung: ping answers, list does not'}),
	},
});

export const lostHost = hostState('db-02', {
	ladder: {
		reached: 'key-exchange',
		broken: brokenRung('host-key', 'host-key-changed', {
			summary: 'SSH: host key changed',
			detail: ['known_hosts line 4: SHA256:aaaa', 'now: SHA256:bbbb'],
			retryAt: null,
			afterMs: 4100,
		}),
		steps: [{rung: 'banner', afterMs: 12, note: 'SSH-2.0-OpenSSH_9.2p1'}],
	},
});

export const fillingHost = hostState('web-11', {
	readings: healthyReadings({
		filesystems: ok([
			sampleFilesystem({
				mountPoint: '/var/lib/docker',
				roles: ['engine-root'],
				usedBytes: 94 * GB,
				availableBytes: 6 * GB,
			}),
		]),
	}),
});

export const panickedHost = hostState('web-07', {incidents: analyse(readKernelFixture('aufs-panic'))});

export const closedHost = hostState('edge-3', {
	readings: healthyReadings({
		kernelLog: failed('not-permitted', 'dmesg: read kernel buffer failed: Operation not permitted'),
		images: pending,
	}),
});

export const wideHost = hostState('web-12', {
	readings: healthyReadings({
		engine: ok(sampleEngine({version: '20.10.24+dfsg1-1+deb12u1'})),
		containers: ok([
			sampleContainer({name: '日本語のとても長いコンテナ名'.repeat(8), health: 'unhealthy', image: '検索:1'}),
		]),
	}),
});

export const mixedFleet = fleetOf(wellHost, fillingHost, lostHost, closedHost, wideHost, hungHost, panickedHost);
export const reportOptions = {now, version: '0.1.0', demo: false};
