/** Where the bytes under an engine are: one row per cause, and what is left of its root and of the file system. */
import {weightOf, sumBytes, type ByteSum} from '../model/byte-sum.ts';
import type {HostDiskUsage, HostDiskUsagePart} from '../model/disk-usage.ts';
import {valueOf} from '../model/reading.ts';
import type {EngineInfo, Filesystem} from '../model/readings.ts';

export type DiskCauseKind = 'images' | 'containers' | 'logs' | 'volumes' | 'build-cache' | 'root-rest' | 'outside';

export type DiskCause = {
	readonly kind: DiskCauseKind;
	/** Null while it is not known. */
	readonly size: ByteSum | null;
	/** The parts it is made of, for saying why it is not known. */
	readonly parts: readonly HostDiskUsagePart[];
};

type Facts = {
	readonly usage: HostDiskUsage;
	/** Of the images, from `selectImageRows`; null while they are not known. */
	readonly images: ByteSum | null;
	readonly engine: EngineInfo | null;
	/** The one with the engine's root; null while it is not known. */
	readonly filesystem: Filesystem | null;
};

/** Largest first, unknown ones last. */
export function selectDiskCauses(facts: Facts): readonly DiskCause[] {
	const {usage, images} = facts;
	const containers = valueOf(usage.containers);
	const logs = valueOf(usage.logFiles);
	const volumes = valueOf(usage.volumes);
	const cache = valueOf(usage.buildCache);
	const sized: Readonly<Record<Exclude<DiskCauseKind, 'root-rest' | 'outside'>, ByteSum | null>> = {
		images,
		containers: containers && sumBytes(containers.map(({writableBytes}) => writableBytes)),
		logs: logs && sumBytes(logs.map(({bytes}) => bytes)),
		volumes: volumes && sumBytes(volumes.map(({bytes}) => bytes)),
		'build-cache': cache && {
			minBytes: total(cache.filter(({isShared}) => !isShared)),
			maxBytes: total(cache),
		},
	};
	const causes: readonly DiskCause[] = [
		{kind: 'images', size: sized.images, parts: ['images']},
		{kind: 'containers', size: sized.containers, parts: ['containers']},
		{kind: 'logs', size: sized.logs, parts: ['logFiles']},
		{kind: 'volumes', size: sized.volumes, parts: ['volumes']},
		{kind: 'build-cache', size: sized['build-cache'], parts: ['buildCache']},
		{kind: 'root-rest', size: selectRest(facts, Object.values(sized)), parts: ['rootDirectories', 'images', 'volumes']},
		{kind: 'outside', size: selectOutside(facts), parts: ['rootDirectories']},
	];
	return causes.toSorted((one, other) => rank(other) - rank(one));
}

function rank({size}: DiskCause): number {
	return size === null ? -1 : weightOf(size);
}

/** With the containerd image store layers are not under the engine's root. */
function keepsLayersUnderRoot(engine: EngineInfo | null): boolean {
	return engine?.driverStatus.every(([, value]) => !value.startsWith('io.containerd.snapshotter')) ?? true;
}

/** At most what is left of the root when everything else takes the least it can. */
function selectRest({usage, engine}: Facts, sizes: readonly (ByteSum | null)[]): ByteSum | null {
	const rootBytes = valueOf(usage.rootDirectories)?.bytes ?? null;
	if (rootBytes === null) return null;
	const [images = null, containers = null, ...others] = sizes;
	const inside = keepsLayersUnderRoot(engine) ? [images, containers, ...others] : others;
	let [least, most] = [0, 0];
	for (const size of inside) {
		least += size?.minBytes ?? 0;
		most += size?.maxBytes ?? Number.POSITIVE_INFINITY;
	}
	return {minBytes: Math.max(0, rootBytes - most), maxBytes: Math.max(0, rootBytes - least)};
}

function selectOutside({usage, filesystem}: Facts): ByteSum | null {
	const rootBytes = valueOf(usage.rootDirectories)?.bytes ?? null;
	if (rootBytes === null || filesystem === null) return null;
	const bytes = Math.max(0, filesystem.usedBytes - rootBytes);
	return {minBytes: bytes, maxBytes: bytes};
}

function total(sizes: readonly {readonly bytes: number}[]): number {
	return sizes.reduce((sum, {bytes}) => sum + bytes, 0);
}
