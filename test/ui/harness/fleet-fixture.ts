/** A small fleet with one of everything the screen must be able to say, as fixed data. */
import type {FleetState, HostState} from '../../../source/fleet/fleet-state.ts';
import type {FleetStore} from '../../../source/fleet/store.ts';
import type {Finding} from '../../../source/model/finding.ts';
import {rungs, unclimbed, type Ladder} from '../../../source/model/ladder.ts';
import {pending} from '../../../source/model/reading.ts';
import type {Container, Filesystem, HostReadings} from '../../../source/model/readings.ts';

/** 2026-03-01 14:02:11 UTC: the present of the fixture. */
export const fixtureNow = Date.UTC(2026, 2, 1, 14, 2, 11);

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

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
		ladder: {reached: 'list', broken: null},
		address: `ops@10.0.0.${name.length}:22`,
		transport: 'ssh2 curve25519-sha256 aes128-gcm',
		attempted: true,
		lastHeardAt: fixtureNow - second,
		readings: {...healthyReadings(name), ...readings},
		kernelRecords: [],
		incidents: [],
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

/** A store whose state a test sets; listeners hear at once. */
export function createFixtureStore(initial: FleetState): FleetStore & {set(state: FleetState): void} {
	let state = initial;
	const listeners = new Set<() => void>();
	return {
		getState: () => state,
		dispatch: () => undefined,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close: () => listeners.clear(),
		set(next) {
			state = next;
			for (const listener of listeners) listener();
		},
	};
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
	};
}

const allPending: HostReadings = {
	identity: pending,
	vitals: pending,
	filesystems: pending,
	engine: pending,
	containers: pending,
	images: pending,
	kernelLog: pending,
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
					summary: '/var/lib/docker 94 % full',
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
			findings: [createFinding({summary: '/ 91 % full', subject: '/', since: fixtureNow - 2 * hour})],
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
function kernelRecords(): HostState['kernelRecords'] {
	const texts = [
		'EXT4-fs (sda1): mounted filesystem with ordered data mode. Quota mode: none.',
		'docker0: port 1(veth2a91c0e) entered forwarding state',
		'kernel BUG at fs/ext4/inode.c:2721!',
		'invalid opcode: 0000 [#1] SMP NOPTI',
		'CPU: 3 PID: 2213 Comm: dockerd Tainted: G        W         6.1.0-50-amd64 #1',
		'eth0: Link is Up - 10Gbps/Full',
	];
	return texts.map((text, index) => ({
		sequence: index,
		facility: 0,
		level: index === 2 ? 2 : 6,
		at: fixtureNow - 12 * minute + index * second,
		monotonicSeconds: 1_036_800 + index,
		text,
	}));
}
