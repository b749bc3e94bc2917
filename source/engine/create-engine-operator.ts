/**
 * What may be asked of a connected engine beyond watching it: disk usage, layers, moments, and the removal of single
 * objects. It lives as long as the connection to the engine.
 */
import type {DiskUsage, DiskUsagePart} from '../model/disk-usage.ts';
import type {EngineOperator, Removal} from '../model/engine-operator.ts';
import {ReadingError} from '../model/reading-error.ts';
import type {Clock} from '../support/clock.ts';
import type {EngineClient} from './engine-client.ts';
import {createEngineReader} from './engine-reader.ts';
import type {EngineTimings} from './engine-timings.ts';
import {createInspector} from './inspect-objects.ts';
import {mapContainerUses} from './map-disk-usage.ts';
import {mapRegistries} from './map-registries.ts';
import {formatReference} from './format-reference.ts';
import {
	readBuildCacheUses,
	readContainerUses,
	readImageUses,
	readParentImages,
	readVolumeUses,
	type EngineUsage,
	type UsageSource,
} from './read-disk-usage.ts';
import {createRemover, type Remove} from './remove-object.ts';

export type EngineOperatorOptions = {
	readonly client: EngineClient;
	readonly apiVersion: string | null;
	readonly clock: Clock;
	readonly timings: EngineTimings;
	/** Ends with the connection to the engine. */
	readonly signal: AbortSignal;
	/** While true nothing new is asked. */
	readonly isHung: () => boolean;
};

/** `logFiles` are no engine's to say: reading them rejects as `unsupported`. */
export function createEngineOperator(options: EngineOperatorOptions): EngineOperator {
	const {apiVersion, clock, timings} = options;
	const reader = createEngineReader(options);
	const inspector = createInspector(reader, timings.inspectMs);
	const remove = createRemover({...options, timeoutMs: timings.removalMs});

	const listContainers = async (signal: AbortSignal): Promise<readonly unknown[]> => {
		const question = {
			kind: 'inspection',
			path: '/containers/json',
			query: {all: 1},
			timeoutMs: timings.inspectMs,
		} as const;
		const list = await reader.read(question, signal);
		if (!Array.isArray(list)) throw new ReadingError('malformed', 'the engine lists no containers');
		return list;
	};

	return {
		apiVersion,
		async readDiskUsage<Part extends DiskUsagePart>(part: Part, signal: AbortSignal) {
			const value = await readPart(part, {reader, apiVersion, timings, signal});
			return {kind: 'ok', value, at: clock.now()} as DiskUsage[Part];
		},
		...inspector,
		readParentImages: (images, signal) => readParentImages({reader, apiVersion, timings, signal}, images),
		readImageUsers: async (signal) => groupByImage(mapContainerUses(await listContainers(signal))),
		readRegistries: async (signal) => mapRegistries(await listContainers(signal)),
		...createRemovals(remove),
	};
}

const readers: {readonly [Part in keyof EngineUsage]: (source: UsageSource) => Promise<EngineUsage[Part]>} = {
	images: readImageUses,
	containers: readContainerUses,
	volumes: readVolumeUses,
	buildCache: readBuildCacheUses,
};

function readPart(part: DiskUsagePart, source: UsageSource): Promise<EngineUsage[keyof EngineUsage]> {
	if (part in readers) return readers[part as keyof EngineUsage](source);
	return Promise.reject(new ReadingError('unsupported', 'an engine does not say this: it takes a shell on the host'));
}

function groupByImage(
	containers: readonly {readonly imageId: string; readonly name: string}[],
): ReadonlyMap<string, readonly string[]> {
	const users = new Map<string, string[]>();
	for (const {imageId, name} of containers) users.set(imageId, [...(users.get(imageId) ?? []), name]);
	return users;
}

type Removals = Pick<EngineOperator, 'removeImage' | 'removeContainer' | 'removeVolume' | 'removeBuildCache'>;

function createRemovals(remove: Remove): Removals {
	return {
		removeImage: (target, signal) =>
			withReference(target, (path) =>
				remove(
					{kind: 'image', method: 'DELETE', path: `/images/${path}`, query: {force: 0, noprune: 1}, target},
					signal,
				),
			),
		removeContainer: (target, signal) =>
			withReference(target, (path) =>
				remove(
					{kind: 'container', method: 'DELETE', path: `/containers/${path}`, query: {force: 0, v: 0}, target},
					signal,
				),
			),
		removeVolume: (target, signal) =>
			withReference(target, (path) =>
				remove({kind: 'volume', method: 'DELETE', path: `/volumes/${path}`, query: {force: 0}, target}, signal),
			),
		async removeBuildCache(target, signal) {
			// Engines match the id as a pattern (`id~=`); only a whole one of their own making cannot match another.
			if (!/^[a-z0-9]{20,64}$/.test(target)) return notAName(target);
			const query = {all: 1, filters: JSON.stringify({id: [target]})};
			return await remove({kind: 'build-cache', method: 'POST', path: '/build/prune', query, target}, signal);
		},
	};
}

async function withReference(target: string, removeAt: (path: string) => Promise<Removal>): Promise<Removal> {
	const path = formatReference(target);
	return path === null ? notAName(target) : await removeAt(path);
}

function notAName(target: string): Removal {
	return {
		kind: 'failed',
		detail: `not an id or a name an engine gives: ${target.slice(0, 100)}; nothing was sent`,
		noSpace: false,
	};
}
