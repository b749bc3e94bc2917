/**
 * Hosts beyond the cast, for fleets of any size: an ordinary park of mixed age, about one host in twelve sick in an
 * ordinary way. The same index always gives the same host.
 */
import {dockerFilesystem, ordinaryHost, rootFilesystem} from './cast.ts';
import {
	alpine321,
	debian12,
	engine1903,
	engine2010,
	engine230,
	engine240,
	engine265,
	engine275,
	engine283,
	engine291,
	rocky9,
	ubuntu2204,
	ubuntu2404,
} from './distributions.ts';
import type {DemoHostPlan, DemoRole} from './host-plan.ts';
import {createRandom, type Random} from './random.ts';

const roles: readonly [DemoRole, ...DemoRole[]] = ['web', 'web', 'web', 'ci', 'batch', 'db', 'cache'];

/** Name stems other than the cast's, so that no two hosts of a fleet share a name. */
const stems: Readonly<Record<DemoRole, string>> = {
	web: 'app',
	ci: 'runner',
	batch: 'worker',
	db: 'pg',
	cache: 'redis',
	storage: 'minio',
	registry: 'mirror',
};

export function planExtraHost(index: number, onlyHealthy: boolean): DemoHostPlan {
	const random = createRandom(`host ${index}`);
	const role = random.pick(roles);
	const healthy = planHealthyHost(`${stems[role]}-${String(index + 1).padStart(3, '0')}`, role, random);
	return onlyHealthy || !random.chance(0.08) ? healthy : makeSick(healthy, random);
}

function planHealthyHost(name: string, role: DemoRole, random: Random): DemoHostPlan {
	const engine = random.pick([
		engine1903,
		engine2010,
		engine2010,
		engine230,
		engine240,
		engine265,
		engine275,
		engine283,
		engine283,
		engine291,
	]);
	const cpuCount = random.pick([2, 4, 4, 8, 16]);
	const root = rootFilesystem({
		sizeBytes: random.pick([42e9, 84e9, 105e9, 210e9]),
		usedRatio: 0.15 + random.ratio() * 0.5,
	});
	const docker = dockerFilesystem({
		sizeBytes: random.pick([105e9, 210e9, 422e9]),
		usedRatio: 0.2 + random.ratio() * 0.5,
	});
	return {
		...ordinaryHost,
		name,
		role,
		env: random.chance(0.8) ? 'prod' : 'staging',
		distribution: random.pick([debian12, debian12, ubuntu2404, ubuntu2204, ubuntu2204, rocky9, alpine321]),
		cpuCount,
		memoryBytes: cpuCount * random.pick([2, 4, 8]) * 2 ** 30,
		uptimeSeconds: random.integer(3600, 200 * 86_400),
		busyRatio: 0.05 + random.ratio() * 0.5,
		filesystems: random.chance(0.4) ? [root, docker] : [root],
		engine,
		storage: engine === engine291 ? {driver: 'overlayfs'} : {driver: 'overlay2', backing: 'extfs'},
		containerCount: random.integer(5, 40),
		spareImageCount: random.integer(0, 20),
		averageImageBytes: random.integer(90e6, 500e6),
		kernelLogMethod: random.chance(0.3) ? 'kmsg' : 'sudo-kmsg',
	};
}

function makeSick(host: DemoHostPlan, random: Random): DemoHostPlan {
	const ailments: readonly [Partial<DemoHostPlan>, ...Partial<DemoHostPlan>[]] = [
		{containerStory: 'unhealthy'},
		{containerStory: 'restart-loop'},
		{engineFault: 'down'},
		{engineFault: 'list-hangs'},
		{door: 'closed'},
		{door: 'unknown-key'},
		{kernelLogMethod: null},
		{filesystems: [rootFilesystem({sizeBytes: 105e9, usedRatio: 0.91, growthBytesPerSecond: 20_000})]},
		{filesystems: [rootFilesystem({sizeBytes: 42e9, usedRatio: 0.4, inodesUsedRatio: 0.93})]},
	];
	return {...host, ...random.pick(ailments)};
}
