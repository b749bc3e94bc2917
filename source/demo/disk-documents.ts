/** What the engine of a demo host tells of its disk: `GET /system/df` and `GET /volumes`, in the shape of each API version. */
import {containerDocument} from './container-documents.ts';
import type {DemoCacheRecord, DemoVolume} from './demo-disk.ts';
import type {DemoHost} from './demo-host.ts';
import {imageDocuments} from './image-documents.ts';

type Part = {readonly type: string; readonly oldKey: string; readonly newKey: string; items(): readonly object[]};

/** `types` null asks for all. From API 1.42 on only what is asked for is there; from 1.52 on it has a shape of its own. */
export function diskUsageDocument(
	host: DemoHost,
	apiVersion: number,
	types: readonly string[] | null,
	verbose: string | null,
): object {
	const wanted = listParts(host, apiVersion).filter(
		({type}) => apiVersion < 42 || types === null || types.includes(type),
	);
	const isOld = apiVersion < 52 || verbose === null;
	const totals = isOld && wanted.some(({type}) => type === 'image') ? {LayersSize: host.disk.images.layersBytes()} : {};
	const fields = wanted.flatMap(({oldKey, newKey, items}): [string, unknown][] => {
		const list = items();
		const old: [string, unknown][] = isOld && apiVersion < 53 ? [[oldKey, list]] : [];
		const inFull = !isOld && isTrueText(verbose) && list.length > 0;
		return apiVersion < 52 ? old : [...old, [newKey, {TotalCount: list.length, ...(inFull ? {Items: list} : {})}]];
	});
	return {...totals, ...Object.fromEntries(fields)};
}

/** `GET /volumes`: without sizes, as nobody asked for them. */
export function volumesDocument({disk}: DemoHost): object {
	return {Volumes: [...disk.volumes.values()].map((volume) => volumeDocument(volume)), Warnings: null};
}

function listParts(host: DemoHost, apiVersion: number): readonly Part[] {
	const {disk, ward, clock} = host;
	return [
		{type: 'image', oldKey: 'Images', newKey: 'ImageUsage', items: () => imageDocuments(host, apiVersion, true)},
		{
			type: 'container',
			oldKey: 'Containers',
			newKey: 'ContainerUsage',
			items: () => ward.list().map((container) => containerDocument(container, clock.now(), disk, true)),
		},
		{
			type: 'volume',
			oldKey: 'Volumes',
			newKey: 'VolumeUsage',
			items: () =>
				[...disk.volumes.values()].map((volume) => ({
					...volumeDocument(volume),
					UsageData: {Size: volume.bytes, RefCount: isMounted(host, volume) ? 1 : 0},
				})),
		},
		...(apiVersion < 39 ? [] : [cachePart(host, apiVersion)]),
	];
}

function cachePart({disk}: DemoHost, apiVersion: number): Part {
	const items = (): readonly object[] =>
		[...disk.buildCache.values()].map((record) => cacheDocument(record, apiVersion));
	return {type: 'build-cache', oldKey: 'BuildCache', newKey: 'BuildCacheUsage', items};
}

export function isMounted({ward}: DemoHost, {mountedBy}: DemoVolume): boolean {
	return mountedBy !== null && ward.list().some(({name}) => name === mountedBy);
}

function volumeDocument({name, createdAt, labels}: DemoVolume): object {
	return {
		CreatedAt: new Date(createdAt).toISOString(),
		Driver: 'local',
		Labels: labels,
		Mountpoint: `/var/lib/docker/volumes/${name}/_data`,
		Name: name,
		Options: null,
		Scope: 'local',
	};
}

function cacheDocument(record: DemoCacheRecord, apiVersion: number): object {
	const parent =
		apiVersion < 42 ? {Parent: record.parentId ?? ''} : {Parents: record.parentId === null ? null : [record.parentId]};
	return {
		ID: record.id,
		...parent,
		Type: record.kind,
		Description: record.description,
		InUse: record.inUse,
		Shared: false,
		Size: record.bytes,
		CreatedAt: new Date(record.createdAt).toISOString(),
		LastUsedAt: new Date(record.lastUsedAt).toISOString(),
		UsageCount: 3,
	};
}

function isTrueText(text: string | null): boolean {
	return text === '1' || text === 'true';
}
