/** A small fleet with one of everything the screen must be able to say, as fixed data. */
import type {FleetState, HostState} from '../../../source/fleet/fleet-state.ts';
import {rungs, unclimbed, type Ladder} from '../../../source/model/ladder.ts';
import {pending} from '../../../source/model/reading.ts';
import type {HostReadings} from '../../../source/model/readings.ts';
import {createContainer, createFilesystem, createFinding, createFleet, createHost, fixtureNow} from './host-fixture.ts';
import {createIncident} from './kernel-fixture.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const allPending: HostReadings = {
	identity: pending,
	vitals: pending,
	filesystems: pending,
	engine: pending,
	containers: pending,
	images: pending,
	kernelLog: pending,
	kernelCounters: pending,
	boots: pending,
};

function brokenAt(rung: (typeof rungs)[number], details: Partial<NonNullable<Ladder['broken']>>): Ladder {
	const reached = rungs[rungs.indexOf(rung) - 1] ?? null;
	return {
		reached,
		broken: {
			rung,
			code: 'no-answer',
			summary: 'no answer',
			detail: [],
			advice: 'Check the network.',
			since: fixtureNow - 6 * minute,
			retryAt: fixtureNow + 20 * second,
			...details,
		},
	};
}

/** The fleet of the screen snapshots. */
export function createFixtureFleet(): FleetState {
	const hung = 'engine hung: ping answers, list does not';
	const changedKey = 'SSH: host key changed';
	return createFleet([
		createHost('ci-14', {
			severity: 'critical',
			severitySince: fixtureNow - 4 * minute,
			ladder: brokenAt('list', {code: 'engine-hung', summary: hung, since: fixtureNow - 4 * minute}),
			findings: [
				createFinding({
					id: 'engine-hung',
					severity: 'critical',
					category: 'engine',
					summary: hung,
					since: fixtureNow - 4 * minute,
					evidence: ['GET /_ping 200 in 3 ms', 'GET /containers/json no answer in 15 s'],
					meaning: 'The engine accepts connections but a lock inside it is held; containers run on unmanaged.',
					advice: 'Capture its stacks with SIGUSR1 before restarting it.',
				}),
			],
		}),
		createHost('web-07', {
			severity: 'critical',
			severitySince: fixtureNow - 12 * minute,
			groups: ['web'],
			labels: {rack: 'b2'},
			kernelRecords: kernelRecords(),
			incidents: [
				createIncident({
					id: 'kernel-bug',
					category: 'kernel',
					title: 'Kernel BUG at fs/ext4/inode.c:2721',
					via: 'ext4',
					firstAt: fixtureNow - 12 * minute + 2 * second,
					lastAt: fixtureNow - 12 * minute + 2 * second,
					lines: kernelTexts.slice(2, 5),
				}),
			],
			findings: [
				createFinding({
					id: 'kernel-panic',
					severity: 'critical',
					category: 'kernel',
					summary: 'kernel bug in ext4_writepages',
					since: fixtureNow - 12 * minute,
					count: 3,
					evidence: ['kernel BUG at fs/ext4/inode.c:2721!', 'CPU: 3 PID: 2213 Comm: dockerd Tainted: G        W'],
					meaning: 'The kernel hit a state it calls impossible; what the disk holds may be wrong.',
					advice: 'Move the work away and reboot; check the file system.',
				}),
				createFinding({
					id: 'filesystem-filling',
					summary: 'engine root /var/lib/docker 94 % full',
					subject: '/var/lib/docker',
					since: fixtureNow - 2 * day,
				}),
				createFinding({id: 'container-unhealthy', category: 'container', summary: 'web-07-api is unhealthy'}),
			],
			readings: {
				filesystems: {
					kind: 'ok',
					at: fixtureNow - 5 * second,
					value: [
						createFilesystem('/', 0.64),
						createFilesystem('/var/lib/docker', 0.94, {
							device: '/dev/nvme0n1p3',
							type: 'xfs',
							inodesTotal: null,
							inodesUsed: null,
						}),
					],
				},
				images: {
					kind: 'ok',
					at: fixtureNow - minute,
					value: {count: 30, bytes: 41e9, isUpperBound: true, largest: []},
				},
				containers: {
					kind: 'ok',
					at: fixtureNow - 3 * second,
					value: [
						createContainer('web-07-api', {health: 'unhealthy', status: 'Up 12 minutes (unhealthy)'}),
						createContainer('web-07-cache', {image: 'redis:7', ports: []}),
						createContainer('web-07-job', {state: 'restarting', status: 'Restarting (1) 4 seconds ago', ports: []}),
						createContainer('web-07-old', {state: 'exited', status: 'Exited (0) 3 days ago', ports: []}),
					],
				},
			},
		}),
		createHost('db-02', {
			severity: 'unknown',
			severitySince: fixtureNow - 6 * minute,
			lastHeardAt: fixtureNow - 6 * minute,
			ladder: brokenAt('host-key', {code: 'host-key-changed', summary: changedKey, retryAt: null}),
			findings: [
				createFinding({
					id: 'unreachable',
					severity: 'unknown',
					category: 'reachability',
					summary: changedKey,
					since: fixtureNow - 6 * minute,
				}),
			],
		}),
		createHost('cache-01', {
			severity: 'warning',
			severitySince: fixtureNow - 2 * hour,
			findings: [createFinding({summary: 'root file system 91 % full', subject: '/', since: fixtureNow - 2 * hour})],
			readings: {filesystems: {kind: 'ok', at: fixtureNow - 4 * minute, value: [createFilesystem('/', 0.91)]}},
		}),
		createHost('build-03', {
			severity: 'warning',
			severitySince: fixtureNow - 3 * hour,
			findings: [createFinding({summary: 'storage driver aufs is not supported any more', category: 'storage-driver'})],
			readings: {
				images: {kind: 'failed', at: fixtureNow - minute, reason: {code: 'timeout', message: 'no answer in 30 s'}},
			},
		}),
		createHost('new-01', {
			ladder: unclimbed,
			attempted: false,
			address: null,
			transport: null,
			lastHeardAt: null,
			severity: 'unknown',
			readings: allPending,
		}),
		...Array.from({length: 18}, (_, index) => createHost(`web-${String(index + 20)}`, {groups: ['web']})),
	]);
}

/** Lines as dmesg prints them, from the kernel's own format strings in fs/ext4/inode.c and kernel/panic.c. */
const kernelTexts = [
	'EXT4-fs (sda1): mounted filesystem with ordered data mode. Quota mode: none.',
	'docker0: port 1(veth2a91c0e) entered forwarding state',
	'kernel BUG at fs/ext4/inode.c:2721!',
	'invalid opcode: 0000 [#1] SMP NOPTI',
	'CPU: 3 PID: 2213 Comm: dockerd Tainted: G        W         6.1.0-50-amd64 #1',
	'eth0: Link is Up - 10Gbps/Full',
];

function kernelRecords(): HostState['kernelRecords'] {
	return kernelTexts.map((text, index) => ({
		sequence: index,
		facility: 0,
		level: index === 2 ? 2 : 6,
		at: fixtureNow - 12 * minute + index * second,
		monotonicSeconds: 1_036_800 + index,
		text,
	}));
}
