/** Objects of a host as plain as can be; a test says only what it is about. */
import {defaultWishes} from '../../../source/actions/prune/default-wishes.ts';
import type {PruneInput} from '../../../source/actions/prune/prune-input.ts';
import type {
	BuildCacheUse,
	ContainerUse,
	DiskUsage,
	ImageUse,
	LogFileUse,
	VolumeUse,
} from '../../../source/model/disk-usage.ts';
import type {KeptItem, PruneItem, PrunePlan, PruneWishes} from '../../../source/model/prune-plan.ts';
import type {Reading} from '../../../source/model/reading.ts';
import type {Filesystem} from '../../../source/model/readings.ts';

export const now = Date.UTC(2026, 4, 20, 12);
export const dayMs = 86_400_000;
export const megabyte = 1_000_000;

export function daysAgo(days: number): number {
	return now - days * dayMs;
}

export function idOf(name: string): string {
	const hex = [...name].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');
	return `sha256:${hex.slice(0, 64).padEnd(64, '0')}`;
}

/** An image called `name`, with that tag unless it says otherwise, pulled and 100 days old. */
export function image(name: string, facts: Partial<ImageUse> = {}): ImageUse {
	return {
		id: idOf(name),
		tags: [name],
		digests: [`${name.split(':', 1)[0]}@sha256:${'d'.repeat(64)}`],
		labels: {},
		builtAt: daysAgo(100),
		taggedAt: null,
		sizeBytes: 100 * megabyte,
		sharedBytes: 0,
		parentId: null,
		...facts,
	};
}

/** A container of that image, stopped 50 days ago. */
export function container(name: string, of: ImageUse | string, facts: Partial<ContainerUse> = {}): ContainerUse {
	return {
		id: `id-of-${name}`,
		name,
		imageId: typeof of === 'string' ? idOf(of) : of.id,
		image: typeof of === 'string' ? of : (of.tags[0] ?? of.id),
		state: 'exited',
		createdAt: daysAgo(60),
		finishedAt: facts.state === undefined || facts.state === 'exited' ? daysAgo(50) : null,
		writableBytes: 0,
		labels: {},
		volumes: [],
		...facts,
	};
}

export function volume(name: string, facts: Partial<VolumeUse> = {}): VolumeUse {
	return {
		name,
		driver: 'local',
		labels: {},
		createdAt: daysAgo(90),
		bytes: 7 * megabyte,
		references: 0,
		isAnonymous: false,
		...facts,
	};
}

export function cacheEntry(id: string, facts: Partial<BuildCacheUse> = {}): BuildCacheUse {
	return {
		id,
		kind: 'regular',
		description: `step ${id}`,
		bytes: 10 * megabyte,
		createdAt: daysAgo(40),
		lastUsedAt: daysAgo(20),
		inUse: false,
		isShared: false,
		parentIds: [],
		...facts,
	};
}

export function filesystem(usedBytes: number, availableBytes: number): Filesystem {
	return {
		mountPoint: '/var/lib/docker',
		device: '/dev/sdb1',
		type: 'ext4',
		roles: ['engine-root'],
		readOnly: false,
		sizeBytes: usedBytes + availableBytes,
		usedBytes,
		availableBytes,
		inodesTotal: null,
		inodesUsed: null,
	};
}

export function read<T>(value: T): Reading<T> {
	return {kind: 'ok', value, at: now};
}

export function unreadable(message: string): Reading<never> {
	return {kind: 'failed', reason: {code: 'timeout', message}, at: now};
}

export type Objects = {
	readonly images?: readonly ImageUse[];
	readonly containers?: readonly ContainerUse[];
	readonly volumes?: readonly VolumeUse[];
	readonly buildCache?: readonly BuildCacheUse[];
	readonly logFiles?: readonly LogFileUse[];
};

export function usageOf(objects: Objects, readings: Partial<DiskUsage> = {}): DiskUsage {
	return {
		images: read(objects.images ?? []),
		containers: read(objects.containers ?? []),
		volumes: read(objects.volumes ?? []),
		buildCache: read(objects.buildCache ?? []),
		logFiles: read(objects.logFiles ?? []),
		...readings,
	};
}

export function inputOf(
	objects: Objects,
	wishes: Partial<PruneWishes> = {},
	facts: Partial<Omit<PruneInput, 'wishes'>> = {},
): PruneInput {
	return {
		host: {key: 'web-07', name: 'web-07'},
		usage: usageOf(objects),
		layersOf: new Map(),
		filesystem: null,
		driver: 'overlay2',
		hasContainerdStore: false,
		wishes: {...defaultWishes, ...wishes},
		referrers: [],
		now,
		...facts,
	};
}

export function goingIn(plan: PrunePlan): readonly string[] {
	return plan.items.map(({names, id}) => names[0] ?? id);
}

export function itemNamed(plan: PrunePlan, name: string): PruneItem {
	const found = plan.items.find(({names, id}) => names.includes(name) || id === name || id === idOf(name));
	if (found === undefined) throw new Error(`${name} is not planned; kept: ${JSON.stringify(plan.kept)}`);
	return found;
}

export function keptNamed(plan: PrunePlan, name: string): KeptItem {
	const found = plan.kept.find(({names, id}) => names.includes(name) || id === name || id === idOf(name));
	if (found === undefined) throw new Error(`${name} is not kept; planned: ${goingIn(plan).join(', ')}`);
	return found;
}

export const pendingImages: DiskUsage['images'] = {kind: 'pending'};
