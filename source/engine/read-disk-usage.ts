/**
 * Asks an engine what its images, containers, volumes and build cache keep on disk, in the shape its API version has
 * (Engine API version history: `/system/df` since 1.25, with `type` since 1.42, with `verbose` since 1.52, where the
 * lists moved into objects of their own; `shared-size` of `/images/json` since 1.42).
 */
import type {BuildCacheUse, ContainerUse, ImageUse, VolumeUse} from '../model/disk-usage.ts';
import {ReadingError} from '../model/reading-error.ts';
import {isNewer} from './api-version.ts';
import type {EngineQuery} from './engine-client.ts';
import type {EngineReader} from './engine-reader.ts';
import type {EngineTimings} from './engine-timings.ts';
import {asObject} from './json-shape.ts';
import {mapBuildCacheUses, mapContainerUses, mapImageUses, mapVolumeUses} from './map-disk-usage.ts';

export type EngineUsage = {
	readonly images: readonly ImageUse[];
	readonly containers: readonly ContainerUse[];
	readonly volumes: readonly VolumeUse[];
	readonly buildCache: readonly BuildCacheUse[];
};

export type UsageSource = {
	readonly reader: EngineReader;
	/** Null when the engine names none: then it is asked as the oldest. */
	readonly apiVersion: string | null;
	readonly timings: EngineTimings;
	readonly signal: AbortSignal;
};

type Kind = {readonly type: string; readonly oldKey: string; readonly newKey: string};

const kinds = {
	images: {type: 'image', oldKey: 'Images', newKey: 'ImageUsage'},
	containers: {type: 'container', oldKey: 'Containers', newKey: 'ContainerUsage'},
	volumes: {type: 'volume', oldKey: 'Volumes', newKey: 'VolumeUsage'},
	buildCache: {type: 'build-cache', oldKey: 'BuildCache', newKey: 'BuildCacheUsage'},
} as const satisfies Readonly<Record<keyof EngineUsage, Kind>>;

/** Rejects with `ReadingError`. */
export async function readImageUses(source: UsageSource): Promise<readonly ImageUse[]> {
	if (speaks(source, '1.42')) return mapImageUses(await list(source, '/images/json', {'shared-size': 1}));
	return mapImageUses((await readReport(source, kinds.images)) ?? (await list(source, '/images/json', {})));
}

/** See `EngineOperator.readParentImages`. */
export async function readParentImages(source: UsageSource, images: readonly ImageUse[]): Promise<readonly ImageUse[]> {
	const wanted = new Set(images.map(({parentId}) => parentId));
	for (const {id} of images) wanted.delete(id);
	wanted.delete(null);
	if (wanted.size === 0) return [];
	const listed = new Set(images.map(({id}) => id));
	const all = new Map(mapImageUses(await list(source, '/images/json', {all: 1})).map((image) => [image.id, image]));
	// Grows while it is walked: a parent may have one, too.
	for (const id of wanted) {
		const parentId = all.get(id ?? '')?.parentId ?? null;
		if (parentId !== null && !listed.has(parentId)) wanted.add(parentId);
	}
	return [...wanted].flatMap((id) => all.get(id ?? '') ?? []);
}

/** Rejects with `ReadingError`. */
export async function readContainerUses(source: UsageSource): Promise<readonly ContainerUse[]> {
	const listed = (): Promise<readonly unknown[]> => list(source, '/containers/json', {all: 1, size: 1});
	if (speaks(source, '1.42')) return mapContainerUses(await listed());
	return mapContainerUses((await readReport(source, kinds.containers)) ?? (await listed()));
}

/** Without sizes before API 1.25. Rejects with `ReadingError`. */
export async function readVolumeUses(source: UsageSource): Promise<readonly VolumeUse[]> {
	const report = await readReport(source, kinds.volumes);
	if (report !== null) return mapVolumeUses(report);
	const answer = asObject(await read(source, '/volumes', {}));
	return mapVolumeUses(listOf(answer['Volumes'], '/volumes'));
}

/** Rejects with `ReadingError`: `unsupported` for engines that keep none of their own. */
export async function readBuildCacheUses(source: UsageSource): Promise<readonly BuildCacheUse[]> {
	const report = await readReport(source, kinds.buildCache);
	if (report === null) {
		throw new ReadingError('unsupported', 'this engine keeps no build cache of its own: its builds are images');
	}
	return mapBuildCacheUses(report);
}

/** What the disk usage report lists of this kind; null when the engine has no such report, or none of this kind. */
async function readReport(source: UsageSource, kind: Kind): Promise<readonly unknown[] | null> {
	if (!speaks(source, '1.25')) return null;
	const byType = speaks(source, '1.42') ? {type: kind.type} : {};
	const query = speaks(source, '1.52') ? {...byType, verbose: 1} : byType;
	const answer = await read(source, '/system/df', query).catch(unlessMissing);
	if (answer === null) return null;
	const report = asObject(answer);
	if (kind.newKey in report) return itemsOf(asObject(report[kind.newKey]), kind.newKey);
	// Where there is no builder, its list is missing; the others are always there.
	if (kind.oldKey in report || kind.oldKey !== 'BuildCache') return listOf(report[kind.oldKey], kind.oldKey);
	return null;
}

/** An empty list is left out from API 1.52 on; one that was not asked for in full is, too. */
function itemsOf(usage: Readonly<Record<string, unknown>>, key: string): readonly unknown[] {
	if (usage['Items'] === undefined && (usage['TotalCount'] ?? 0) === 0) return [];
	return listOf(usage['Items'], key);
}

/** Go writes `null` for a list without entries; one that is missing is not empty but unknown. */
function listOf(value: unknown, what: string): readonly unknown[] {
	if (value === null) return [];
	if (!Array.isArray(value)) throw new ReadingError('malformed', `the engine's answer has no list of ${what}`);
	return value;
}

async function list(source: UsageSource, path: string, query: EngineQuery): Promise<readonly unknown[]> {
	return listOf(await read(source, path, query), path);
}

async function read(source: UsageSource, path: string, query: EngineQuery): Promise<unknown> {
	try {
		const {reader, timings, signal} = source;
		return await reader.read({kind: 'report', path, query, timeoutMs: timings.diskUsageMs}, signal);
	} catch (error) {
		// Engines before 23.0 refuse a second report while one is being made, whoever asked for it.
		if (error instanceof ReadingError && error.failure.message.includes('operation is already running')) {
			throw new ReadingError('refused', 'the engine is already measuring for somebody else: try again in a minute');
		}
		throw error;
	}
}

function unlessMissing(error: unknown): null {
	if (error instanceof ReadingError && error.failure.code === 'not-found') return null;
	throw error;
}

function speaks({apiVersion}: UsageSource, version: string): boolean {
	return apiVersion !== null && !isNewer(version, apiVersion);
}
