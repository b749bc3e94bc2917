import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import type {HostState} from '../../source/fleet/fleet-state.ts';
import {pending} from '../../source/model/reading.ts';
import {buildReport} from '../../source/report/build-report.ts';
import {exitCodeOf} from '../../source/report/exit-code-of.ts';
import {formatReportJson} from '../../source/report/format-report-json.ts';
import {healthyReadings, ok, sampleHostDeclaration} from '../health/sample-host.ts';
import {
	closedHost,
	fillingHost,
	fleetOf,
	hostState,
	hungHost,
	lostHost,
	mixedFleet,
	now,
	reportOptions,
	wellHost,
} from './sample-fleet.ts';

const build = (...hosts: readonly HostState[]) => buildReport(fleetOf(...hosts), reportOptions);

describe('a report', () => {
	it('tells of the boots a host remembers, with what is left in their logs', () => {
		const boot = {
			bootId: 'ab9921aa95224178bf27c2faff9fc7be',
			index: -1,
			startedAt: Date.UTC(2026, 10, 20, 13),
			endedAt: Date.UTC(2026, 10, 20, 13, 50),
			ending: 'panic',
			reason: 'Kernel panic: sysrq triggered crash (pstore)',
			evidence: [],
			incidents: [],
			records: [],
		} as const;
		const bootHistory = {boots: [boot], sources: [], rememberedSince: boot.startedAt, advice: null};
		expect(build({...wellHost, bootHistory}).hosts[0]?.boots).toEqual([
			{
				bootId: 'ab9921aa95224178bf27c2faff9fc7be',
				index: -1,
				startedAt: '2026-11-20T13:00:00.000Z',
				endedAt: '2026-11-20T13:50:00.000Z',
				ending: 'panic',
				reason: 'Kernel panic: sysrq triggered crash (pstore)',
				incidents: [],
			},
		]);
	});

	it('gives a healthy host field by field', () => {
		expect(build(wellHost)).toEqual({
			schema: 'sickbay.report/1',
			generatedAt: '2026-11-20T14:00:00.000Z',
			version: '0.1.0',
			demo: false,
			summary: {critical: 0, warning: 0, notice: 0, ok: 1, unknown: 0, hosts: 1},
			notices: [],
			hosts: [
				{
					name: 'web-01',
					address: 'ops@web-01:22',
					sources: [{kind: 'command-line', detail: 'web-01'}],
					severity: 'ok',
					rung: {reached: 'info', broken: null, reason: null},
					os: 'Debian GNU/Linux 12 (bookworm)',
					kernel: '6.1.0-18-amd64',
					bootId: '0b9d1d3e-2a5f-4d0c-9d5b-5f1f6f0f4a11',
					uptimeSeconds: 7205,
					engine: {version: '27.5.1', apiVersion: '1.47', driver: 'overlay2', rootDir: '/var/lib/docker'},
					containers: {running: 1, total: 1, unhealthy: 0},
					filesystems: [
						{
							mountPoint: '/',
							device: '/dev/sda1',
							type: 'ext4',
							roles: ['root'],
							readOnly: false,
							sizeBytes: 100e9,
							usedBytes: 40e9,
							availableBytes: 60e9,
							inodesTotal: 6_000_000,
							inodesUsed: 400_000,
						},
						{
							mountPoint: '/var/lib/docker',
							device: '/dev/sdb1',
							type: 'ext4',
							roles: ['engine-root'],
							readOnly: false,
							sizeBytes: 100e9,
							usedBytes: 40e9,
							availableBytes: 60e9,
							inodesTotal: 6_000_000,
							inodesUsed: 400_000,
						},
					],
					images: {count: 12, bytes: 18e9},
					kernelCounters: {
						taint: 0,
						oopsCount: 0,
						warnCount: 0,
						oomKills: 0,
						ext4Errors: [],
						memoryErrors: [],
						degradedArrays: [],
						blockedTasks: [],
						conntrack: null,
					},
					boots: null,
					findings: [],
				},
			],
		});
	});

	it('gives every finding with its words and times', () => {
		const [finding] = build(hungHost).hosts[0]?.findings ?? [];
		expect(Object.keys(finding ?? {})).toEqual([
			'id',
			'severity',
			'category',
			'subject',
			'summary',
			'evidence',
			'since',
			'count',
			'meaning',
			'advice',
		]);
		expect(finding).toMatchObject({
			id: 'engine-hung',
			severity: 'critical',
			since: '2026-11-20T13:56:00.000Z',
			count: 1,
		});
	});

	it('knows nothing of a host it cannot see, whatever that host said before', () => {
		expect(build(lostHost).hosts[0]).toMatchObject({
			severity: 'unknown',
			rung: {reached: 'key-exchange', broken: 'host-key', reason: 'SSH: host key changed'},
			os: null,
			kernel: null,
			bootId: null,
			uptimeSeconds: null,
			engine: null,
			containers: null,
			filesystems: null,
			images: null,
		});
	});

	it('counts no containers while the engine lists none, and nothing that was not read', () => {
		expect(build(hungHost).hosts[0]).toMatchObject({
			containers: null,
			images: null,
			kernel: '6.1.0-18-amd64',
			engine: {version: '27.5.1'},
		});
		const unread = hostState('new', {
			readings: healthyReadings({containers: pending, vitals: pending, filesystems: pending}),
		});
		expect(build(unread).hosts[0]).toMatchObject({containers: null, filesystems: null, uptimeSeconds: 7200});
	});

	it('tells an engine without containers from one that was not asked', () => {
		const empty = hostState('empty', {
			readings: healthyReadings({
				containers: ok([]),
				images: ok({count: 0, bytes: null, isUpperBound: false, largest: []}),
			}),
		});
		expect(build(empty).hosts[0]).toMatchObject({
			containers: {running: 0, total: 0, unhealthy: 0},
			images: {count: 0, bytes: null},
		});
	});

	it('puts the worst host first, the newest trouble before the older, then by name as people count', () => {
		const older = hostState('aa', {ladder: hungHost.ladder}, {severitySince: now - 900_000});
		const names = build(
			wellHost,
			hostState('web-2'),
			hostState('web-10'),
			fillingHost,
			lostHost,
			older,
			hungHost,
		).hosts.map(({name}) => name);
		expect(names).toEqual(['ci-14', 'aa', 'db-02', 'web-11', 'web-01', 'web-2', 'web-10']);
	});

	it('puts troubles that began within a minute of each other in the order of names', () => {
		const began = (name: string, agoMs: number): HostState =>
			hostState(name, {ladder: hungHost.ladder}, {severitySince: now - agoMs});
		const hosts = [
			began('web-03', 1),
			began('web-01', 3),
			began('web-02', 2),
			began('aa', 60_002),
			began('new', -59_000),
		];
		expect(build(...hosts).hosts.map(({name}) => name)).toEqual(['new', 'web-01', 'web-02', 'web-03', 'aa']);
	});

	it('is labelled DEMO when told so and when a demo host is in it', () => {
		expect(buildReport(fleetOf(wellHost), {...reportOptions, demo: true}).demo).toBe(true);
		expect(build(hostState('d', {host: sampleHostDeclaration({demo: true})})).demo).toBe(true);
	});

	it('survives a finding whose time no calendar holds', () => {
		const odd = {...wellHost, findings: hungHost.findings.map((finding) => ({...finding, since: 9e15}))};
		expect(build(odd).hosts[0]?.findings[0]?.since).toBeNull();
	});

	it('is JSON with the very fields the README names', () => {
		const named = readFileSync(new URL('../../source/report/report-shape.md', import.meta.url), 'utf8')
			.split('\n')
			.flatMap((line) => /^\| `([\w.[\]]+)` \|/.exec(line)?.[1] ?? []);
		const json = JSON.parse(formatReportJson(buildReport(mixedFleet, reportOptions))) as {
			hosts: {findings: object[]}[];
		};
		const [host] = json.hosts;
		const bare = (names: readonly string[]) => names.map((name) => name.replace(/^.*\./, '').replace('[]', ''));
		const level = (pattern: RegExp) => bare(named.filter((name) => pattern.test(name)));
		expect(level(/^[^.]+$/)).toEqual(Object.keys(json));
		expect(level(/^hosts\[\]\.[^.]+$/)).toEqual(Object.keys(host ?? {}));
		expect(level(/^hosts\[\]\.findings\[\]\./)).toEqual(Object.keys(host?.findings[0] ?? {}));
	});
});

describe('the exit code', () => {
	it('is 2 for critical, else 3 for a host not seen or not known, else 1 for warnings, else 0', () => {
		expect(exitCodeOf(build(wellHost))).toBe(0);
		expect(exitCodeOf(build(wellHost, fillingHost))).toBe(1);
		expect(exitCodeOf(build(wellHost, fillingHost, closedHost))).toBe(3);
		expect(exitCodeOf(build(fillingHost, lostHost))).toBe(3);
		expect(exitCodeOf(build(fillingHost, lostHost, hungHost))).toBe(2);
		expect(exitCodeOf(build())).toBe(0);
	});
});
