import {describe, expect, it} from 'vitest';
import {assessHost, type HealthInput} from '../../source/health/assess-host.ts';
import {foldKernelRecords} from '../../source/health/kernel/fold-kernel-records.ts';
import {overallSeverity} from '../../source/health/overall-severity.ts';
import {pending} from '../../source/model/reading.ts';
import type {Container, EngineInfo, HostReadings} from '../../source/model/readings.ts';
import {kernelRecord, readKernelFixture} from './kernel-lines.ts';
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
	sampleIdentity,
	sampleVitals,
	withReadings,
} from './sample-host.ts';

const minuteMs = 60_000;
const summarise = (input: HealthInput): readonly string[] =>
	assessHost(input).map(({severity, id}) => `${severity} ${id}`);
const severityOf = (input: HealthInput) => overallSeverity(assessHost(input));
const panicked = foldKernelRecords([], readKernelFixture('aufs-panic'));

const unreachable = healthyInput({
	ladder: {reached: 'resolve', broken: brokenRung('tcp', 'no-answer')},
	lastHeardAt: now - 5 * minuteMs,
});

const hung = healthyInput({ladder: {reached: 'ping', broken: brokenRung('list', 'engine-hung')}});

const disk = (change: Parameters<typeof sampleFilesystem>[0]): HealthInput =>
	withReadings({filesystems: ok([sampleFilesystem(change)])});
const docker = (change: Partial<EngineInfo>, kernel = '6.1.0-18-amd64'): HealthInput =>
	withReadings({
		engine: ok(sampleEngine(change)),
		identity: ok(sampleIdentity({kernel: {name: 'Linux', release: kernel, machine: 'x86_64'}})),
	});
const containers = (...list: readonly Partial<Container>[]): HealthInput =>
	withReadings({containers: ok(list.map((change) => sampleContainer(change)))});

/** Every kind of trouble there is, for what must hold of all findings. */
const troubles: Readonly<Record<string, HealthInput>> = {
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

describe('a host in full health', () => {
	it('has no findings and is ok', () => {
		expect(summarise(healthyInput())).toEqual([]);
		expect(severityOf(healthyInput())).toBe('ok');
	});
});

describe('every finding', () => {
	it.each(Object.entries(troubles))(
		'of trouble "%s" says what it means, what to do and how it is known',
		(_name, input) => {
			const findings = assessHost(input);
			expect(findings.length).toBeGreaterThan(0);
			for (const {id, meaning, advice, summary, evidence, count} of findings) {
				expect(meaning.length, id).toBeGreaterThan(20);
				expect(advice.length, id).toBeGreaterThan(8);
				expect(summary, id).not.toMatch(/undefined|null|NaN|\{|\n/);
				expect([meaning, advice, ...evidence].join(' '), id).not.toMatch(/undefined|NaN|\n/);
				expect(evidence.length, id).toBeLessThanOrEqual(10);
				expect(count, id).toBeGreaterThanOrEqual(1);
			}
			const keys = findings.map(({id, subject}) => `${id} ${subject}`);
			expect(new Set(keys).size).toBe(keys.length);
		},
	);
});

describe('a host that cannot be reached', () => {
	it('is unknown, keeps what its kernel said before, and drops what else it said', () => {
		const readings = healthyReadings({
			vitals: ok(sampleVitals({memoryAvailableBytes: 0})),
			containers: ok([sampleContainer({health: 'unhealthy'})]),
		});
		expect(summarise({...unreachable, readings})).toEqual(['unknown unreachable']);
		expect(summarise({...unreachable, readings, incidents: panicked})).toEqual([
			'critical kernel-panic',
			'unknown unreachable',
		]);
		expect(severityOf({...unreachable, incidents: panicked})).toBe('critical');
	});

	it('shows the reason, the rung and since when', () => {
		expect(assessHost(unreachable)[0]).toMatchObject({
			summary: 'no-answer at tcp',
			evidence: ['broken rung: tcp', 'what was seen', 'last heard 2026-11-20T13:55:00.000Z'],
			since: now - 240_000,
			advice: 'What to do.',
		});
	});

	it('outranks a warning, while one whose kernel log is closed does not', () => {
		const warned = [...assessHost(troubles['memory']!)];
		expect(overallSeverity([...warned, ...assessHost(unreachable)])).toBe('unknown');
		expect(overallSeverity([...warned, ...assessHost(troubles['no kernel log']!)])).toBe('warning');
	});

	it('is never ok before it was tried, nor while it is being reached', () => {
		expect(summarise(troubles['never tried']!)).toEqual(['unknown not-attempted']);
		expect(summarise(troubles['connecting']!)).toEqual(['unknown connecting']);
	});
});

describe('a connected host', () => {
	it('that says nothing for more than 30 s is unknown', () => {
		expect(summarise(healthyInput({lastHeardAt: now - 30_000}))).toEqual([]);
		expect(summarise(healthyInput({lastHeardAt: now - 30_001}))).toEqual(['unknown stale']);
	});

	it('is unknown until all it is judged by has been read', () => {
		const input = withReadings({containers: pending, kernelLog: pending});
		expect(assessHost(input)[0]).toMatchObject({severity: 'unknown', summary: 'still reading: containers, kernel log'});
	});

	it('is well although its images are still being counted', () => {
		expect(summarise(withReadings({images: pending}))).toEqual([]);
	});

	it('whose reading grew too old is not judged by it', () => {
		const input = withReadings({vitals: ok(sampleVitals({memoryAvailableBytes: 0}), now - 61_000)});
		expect(summarise(input)).toEqual(['unknown reading-too-old']);
		expect(assessHost(input)[0]?.subject).toBe('load and memory');
	});

	it('whose kernel log is closed to us is unknown and told which line opens it', () => {
		const [finding] = assessHost(troubles['no kernel log']!);
		expect(finding).toMatchObject({id: 'kernel-log-forbidden', severity: 'unknown', category: 'kernel'});
		expect(finding?.advice).toContain('usermod -aG systemd-journal ACCOUNT');
	});

	it('that is no Linux machine lacks no Linux kernel log', () => {
		const kernel = {name: 'Darwin', release: '25.1.0', machine: 'arm64'};
		const input = withReadings({
			identity: ok(sampleIdentity({kernel})),
			kernelLog: failed('unsupported', 'no kernel log on Darwin'),
		});
		expect(severityOf(input)).toBe('notice');
	});

	it('with a clock that no calendar holds is reported, not a crash', () => {
		expect(summarise(withReadings({identity: ok(sampleIdentity({clockAt: 9e15}))}))).toEqual(['warning clock-skew']);
	});

	it('with a clock a minute off is fine, and with more it is warned of', () => {
		expect(summarise(withReadings({identity: ok(sampleIdentity({clockAt: now + minuteMs}))}))).toEqual([]);
		expect(assessHost(withReadings({identity: ok(sampleIdentity({clockAt: now + 5 * minuteMs}))}))[0]?.summary).toBe(
			'clock 5m ahead',
		);
	});
});

describe('an engine', () => {
	it('that is hung or down is critical, and its old readings are not complained about', () => {
		const stale = healthyReadings({
			containers: failed('timeout', 'no answer'),
			engine: ok(sampleEngine(), now - 90 * minuteMs),
			images: pending,
		});
		expect(summarise({...hung, readings: stale})).toEqual(['critical engine-hung']);
		expect(summarise({...troubles['engine down']!, readings: stale})).toEqual(['critical engine-down']);
	});

	it('that we may not speak to is unknown', () => {
		const input = healthyInput({
			ladder: {reached: 'shell', broken: brokenRung('engine-socket', 'engine-socket-forbidden')},
		});
		expect(summarise(input)).toEqual(['unknown engine-forbidden']);
	});

	it('that is nowhere is a notice, unless it was configured or there before', () => {
		expect(summarise(troubles['no engine']!)).toEqual(['notice engine-absent']);
		const host = sampleHostDeclaration({engineSocket: '/run/engine.sock'});
		expect(summarise({...troubles['no engine']!, host})).toEqual(['critical engine-socket-missing']);
		expect(summarise({...troubles['no engine']!, readings: healthyReadings()})).toEqual([
			'critical engine-socket-missing',
		]);
	});
});

describe('a file system', () => {
	const atRatio = (percent: number) => disk({usedBytes: percent * GB, availableBytes: (100 - percent) * GB});

	it('warns from 85 % and is critical from 95 %', () => {
		expect(summarise(atRatio(84.9))).toEqual([]);
		expect(summarise(atRatio(85))).toEqual(['warning filesystem-filling']);
		expect(summarise(atRatio(95))).toEqual(['critical filesystem-filling']);
	});

	it('counts what is reserved for root as taken, as df does', () => {
		expect(summarise(disk({sizeBytes: 100 * GB, usedBytes: 90 * GB, availableBytes: 1 * GB}))).toEqual([
			'critical filesystem-filling',
		]);
	});

	it('warns of inodes, and is fine without an inode table', () => {
		expect(summarise(disk({inodesUsed: 5_200_000}))).toEqual(['warning inodes-running-out']);
		expect(summarise(disk({inodesTotal: null, inodesUsed: null}))).toEqual([]);
		expect(summarise(disk({inodesTotal: 0, inodesUsed: 0}))).toEqual([]);
	});

	it('that is nobody’s business here is not judged', () => {
		expect(summarise(disk({roles: ['other'], usedBytes: 100 * GB, availableBytes: 0}))).toEqual([]);
	});

	it('names the part it plays', () => {
		const input = disk({
			mountPoint: '/var/lib/docker',
			roles: ['engine-root'],
			usedBytes: 94 * GB,
			availableBytes: 6 * GB,
		});
		expect(assessHost(input)[0]?.summary).toBe('/var/lib/docker 94 % full (engine root)');
	});

	it('gone read-only is critical, as root and as the engine’s', () => {
		expect(summarise(disk({readOnly: true}))).toEqual(['critical filesystem-read-only']);
		expect(summarise(disk({readOnly: true, roles: ['engine-root']}))).toEqual(['critical filesystem-read-only']);
	});

	it.each([
		['squashfs', 'talos'],
		['erofs', 'fedora'],
		['overlay', 'fedora'],
		['iso9660', 'alpine'],
		['ext4', 'bottlerocket'],
		['ext2', 'cos'],
	])('delivered read-only (%s root on %s) is by design, and full by design', (type, id) => {
		const input = withReadings({
			identity: ok(sampleIdentity({os: {id, prettyName: id, versionId: null}})),
			filesystems: ok([sampleFilesystem({type, readOnly: true, usedBytes: 100 * GB, availableBytes: 0})]),
		});
		expect(summarise(input)).toEqual([]);
	});

	it('of the engine is critical when read-only even on an image-based system', () => {
		const input = withReadings({
			identity: ok(sampleIdentity({os: {id: 'flatcar', prettyName: 'Flatcar', versionId: null}})),
			filesystems: ok([sampleFilesystem({readOnly: true, roles: ['root', 'engine-root']})]),
		});
		expect(summarise(input)).toEqual(['critical filesystem-read-only']);
	});
});

describe('a container', () => {
	const died = (...minutesAgo: readonly number[]) => minutesAgo.map((minutes) => now - minutes * minuteMs);

	it('that died three times in ten minutes restarts in a loop; older deaths do not count', () => {
		expect(summarise(containers({recentDeaths: died(9, 5, 1)}))).toEqual(['warning container-restarting']);
		expect(summarise(containers({recentDeaths: died(30, 20, 11, 5, 1)}))).toEqual([]);
		expect(assessHost(containers({recentDeaths: died(9, 5, 1)}))[0]).toMatchObject({
			count: 3,
			since: now - 9 * minuteMs,
		});
	});

	it('with a name for a shell is quoted in the command to type', () => {
		expect(assessHost(containers({name: 'a b', health: 'unhealthy'}))[0]?.advice).toContain(
			"docker logs --tail 50 'a b'",
		);
	});

	it('of Podman is looked at with podman', () => {
		const input = withReadings({
			engine: ok(sampleEngine({product: 'podman', driver: 'overlay', version: '4.9.4'})),
			containers: ok([sampleContainer({health: 'unhealthy'})]),
		});
		expect(summarise(input)).toEqual(['warning container-unhealthy']);
		expect(assessHost(input)[0]?.advice).toContain('podman logs');
	});

	it('among dozens of sick ones does not make dozens of findings', () => {
		const findings = assessHost(troubles['many sick containers']!);
		expect(findings).toHaveLength(21);
		expect(findings.find(({subject}) => subject === '')).toMatchObject({
			count: 30,
			summary: '30 more containers are the same: unhealthy',
		});
	});

	it('killed at its memory limit is named, and its host is only warned of', () => {
		const incidents = foldKernelRecords([], readKernelFixture('container-oom'));
		const findings = assessHost(healthyInput({incidents, now}));
		expect(findings.map(({severity, subject}) => [severity, subject])).toEqual([
			['warning', '9a8b77c1d2e3'],
			['warning', 'shop'],
		]);
	});
});

describe('a storage driver', () => {
	it.each([
		[
			'aufs',
			'1.11.2',
			'3.16.0-4-amd64',
			['critical storage-driver-known-to-panic', 'notice storage-driver-deprecated'],
		],
		['aufs', '19.03.8', '5.4.0-42-generic', ['warning storage-driver-deprecated']],
		['overlay', '18.06.1-ce', '4.15.0', ['notice storage-driver-deprecated']],
		['overlay', '18.09.1', '4.15.0', ['warning storage-driver-deprecated']],
		[
			'overlay',
			'1.12.6',
			'3.10.0-327.36.3.el7.x86_64',
			['critical storage-driver-known-to-panic', 'notice storage-driver-deprecated'],
		],
		['overlay2', '20.10.24', '3.16.0-4-amd64', []],
		['vfs', '27.5.1', '6.1.0', ['warning storage-driver-copies']],
		['overlayfs', '29.0.1', '6.12.0', []],
	])('%s of engine %s on Linux %s', (driver, version, kernel, expected) => {
		expect(summarise(docker({driver, version, driverStatus: []}, kernel))).toEqual(expected);
	});

	it('of the containerd image store is not Docker’s overlay of old', () => {
		const driverStatus = [['driver-type', 'io.containerd.snapshotter.v1']] as const;
		expect(summarise(docker({driver: 'devicemapper', version: '29.0.1', driverStatus}))).toEqual([]);
	});

	it('without d_type is critical for engines that refuse it', () => {
		const driverStatus = [['Supports d_type', 'false']] as const;
		expect(summarise(docker({version: '17.09.0-ce', driverStatus}))).toEqual(['warning storage-driver-without-d-type']);
		expect(summarise(docker({version: '20.10.24', driverStatus}))).toEqual(['critical storage-driver-without-d-type']);
		expect(summarise(docker({version: '20.10.24', driverStatus: []}))).toEqual([]);
	});

	it('that fills its thin pool is warned of, critical near the end or below the engine’s own minimum', () => {
		const pool = (used: string, available: string) =>
			summarise(
				docker({
					driver: 'devicemapper',
					version: '17.03.0-ce',
					driverStatus: [
						['Data Space Used', used],
						['Data Space Total', '107.4 GB'],
						['Data Space Available', available],
						['Thin Pool Minimum Free Space', '10.74 GB'],
					],
				}),
			).filter((line) => line.includes('thin-pool'));
		expect(pool('60.2 GB', '47.2 GB')).toEqual([]);
		expect(pool('90.1 GB', '17.3 GB')).toEqual(['warning thin-pool-data-filling']);
		expect(pool('102.1 GB', '5.3 GB')).toEqual(['critical thin-pool-data-filling']);
		expect(pool('80.1 GB', '900 MB')).toEqual(['critical thin-pool-data-filling']);
		expect(pool('a lot', 'none')).toEqual([]);
	});
});

describe('a registry', () => {
	const onDisk = (image: string, percent: number, state: Container['state'] = 'running') =>
		summarise(
			withReadings({
				containers: ok([sampleContainer({name: 'reg', image, state})]),
				filesystems: ok([
					sampleFilesystem({roles: ['engine-root'], usedBytes: percent * GB, availableBytes: (100 - percent) * GB}),
				]),
			}),
		);

	it.each([
		'registry:2',
		'registry',
		'docker.io/library/registry:2.8.3',
		'localhost:5000/registry@sha256:00ff',
		'ghcr.io/distribution/distribution:3',
	])('%s on a disk three quarters full is pointed out', (image) => {
		expect(onDisk(image, 75)).toEqual(['warning registry-growing']);
		expect(onDisk(image, 74)).toEqual([]);
		expect(onDisk(image, 80, 'exited')).toEqual([]);
	});

	it.each(['registry-ui:1', 'registry.example.com/shop:2', 'registry:5000/shop', 'schema-registry'])(
		'is not seen in %s',
		(image) => {
			expect(onDisk(image, 80)).toEqual([]);
		},
	);
});

describe('kernel trouble', () => {
	const fold = (text: string) => foldKernelRecords([], [kernelRecord(text)]);
	const hours = (count: number, incidents: ReturnType<typeof fold>) =>
		summarise(
			healthyInput({
				incidents,
				now: (incidents[0]?.lastAt ?? 0) + count * 3_600_000,
				readings: readingsAt((incidents[0]?.lastAt ?? 0) + count * 3_600_000),
				lastHeardAt: null,
			}),
		);
	const readingsAt = (at: number): HostReadings =>
		healthyReadings({
			vitals: ok(sampleVitals(), at),
			filesystems: ok([sampleFilesystem()], at),
			engine: ok(sampleEngine(), at),
			containers: ok([], at),
		});

	it('that passes becomes a notice; what lasts until the next boot stays critical', () => {
		const oom = fold('Out of memory: Killed process 7134 (java) total-vm:9120048kB');
		expect(hours(23, oom)).toEqual(['critical host-oom']);
		expect(hours(25, oom)).toEqual(['notice host-oom']);
		expect(hours(2000, fold('kernel BUG at fs/dcache.c:1364!'))).toEqual(['critical kernel-bug']);
	});

	it('comes before all else of the same severity, a panic first', () => {
		const incidents = [...fold('EXT4-fs (sda1): Remounting filesystem read-only'), ...panicked];
		expect(summarise({...hung, incidents})).toEqual([
			'critical kernel-panic',
			'critical engine-hung',
			'critical filesystem-gave-up',
		]);
	});

	it('from a source that names no writer says so', () => {
		const incidents = foldKernelRecords([], [kernelRecord('kernel BUG at fs/dcache.c:1364!', {facility: null})]);
		expect(assessHost(healthyInput({incidents}))[0]?.meaning).toContain('could have forged it');
	});

	it('of an id this version does not know is passed over', () => {
		expect(summarise(healthyInput({incidents: [{...panicked[0]!, signatureId: 'from-the-future'}]}))).toEqual([]);
	});
});
