/** How many bytes removing exactly these objects gives back to the file system: at least, and at most. */
import type {BuildCacheUse} from '../../model/disk-usage.ts';
import type {ByteRange} from '../../model/prune-plan.ts';
import {valueOf} from '../../model/reading.ts';
import {findImageUsers} from '../../model/image-users.ts';
import {createLayerCounter, sumLayers} from './layer-counter.ts';
import type {PruneInput} from './prune-input.ts';
import {pruneKey} from './verdict.ts';

/** Takes the keys of the objects that go. */
export type ReclaimCounter = (going: ReadonlySet<string>) => ByteRange;

/**
 * Images by their layers (`createLayerCounter`); containers by their writable layer and their log file; volumes of the
 * `local` driver and unshared build cache by their size. Objects of unknown size count nothing, which the plan says.
 * Not certain, and so missing from `minBytes`: layers that a shared build cache entry which stays may hold (all of
 * them when the build cache could not be read), all layers while a container exists whose image is in no list, shared
 * entries that go, volumes of other drivers. `maxBytes` is never more than the file system holds.
 */
export function createReclaimCounter(input: PruneInput): ReclaimCounter {
	const {usage, layersOf, driver, filesystem} = input;
	const isFullCopy = driver === 'vfs';
	const countLayers = createLayerCounter(valueOf(usage.images) ?? [], layersOf, isFullCopy);
	const countRest = [countContainers(input, isFullCopy), countVolumes(input), countBuildCache(input, isFullCopy)];
	const heldBy = createHolders(input);
	const capBytes = filesystem !== null && keepsBytesThere(driver) ? filesystem.usedBytes : Number.MAX_SAFE_INTEGER;
	const imageIdByKey = new Map((valueOf(usage.images) ?? []).map(({id}) => [pruneKey('image', id), id]));
	return (going) => {
		const goingImages = new Set([...going].map((key) => imageIdByKey.get(key)).filter((id) => id !== undefined));
		const layers = countLayers(goingImages);
		let minBytes = Math.max(0, layers.minBytes - heldBy(going));
		let {maxBytes} = layers;
		for (const count of countRest) {
			const range = count(going);
			minBytes += range.minBytes;
			maxBytes += range.maxBytes;
		}
		return {minBytes: Math.min(minBytes, capBytes), maxBytes: Math.min(maxBytes, capBytes)};
	};
}

/** False for drivers that keep layers in a pool of their own (thin pool, zpool), which `df` of the root does not show. */
export function keepsBytesThere(driver: string | null): boolean {
	return driver !== 'devicemapper' && driver !== 'zfs';
}

/** Why layers may not go with their images; null when nothing of the kind is known. */
export function uncertaintyOf({usage}: PruneInput): string | null {
	const containers = valueOf(usage.containers) ?? [];
	const [orphan] = findImageUsers(valueOf(usage.images) ?? [], containers).withoutImage;
	if (orphan !== undefined) {
		return `${orphan.name} was made from an image that is in no list any more and may hold layers of others.`;
	}
	if (usage.buildCache.kind === 'ok' || isWithoutCache(usage.buildCache)) return null;
	return 'The build cache was not read and may hold layers of these images.';
}

function isWithoutCache(reading: PruneInput['usage']['buildCache']): boolean {
	return reading.kind === 'failed' && reading.reason.code === 'unsupported';
}

function createHolders(input: PruneInput): (going: ReadonlySet<string>) => number {
	if (uncertaintyOf(input) !== null) return () => Number.MAX_SAFE_INTEGER;
	const shared = (valueOf(input.usage.buildCache) ?? []).filter(({isShared}) => isShared);
	return (going) => sum(shared.filter(({id}) => !going.has(pruneKey('build-cache', id))).map(({bytes}) => bytes));
}

function countContainers({usage, layersOf}: PruneInput, isFullCopy: boolean): ReclaimCounter {
	const logBytes = new Map<string, number>();
	for (const {containerId, bytes} of valueOf(usage.logFiles) ?? []) {
		logBytes.set(containerId, (logBytes.get(containerId) ?? 0) + bytes);
	}
	const imageBytes = new Map((valueOf(usage.images) ?? []).map(({id, sizeBytes}) => [id, sizeBytes]));
	return (going) => {
		let [minBytes, copiedBytes] = [0, 0];
		for (const {id, imageId, writableBytes} of valueOf(usage.containers) ?? []) {
			if (!going.has(pruneKey('container', id))) continue;
			minBytes += (writableBytes ?? 0) + (logBytes.get(id) ?? 0);
			// The layer that sets a container up and its writable one are both copies of all below.
			if (isFullCopy) copiedBytes += 2 * (imageBytes.get(imageId) ?? sumLayers(layersOf.get(imageId) ?? []));
		}
		return {minBytes, maxBytes: minBytes + copiedBytes};
	};
}

function countVolumes({usage}: PruneInput): ReclaimCounter {
	return (going) => {
		const volumes = (valueOf(usage.volumes) ?? []).filter(({name}) => going.has(pruneKey('volume', name)));
		return {
			minBytes: sum(volumes.filter(({driver}) => driver === 'local').map(({bytes}) => bytes ?? 0)),
			maxBytes: sum(volumes.map(({bytes}) => bytes ?? 0)),
		};
	};
}

function countBuildCache({usage}: PruneInput, isFullCopy: boolean): ReclaimCounter {
	const entries = valueOf(usage.buildCache) ?? [];
	const byId = new Map(entries.map((entry) => [entry.id, entry]));
	return (going) => {
		const gone = entries.filter(({id}) => going.has(pruneKey('build-cache', id)));
		return {
			minBytes: sum(gone.filter(({isShared}) => !isShared).map(({bytes}) => bytes)),
			maxBytes: sum(gone.map((entry) => (isFullCopy ? chainBytes(entry, byId) : entry.bytes))),
		};
	};
}

/** Its own bytes and those of all it was built on. */
function chainBytes(entry: BuildCacheUse, byId: ReadonlyMap<string, BuildCacheUse>): number {
	const seen = new Set([entry]);
	for (const {parentIds} of seen) {
		for (const id of parentIds) {
			const parent = byId.get(id);
			if (parent !== undefined) seen.add(parent);
		}
	}
	return sum([...seen].map(({bytes}) => bytes));
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, bytes) => total + bytes, 0);
}
