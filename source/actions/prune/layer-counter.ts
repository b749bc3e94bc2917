/**
 * Counts what removing images frees. A layer lies on the disk once, under its chain id, and goes with the last image
 * that is made of it; so images are never summed.
 */
import type {ImageLayer, ImageUse} from '../../model/disk-usage.ts';
import type {ByteRange} from '../../model/prune-plan.ts';

export type LayerCounter = (going: ReadonlySet<string>) => ByteRange;

type Layer = {readonly users: string[]; readonly minBytes: number; readonly maxBytes: number};

/** The engine's own limit of layers in an image (moby `layer.MaxLayerDepth` is 125). */
const mostLayers = 128;
/** More than any Dockerfile has steps; a host may claim that an image descends from all others. */
const mostAncestors = 1000;

/**
 * The counter takes the ids of the images that go. Exact (`minBytes` = `maxBytes`) when the chains of all images are
 * known. Else, of the layers that no known image keeps,
 * - an image that stays, and whose chain is unknown, may hold as much as it shares with others (all of it where the
 *   engine did not say): at least the rest goes, or what the engine calls unshared, whichever is more;
 * - an image that goes, and whose chain is unknown, adds at least what it does not share; at most also half of what it
 *   shares, because a layer that goes and is shared is counted by two or more such images.
 * All layers of an image are layers of what was built on it, so one whose chain is unknown counts only where that does
 * not count already: the chains of images that nothing was built on are enough.
 * `isFullCopy` is for drivers that copy all layers below into each (vfs): a layer then takes between its own bytes and
 * those of its whole chain. Bytes of an image beyond its layers (the compressed copy of the containerd store) may be
 * shared too and count for `maxBytes` only.
 */
export function createLayerCounter(
	images: readonly ImageUse[],
	layersOf: ReadonlyMap<string, readonly ImageLayer[]>,
	isFullCopy: boolean,
): LayerCounter {
	const layers = indexLayers(images, layersOf, isFullCopy);
	const family = createFamily(images, layersOf);
	return (going) => {
		let [minBytes, maxBytes] = [0, 0];
		for (const layer of layers) {
			if (!layer.users.every((id) => going.has(id))) continue;
			maxBytes += layer.maxBytes;
			if (!layer.users.some(family.hasUnlistedParent)) minBytes += layer.minBytes;
		}
		let [heldBytes, unsharedBytes, unsharedUnknownBytes, sharedTwice] = [0, 0, 0, 0];
		for (const image of images) {
			const {id, sizeBytes, sharedBytes} = image;
			const chain = layersOf.get(id);
			const ownBytes = sharedBytes === null ? 0 : Math.max(0, sizeBytes - sharedBytes);
			if (!going.has(id)) {
				if (chain === undefined && !family.hasKeptChild(id, going)) heldBytes += family.shareableBytes(image);
				continue;
			}
			if (chain === undefined && family.isCounted(image)) continue;
			const isCountable = family.isCountable(image, going);
			if (isCountable) unsharedBytes += ownBytes;
			if (chain === undefined) {
				if (isCountable && !family.hasKnownAncestor(image)) unsharedUnknownBytes += ownBytes;
				const copies = isFullCopy ? mostLayers : 1;
				maxBytes += (sharedBytes === null ? sizeBytes : ownBytes) * copies;
				sharedTwice += (sharedBytes ?? 0) * copies;
			} else {
				maxBytes += Math.max(0, sizeBytes - sumLayers(chain));
			}
		}
		maxBytes += Math.floor(sharedTwice / 2);
		const leastBytes = Math.max(Math.max(0, minBytes - heldBytes) + unsharedUnknownBytes, unsharedBytes);
		return {minBytes: Math.min(leastBytes, maxBytes), maxBytes};
	};
}

/** Bytes of all layers of one chain, each counted once. */
export function sumLayers(chain: readonly ImageLayer[]): number {
	return chain.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0);
}

function indexLayers(
	images: readonly ImageUse[],
	layersOf: ReadonlyMap<string, readonly ImageLayer[]>,
	isFullCopy: boolean,
): readonly Layer[] {
	const layers = new Map<string, Layer>();
	for (const {id} of images) {
		let belowBytes = 0;
		for (const {chainId, sizeBytes} of layersOf.get(id) ?? []) {
			const known = layers.get(chainId);
			if (known === undefined) {
				layers.set(chainId, {users: [id], minBytes: sizeBytes, maxBytes: sizeBytes + (isFullCopy ? belowBytes : 0)});
			} else if (known.users.at(-1) !== id) {
				known.users.push(id);
			}
			belowBytes += sizeBytes;
		}
	}
	return [...layers.values()];
}

type Family = {
	/** The engine knows its parent and did not list it: an image of which nothing is known holds layers of it. */
	hasUnlistedParent(id: string): boolean;
	/** What was built on it stays, and holds all of its layers. */
	hasKeptChild(id: string, going: ReadonlySet<string>): boolean;
	/** At most so much of it belongs to other images too; what the engine says of images between builds is not about them. */
	shareableBytes(image: ImageUse): number;
	/** Its layers count with those of an image built on it: one of known layers, or any if it has no name. */
	isCounted(image: ImageUse): boolean;
	/** Some of its layers count with those of an image it was built on. */
	hasKnownAncestor(image: ImageUse): boolean;
	/** The engine leaves images between two builds out when it counts sharing, so only a childless one with all its ancestors going counts. */
	isCountable(image: ImageUse, going: ReadonlySet<string>): boolean;
};

function createFamily(images: readonly ImageUse[], layersOf: ReadonlyMap<string, unknown>): Family {
	const byId = new Map(images.map((image) => [image.id, image]));
	const children = new Map<string, string[]>();
	const isKnownAbove = new Set<string>();
	for (const {id, parentId} of images) {
		if (parentId === null) continue;
		const siblings = children.get(parentId);
		if (siblings === undefined) children.set(parentId, [id]);
		else siblings.push(id);
		let ancestorId: string | null = layersOf.has(id) ? parentId : null;
		while (ancestorId !== null && !isKnownAbove.has(ancestorId)) {
			isKnownAbove.add(ancestorId);
			ancestorId = byId.get(ancestorId)?.parentId ?? null;
		}
	}
	const ancestorsOf = ({parentId}: ImageUse): readonly string[] => {
		const ancestors = new Set<string>();
		for (let id = parentId; id !== null && !ancestors.has(id); id = byId.get(id)?.parentId ?? null) {
			ancestors.add(id);
			if (ancestors.size > mostAncestors) break;
		}
		return [...ancestors];
	};
	const isBetweenBuilds = ({id, tags, digests}: ImageUse) => children.has(id) && tags.length + digests.length === 0;
	return {
		hasUnlistedParent(id) {
			const parentId = byId.get(id)?.parentId ?? null;
			return parentId !== null && !byId.has(parentId);
		},
		hasKeptChild: (id, going) => (children.get(id) ?? []).some((child) => !going.has(child)),
		shareableBytes: (image) => (isBetweenBuilds(image) ? null : image.sharedBytes) ?? image.sizeBytes,
		isCounted: (image) => isKnownAbove.has(image.id) || isBetweenBuilds(image),
		hasKnownAncestor: (image) => ancestorsOf(image).some((id) => layersOf.has(id)),
		isCountable(image, going) {
			const ancestors = ancestorsOf(image);
			return !children.has(image.id) && ancestors.length <= mostAncestors && ancestors.every((id) => going.has(id));
		},
	};
}
