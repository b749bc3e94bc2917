/**
 * An engine small enough to be believed: it holds layers as long as an image, a container or a build cache entry is made
 * of them, and refuses removals as moby does (daemon/images/image_delete.go): by id only with one name left, never with
 * a container or a child. It knows nothing of plans; tests compare plans with what it does.
 */
import type {BuildCacheUse, ContainerUse, ImageLayer, ImageUse, VolumeUse} from '../../../source/model/disk-usage.ts';
import type {Random} from './random.ts';
import {cacheEntry, container, daysAgo, image, volume} from './sample-input.ts';

type HeldImage = {
	readonly facts: ImageUse;
	readonly chain: readonly ImageLayer[];
	readonly tags: Set<string>;
	readonly digests: Set<string>;
};

export type SmallEngine = {
	readonly images: readonly ImageUse[];
	readonly containers: readonly ContainerUse[];
	readonly volumes: readonly VolumeUse[];
	readonly buildCache: readonly BuildCacheUse[];
	readonly chains: ReadonlyMap<string, readonly ImageLayer[]>;
	usedBytes(): number;
	/** The words of the refusal; null when done. */
	call(line: string): string | null;
	imageIds(): readonly string[];
};

export type Populations = {
	readonly hasClassicBuilder: boolean;
	readonly hasBuildCache: boolean;
	/** As the vfs driver does: a layer, and a container, holds a copy of whatever is left of the layers below. */
	readonly isFullCopy?: boolean;
};

export function createSmallEngine(random: Random, populations: Populations): SmallEngine {
	const {hasClassicBuilder, hasBuildCache, isFullCopy = false} = populations;
	const held = makeImages(random, hasClassicBuilder);
	const containers = makeContainers(random, [...held.values()]);
	const volumes = new Map<string, VolumeUse>();
	for (const name of ['data', 'old']) {
		const users = [...containers.values()].filter(() => random.chance(0.2));
		for (const user of users) containers.set(user.id, {...user, volumes: [...user.volumes, name]});
		volumes.set(name, volume(name, {bytes: random.below(9000), references: random.chance(0.5) ? users.length : null}));
	}
	const cache = new Map<string, {facts: BuildCacheUse; chain: readonly ImageLayer[]}>();
	if (hasBuildCache) addBuildCache(random, [...held.values()], cache);
	return {
		images: withSharedBytes([...held.values()]),
		containers: [...containers.values()],
		volumes: [...volumes.values()],
		buildCache: [...cache.values()].map(({facts}) => facts),
		chains: new Map([...held].map(([id, {chain}]) => [id, chain])),
		imageIds: () => [...held.keys()],
		usedBytes() {
			const layers = new Map<string, number>();
			const usedChains = [
				...[...held.values()].map(({chain}) => chain),
				...[...cache.values()].map(({chain}) => chain),
			];
			for (const chain of usedChains) {
				chain.forEach(({chainId, sizeBytes}, index) => {
					layers.set(chainId, sizeBytes + (isFullCopy ? leftOf(chain.slice(0, index), chainId) : 0));
				});
			}
			let bytes = [...layers.values()].reduce((sum, size) => sum + size, 0);
			for (const {id, imageId, writableBytes} of containers.values()) {
				bytes += writableBytes ?? 0;
				if (isFullCopy) bytes += 2 * leftOf(held.get(imageId)?.chain ?? [], id);
			}
			for (const found of volumes.values()) bytes += found.bytes ?? 0;
			for (const {facts} of cache.values()) bytes += facts.isShared ? 0 : facts.bytes;
			return bytes;
		},
		call: (line) => answer(line, {held, containers, volumes, cache}),
	};
}

function makeImages(random: Random, hasClassicBuilder: boolean): Map<string, HeldImage> {
	const held = new Map<string, HeldImage>();
	const families = ['shop/web', 'shop/api', 'base', 'registry.lan:5000/tools/ci'];
	const add = (chain: readonly ImageLayer[], facts: Partial<ImageUse>) => {
		const name = `image-${held.size}`;
		const made = image(name, {
			tags: [],
			digests: [],
			builtAt: random.chance(0.1) ? null : daysAgo(random.below(100)),
			taggedAt: random.chance(0.5) ? daysAgo(random.below(40)) : null,
			sizeBytes: chain.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
			...facts,
		});
		held.set(made.id, {facts: made, chain, tags: new Set(made.tags), digests: new Set(made.digests)});
		return made;
	};
	const addLayer = (below: readonly ImageLayer[]) => [
		...below,
		{chainId: `chain-${random.below(1_000_000_000)}`, sizeBytes: random.chance(0.15) ? 0 : 1 + random.below(5000)},
	];
	for (let count = 3 + random.below(10); count > 0; count--) {
		const base = held.size > 0 && random.chance(0.7) ? random.pick([...held.values()]) : null;
		const depth = base === null ? 0 : 1 + random.below(base.chain.length);
		let chain: readonly ImageLayer[] = base?.chain.slice(0, depth) ?? [];
		const isClassic = hasClassicBuilder && base !== null && random.chance(0.6);
		if (isClassic) chain = base.chain;
		let parentId = isClassic ? base.facts.id : null;
		for (let steps = random.below(4); steps > 0; steps--) {
			if (isClassic) parentId = add(chain, {parentId}).id;
			if (random.chance(0.8)) chain = addLayer(chain);
		}
		const repositories = [random.pick(families), random.pick(families)];
		const tags = Array.from(
			{length: random.below(4)},
			() => `${random.pick(repositories)}:${held.size}-${random.below(99)}`,
		);
		const digests = random.chance(0.5) ? [`${repositories[0]}@sha256:${String(held.size).padStart(64, '0')}`] : [];
		add(chain, {parentId, tags: [...new Set(tags)], digests});
	}
	return held;
}

function makeContainers(random: Random, images: readonly HeldImage[]): Map<string, ContainerUse> {
	const containers = new Map<string, ContainerUse>();
	for (let count = random.below(5); count > 0; count--) {
		const state = random.pick(['running', 'exited', 'exited', 'exited', 'created', 'paused', 'dead']);
		const made = container(`c${count}`, random.pick(images).facts, {
			state,
			createdAt: daysAgo(30 + random.below(60)),
			finishedAt: ['exited', 'dead'].includes(state) ? daysAgo(random.below(30)) : null,
			writableBytes: random.below(3000),
		});
		containers.set(made.id, made);
	}
	return containers;
}

/** Layers above hide or delete some of what is below: any share of it, always the same for the same copy. */
function leftOf(below: readonly ImageLayer[], copy: string): number {
	const share = (copy.charCodeAt(copy.length - 1) % 11) / 10;
	return Math.floor(share * below.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0));
}

/** A chain of entries over the layers of an image, as a build that started from it leaves them, and unshared ones on top. */
function addBuildCache(
	random: Random,
	images: readonly HeldImage[],
	cache: Map<string, {facts: BuildCacheUse; chain: readonly ImageLayer[]}>,
): void {
	for (let builds = random.below(3); builds > 0; builds--) {
		const {chain} = random.pick(images);
		let parentIds: readonly string[] = [];
		chain.forEach((layer, index) => {
			const id = `shared-${layer.chainId}`;
			const facts = cacheEntry(id, {
				isShared: true,
				bytes: layer.sizeBytes,
				parentIds,
				lastUsedAt: daysAgo(random.below(40)),
			});
			if (!cache.has(id)) cache.set(id, {facts, chain: chain.slice(0, index + 1)});
			parentIds = [id];
		});
		for (let steps = random.below(3); steps > 0; steps--) {
			const id = `own-${cache.size}`;
			const lastUsedAt = random.chance(0.2) ? null : daysAgo(random.below(40));
			const facts = cacheEntry(id, {bytes: random.below(4000), parentIds, lastUsedAt, inUse: random.chance(0.1)});
			cache.set(id, {facts, chain: []});
			parentIds = [id];
		}
	}
}

/** As the engine counts sharing: images without a name that others were built on do not count. */
function withSharedBytes(images: readonly HeldImage[]): readonly ImageUse[] {
	const parents = new Set(images.map(({facts}) => facts.parentId));
	const counted = images.filter(({facts, tags, digests}) => tags.size + digests.size > 0 || !parents.has(facts.id));
	const users = new Map<string, number>();
	for (const {chain} of counted) {
		for (const {chainId} of chain) users.set(chainId, (users.get(chainId) ?? 0) + 1);
	}
	return images.map(({facts, chain}) => ({
		...facts,
		sharedBytes: chain
			.filter(({chainId}) => (users.get(chainId) ?? 0) > 1)
			.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
	}));
}

type Holdings = {
	readonly held: Map<string, HeldImage>;
	readonly containers: Map<string, ContainerUse>;
	readonly volumes: Map<string, VolumeUse>;
	readonly cache: Map<string, {facts: BuildCacheUse; chain: readonly ImageLayer[]}>;
};

function answer(line: string, {held, containers, volumes, cache}: Holdings): string | null {
	const [, kind, target = ''] = /^DELETE \/(containers|images|volumes)\/(.+)\?/.exec(line) ?? [];
	if (kind === 'containers') {
		const found = containers.get(target);
		if (found === undefined) return 'no such container';
		return ['running', 'paused'].includes(found.state) ? 'container is running' : done(containers.delete(target));
	}
	if (kind === 'volumes') {
		const isMounted = [...containers.values()].some((found) => found.volumes.includes(target));
		return isMounted ? 'volume is in use' : done(volumes.delete(target));
	}
	if (kind === 'images') return removeImage(target, held, [...containers.values()]);
	const id = /"id":\["([^"]+)"\]/.exec(line)?.[1] ?? '';
	const entry = cache.get(id);
	if (entry === undefined) return 'no such entry';
	if (entry.facts.inUse) return 'entry is in use';
	if ([...cache.values()].some(({facts}) => facts.parentIds.includes(id))) return 'entry has children';
	return done(cache.delete(id));
}

function done(worked: boolean): string | null {
	return worked ? null : 'no such object';
}

function removeImage(target: string, held: Map<string, HeldImage>, containers: readonly ContainerUse[]): string | null {
	const repository = (name: string) => name.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
	const byName = [...held.values()].find(({tags, digests}) => tags.has(target) || digests.has(target));
	const found = byName ?? held.get(target);
	if (found === undefined) return 'no such image';
	const {facts, tags, digests} = found;
	const isUsed = containers.some(({imageId}) => imageId === facts.id);
	if (byName !== undefined) {
		if (isUsed && tags.size + digests.size === 1) return 'must be forced: used by a container';
		digests.delete(target);
		if (tags.delete(target) && ![...tags].some((tag) => repository(tag) === repository(target))) {
			for (const digest of digests) if (repository(digest) === repository(target)) digests.delete(digest);
		}
		if (tags.size + digests.size > 0) return null;
	} else if (tags.size > 1 || new Set([...tags, ...digests].map(repository)).size > 1) {
		return 'must be forced: several names';
	}
	if (isUsed) return 'used by a container';
	if ([...held.values()].some((other) => other.facts.parentId === facts.id)) return 'has children';
	return done(held.delete(facts.id));
}
