/** What keeps the disk of one demo host: images, writable layers, volumes, build cache and log files, as they go. */
import type {ContainerWard} from './container-ward.ts';
import type {DemoContainer} from './demo-container.ts';
import {createImages} from './demo-image.ts';
import type {DemoHostPlan} from './host-plan.ts';
import {createImageStore, type ImageStore} from './image-store.ts';
import {createRandom, hashText} from './random.ts';

export type DemoVolume = {
	readonly name: string;
	readonly bytes: number;
	readonly createdAt: number;
	readonly labels: Readonly<Record<string, string>> | null;
	/** Name of the container that mounts it, and where; null for one nobody mounts. */
	readonly mountedBy: string | null;
	readonly destination: string;
};

export type DemoCacheRecord = {
	readonly id: string;
	readonly parentId: string | null;
	readonly kind: 'regular' | 'source.local' | 'exec.cachemount';
	readonly description: string;
	readonly bytes: number;
	readonly createdAt: number;
	readonly lastUsedAt: number;
	readonly inUse: boolean;
};

export type DemoDisk = {
	readonly images: ImageStore;
	readonly volumes: Map<string, DemoVolume>;
	readonly buildCache: Map<string, DemoCacheRecord>;
	writableBytesOf(container: DemoContainer): number;
	logBytesOf(container: DemoContainer): number;
	/** Bytes that removals have given back to the file system. */
	freedBytes(): number;
	free(bytes: number): void;
};

/** Where services keep what they must not lose. */
const dataPaths: Readonly<Record<string, string>> = {
	registry: '/var/lib/registry',
	postgres: '/var/lib/postgresql/data',
	redis: '/data',
	minio: '/data',
};

/** Images are made on first use, as the containers are. */
export function createDemoDisk(plan: DemoHostPlan, ward: ContainerWard, startedAt: number): DemoDisk {
	let freed = 0;
	let images: ImageStore | null = null;
	let volumes: Map<string, DemoVolume> | null = null;
	let buildCache: Map<string, DemoCacheRecord> | null = null;
	const share = (text: string): number => (hashText(text) % 1000) / 1000;
	return {
		get images() {
			return (images ??= createImageStore(createImages(plan, ward.list(), startedAt)));
		},
		get volumes() {
			return (volumes ??= new Map(createVolumes(plan, ward.list(), startedAt).map((volume) => [volume.name, volume])));
		},
		get buildCache() {
			return (buildCache ??= new Map(createBuildCache(plan, startedAt).map((record) => [record.id, record])));
		},
		writableBytesOf: ({id}) => Math.round(share(id) ** 4 * 400e6),
		// Where builds run, somebody always prints too much.
		logBytesOf: ({name}) => Math.round(share(`${plan.name} ${name}`) ** 5 * (plan.role === 'ci' ? 30e9 : 900e6)),
		freedBytes: () => freed,
		free(bytes) {
			freed += bytes;
		},
	};
}

function createVolumes(
	plan: DemoHostPlan,
	containers: readonly DemoContainer[],
	startedAt: number,
): readonly DemoVolume[] {
	const random = createRandom(`volumes of ${plan.name}`);
	const mounted = containers.flatMap(({name, createdAt, labels}): DemoVolume[] => {
		const destination = dataPaths[name];
		if (destination === undefined) return [];
		const bytes = Math.round(random.ratio() * (name === 'registry' ? 380e9 : 20e9));
		return [{name: `${name}-data`, bytes, createdAt, labels, mountedBy: name, destination}];
	});
	const left = Array.from({length: random.integer(1, 4)}, (_, index): DemoVolume => {
		const isNamed = index === 0;
		return {
			name: isNamed ? `${plan.role}-backup` : random.hex(64),
			bytes: Math.round(random.ratio() * 3e9),
			createdAt: startedAt - random.integer(10, 200) * 86_400_000,
			labels: isNamed ? {} : {'com.docker.volume.anonymous': ''},
			mountedBy: null,
			destination: '',
		};
	});
	return [...mounted, ...left];
}

/** Only where builds run; engines before 18.09 (API 1.39) had no such cache. */
function createBuildCache(
	{name, role, engine, spareImageCount}: DemoHostPlan,
	startedAt: number,
): readonly DemoCacheRecord[] {
	if (role !== 'ci' || Number(engine.apiVersion.split('.')[1]) < 39) return [];
	const random = createRandom(`build cache of ${name}`);
	const records: DemoCacheRecord[] = [];
	for (let index = 0; index < Math.min(120, 12 + spareImageCount); index++) {
		const kind = random.pick<DemoCacheRecord['kind']>([
			'regular',
			'regular',
			'regular',
			'source.local',
			'exec.cachemount',
		]);
		const lastUsedAt = startedAt - random.integer(0, 40) * 86_400_000 - 60_000;
		records.push({
			id: random.hex(25),
			parentId: kind === 'regular' && index > 0 && random.chance(0.5) ? (records[index - 1]?.id ?? null) : null,
			kind,
			description: kind === 'source.local' ? 'local source for context' : 'mount / from exec /bin/sh -c npm ci',
			bytes: random.integer(1e6, 600e6),
			createdAt: lastUsedAt - 3_600_000,
			lastUsedAt,
			inUse: index === 0,
		});
	}
	return records;
}
