/** Every kind of trouble a host can be in, and short ways to say what is found then. */
import {assessHost, type HealthInput} from '../../source/health/assess-host.ts';
import {overallSeverity} from '../../source/health/overall-severity.ts';
import {pending} from '../../source/model/reading.ts';
import type {Container, EngineInfo, HostReadings} from '../../source/model/readings.ts';
import {readKernelFixture} from './kernel-lines.ts';
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
	sampleIdentity,
	sampleVitals,
	withReadings,
} from './sample-host.ts';
import {analyse} from './kernel/analyse.ts';

export const minuteMs = 60_000;
export const summarise = (input: HealthInput): readonly string[] =>
	assessHost(input).map(({severity, id}) => `${severity} ${id}`);
export const severityOf = (input: HealthInput) => overallSeverity(assessHost(input));
export const panicked = analyse(readKernelFixture('aufs-panic'));

export const unreachable = healthyInput({
	ladder: {reached: 'resolve', broken: brokenRung('tcp', 'no-answer')},
	lastHeardAt: now - 5 * minuteMs,
});

export const hung = healthyInput({ladder: {reached: 'ping', broken: brokenRung('list', 'engine-hung')}});

export const disk = (change: Parameters<typeof sampleFilesystem>[0]): HealthInput =>
	withReadings({filesystems: ok([sampleFilesystem(change)])});
export const docker = (change: Partial<EngineInfo>, kernel = '6.1.0-18-amd64'): HealthInput =>
	withReadings({
		engine: ok(sampleEngine(change)),
		identity: ok(sampleIdentity({kernel: {name: 'Linux', release: kernel, machine: 'x86_64'}})),
	});
export const containers = (...list: readonly Partial<Container>[]): HealthInput =>
	withReadings({containers: ok(list.map((change) => sampleContainer(change)))});

/** Every kind of trouble there is, for what must hold of all findings. */
export const troubles: Readonly<Record<string, HealthInput>> = {
	unreachable,
	hung,
	'never tried': healthyInput({attempted: false, ladder: {reached: null, broken: null}}),
	connecting: healthyInput({ladder: {reached: 'tcp', broken: null}}),
	silent: healthyInput({lastHeardAt: now - minuteMs}),
	'engine down': healthyInput({ladder: {reached: 'shell', broken: brokenRung('engine-socket', 'engine-down')}}),
	'no engine': healthyInput({
		ladder: {reached: 'shell', broken: brokenRung('engine-socket', 'engine-socket-missing')},
		readings: healthyReadings({engine: pending}),
	}),
	'disk full': disk({usedBytes: 97 * GB, availableBytes: 3 * GB}),
	'inodes gone': disk({inodesUsed: 5_900_000}),
	'read-only': disk({readOnly: true}),
	'sick containers': containers(
		{name: 'a', health: 'unhealthy'},
		{name: 'b', state: 'restarting', status: 'Restarting (1) 5 seconds ago'},
		{name: 'c', state: 'dead', status: 'Dead'},
	),
	'many sick containers': containers(
		...Array.from({length: 50}, (_, index) => ({name: `c${index}`, health: 'unhealthy' as const})),
	),
	clock: withReadings({identity: ok(sampleIdentity({clockAt: now - 10 * minuteMs}))}),
	memory: withReadings({vitals: ok(sampleVitals({memoryAvailableBytes: 0.3 * GB}))}),
	'no kernel log': withReadings({kernelLog: failed('not-permitted', 'dmesg: Operation not permitted')}),
	'old readings': withReadings({vitals: ok(sampleVitals(), now - 10 * minuteMs)}),
	aufs: docker({driver: 'aufs', version: '1.11.2'}, '3.16.0-4-amd64'),
	overlay: docker({driver: 'overlay', version: '18.09.1'}, '3.10.0-327.el7.x86_64'),
	loop: docker({
		driver: 'devicemapper',
		version: '19.03.1',
		driverStatus: [
			['Data loop file', '/var/lib/docker/x'],
			['Udev Sync Supported', 'false'],
		],
	}),
	'thin pool': docker({
		driver: 'devicemapper',
		version: '17.03.0',
		driverStatus: [
			['Data Space Used', '102.1 GB'],
			['Data Space Total', '107.4 GB'],
			['Metadata Space Used', '1.6 GB'],
			['Metadata Space Total', '2.1 GB'],
		],
	}),
	vfs: docker({driver: 'vfs'}),
	zfs: docker({
		driver: 'zfs',
		driverStatus: [
			['Zpool', 'tank'],
			['Zpool Health', 'DEGRADED'],
		],
	}),
	d_type: docker({driverStatus: [['Supports d_type', 'false']]}),
	registry: withReadings({
		containers: ok([sampleContainer({name: 'registry', image: 'registry:2'})]),
		filesystems: ok([sampleFilesystem({roles: ['engine-root'], usedBytes: 80 * GB, availableBytes: 20 * GB})]),
	}),
	panic: healthyInput({incidents: panicked}),
	...Object.fromEntries(
		(['timeout', 'not-permitted', 'not-found', 'unsupported', 'malformed', 'refused', 'lost'] as const).flatMap(
			(code) =>
				(['identity', 'vitals', 'filesystems', 'engine', 'containers', 'images', 'kernelLog'] as const).map((name) => [
					`${name} ${code}`,
					withReadings({[name]: failed(code, 'it failed')} as Partial<HostReadings>),
				]),
		),
	),
};
