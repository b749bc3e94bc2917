/**
 * Turns what engines list of images, containers, volumes and build cache into what each keeps on disk. An entry that
 * makes no sense fails the whole list: a plan made from part of it would take for unused what is not.
 */
import type {BuildCacheUse, ContainerUse, ImageUse, VolumeUse} from '../model/disk-usage.ts';
import {ReadingError} from '../model/reading-error.ts';
import {asArray, asLabels, asNumber, asObject, asText, type JsonObject} from './json-shape.ts';
import {mapContainerState, mapName} from './map-container.ts';
import {engineSeconds, parseEngineTime} from './parse-engine-time.ts';

/** Beyond it the answer is none that this program can hold. */
const entryLimit = 50_000;

export function mapImageUses(list: readonly unknown[]): readonly ImageUse[] {
	return mapEach(list, 'image', (image, id) => ({
		id,
		tags: referencesOf(image['RepoTags']),
		digests: referencesOf(image['RepoDigests']),
		labels: asLabels(image['Labels']),
		builtAt: engineSeconds(image['Created']),
		taggedAt: null,
		sizeBytes: bytesOf(image['Size']) ?? bytesOf(image['VirtualSize']) ?? refuse('image', id, 'size'),
		sharedBytes: bytesOf(image['SharedSize']),
		parentId: asText(image['ParentId'], 128) || null,
	}));
}

/** `list` as asked with sizes: an engine leaves the writable layer's size out when it is 0. */
export function mapContainerUses(list: readonly unknown[]): readonly ContainerUse[] {
	return mapEach(list, 'container', (container, id) => ({
		id,
		name: mapName(container['Names'], id),
		imageId: asText(container['ImageID'] ?? container['ImageId'], 128) || refuse('container', id, 'image'),
		image: asText(container['Image'], 500),
		state: mapContainerState(container['State'], asText(container['Status'], 200)),
		createdAt: engineSeconds(container['Created']) ?? 0,
		finishedAt: null,
		writableBytes: container['SizeRw'] === undefined && isSized(container) ? 0 : bytesOf(container['SizeRw']),
		labels: asLabels(container['Labels']),
		volumes: asArray(container['Mounts']).flatMap((mount) => volumeOf(asObject(mount))),
	}));
}

export function mapVolumeUses(list: readonly unknown[]): readonly VolumeUse[] {
	return asEntries(list, 'volume').map((volume) => {
		const name = asText(volume['Name'], 300) || refuse('volume', '', 'name');
		const usage = asObject(volume['UsageData']);
		const labels = asLabels(volume['Labels']);
		return {
			name,
			driver: asText(volume['Driver'], 100),
			labels,
			createdAt: parseEngineTime(volume['CreatedAt']),
			bytes: bytesOf(usage['Size']),
			references: bytesOf(usage['RefCount']),
			isAnonymous: /^[0-9a-f]{64}$/.test(name) || 'com.docker.volume.anonymous' in labels,
		};
	});
}

/** `Parent` until API 1.41, `Parents` from 1.42 on. */
export function mapBuildCacheUses(list: readonly unknown[]): readonly BuildCacheUse[] {
	return asEntries(list, 'build cache record').map((record) => {
		const id = asText(record['ID'], 128) || refuse('build cache record', '', 'id');
		const parents = [...asArray(record['Parents']), record['Parent']].map((parent) => asText(parent, 128));
		return {
			id,
			kind: asText(record['Type'], 50),
			description: asText(record['Description'], 300),
			bytes: bytesOf(record['Size']) ?? refuse('build cache record', id, 'size'),
			createdAt: parseEngineTime(record['CreatedAt']),
			lastUsedAt: parseEngineTime(record['LastUsedAt']),
			inUse: record['InUse'] === true,
			isShared: record['Shared'] === true,
			parentIds: parents.filter((parent) => parent !== ''),
		};
	});
}

function mapEach<T>(list: readonly unknown[], noun: string, map: (entry: JsonObject, id: string) => T): readonly T[] {
	return asEntries(list, noun).map((entry) => map(entry, asText(entry['Id'], 128) || refuse(noun, '', 'id')));
}

function asEntries(list: readonly unknown[], noun: string): readonly JsonObject[] {
	if (list.length > entryLimit) throw new ReadingError('malformed', `the engine lists ${list.length} ${noun}s`);
	return list.map(asObject);
}

function refuse(noun: string, id: string, what: string): never {
	const which = id === '' ? `a ${noun}` : `${noun} ${id.slice(0, 19)}`;
	throw new ReadingError('malformed', `the engine lists ${which} without ${what}`);
}

/** Engines write -1 for what they have not measured. */
function bytesOf(value: unknown): number | null {
	const number = asNumber(value);
	return number === null || number < 0 ? null : number;
}

function isSized(container: JsonObject): boolean {
	return (bytesOf(container['SizeRootFs']) ?? 0) > 0;
}

/** Images without a name are listed as `<none>:<none>` before API 1.43. */
function referencesOf(value: unknown): readonly string[] {
	return asArray(value)
		.map((reference) => asText(reference, 500))
		.filter((reference) => reference !== '' && !reference.includes('<none>'));
}

/** Mounts have no `Type` before API 1.26; only those of volumes have a name. */
function volumeOf(mount: JsonObject): readonly string[] {
	const type = asText(mount['Type'], 20);
	const name = asText(mount['Name'], 300);
	return name !== '' && (type === 'volume' || type === '') ? [name] : [];
}
