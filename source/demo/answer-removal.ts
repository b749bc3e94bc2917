/** Removes single objects of a demo host, or says in the engine's own words why not. */
import type {DemoHost} from './demo-host.ts';
import {isMounted} from './disk-documents.ts';
import type {DemoImage} from './demo-image.ts';
import {repositoryOf} from './demo-image.ts';

export type RemovalAnswer = {readonly status: number; readonly document: object | null};

type Refusal = {readonly status: number; readonly document: {readonly message: string}};

/** `method` and `path` without version; null for what is no removal. */
export function answerRemoval(
	host: DemoHost,
	method: string,
	path: string,
	query: URLSearchParams,
): RemovalAnswer | null {
	if (method === 'POST' && path === '/build/prune') return pruneBuildCache(host, query.get('filters'));
	const [, kind, target] = /^\/(images|containers|volumes)\/(.+)$/.exec(decodeURIComponent(path)) ?? [];
	if (method !== 'DELETE' || kind === undefined || target === undefined) return null;
	if (kind === 'images') return removeImage(host, target);
	return kind === 'containers' ? removeContainer(host, target) : removeVolume(host, target);
}

function removeImage(host: DemoHost, reference: string): RemovalAnswer {
	const {images} = host.disk;
	const image = images.find(reference);
	if (image === undefined) return refuse(404, `No such image: ${reference}`);
	const isName = image.tags.includes(reference);
	const short = image.id.slice(7, 19);
	if (isName && image.tags.length > 1) {
		images.untag(image.id, reference);
		return {status: 200, document: [{Untagged: reference}]};
	}
	if (!isName && new Set(image.tags.map(repositoryOf)).size > 1) {
		return refuse(
			409,
			`conflict: unable to delete ${short} (must be forced) - image is referenced in multiple repositories`,
		);
	}
	const user = host.ward.list().find(({imageId}) => imageId === image.id);
	if (user === undefined) return {status: 200, document: deleteImage(host, image)};
	const whose = `${user.state === 'running' ? 'running' : 'stopped'} container ${user.id.slice(0, 12)}`;
	const how = user.state === 'running' ? 'cannot be forced' : 'must be forced';
	return refuse(
		409,
		isName
			? `conflict: unable to remove repository reference "${reference}" (must force) - container ${user.id.slice(0, 12)} is using its referenced image ${short}`
			: `conflict: unable to delete ${short} (${how}) - image is being used by ${whose}`,
	);
}

function deleteImage({disk}: DemoHost, image: DemoImage): readonly object[] {
	const gone = disk.images.remove(image.id);
	disk.free(gone.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0));
	return [
		...[...image.tags, ...image.digests].map((name) => ({Untagged: name})),
		{Deleted: image.id},
		...gone.map(({diffId}) => ({Deleted: diffId})),
	];
}

function removeContainer({ward, disk, clock}: DemoHost, reference: string): RemovalAnswer {
	const container = ward.find(reference);
	if (container === undefined) return refuse(404, `No such container: ${reference}`);
	if (container.state !== 'exited') {
		return refuse(
			409,
			`You cannot remove a ${container.state} container ${container.id}. Stop the container before attempting removal or force remove`,
		);
	}
	disk.free(disk.writableBytesOf(container) + disk.logBytesOf(container));
	ward.remove(container.id, clock.now());
	return {status: 204, document: null};
}

function removeVolume(host: DemoHost, name: string): RemovalAnswer {
	const {disk, ward} = host;
	const volume = disk.volumes.get(name);
	if (volume === undefined) return refuse(404, `get ${name}: no such volume`);
	if (isMounted(host, volume)) {
		const user = ward.list().find((container) => container.name === volume.mountedBy);
		return refuse(409, `remove ${name}: volume is in use - [${user?.id ?? ''}]`);
	}
	disk.volumes.delete(name);
	disk.free(volume.bytes);
	return {status: 204, document: null};
}

/** A record goes when nothing was made from it and no build uses it; else the answer is that nothing went. */
function pruneBuildCache({disk}: DemoHost, filters: string | null): RemovalAnswer {
	const id = parseId(filters);
	const record = disk.buildCache.get(id ?? '');
	const hasChild = [...disk.buildCache.values()].some(({parentId}) => parentId === id);
	if (record === undefined || record.inUse || hasChild) {
		return {status: 200, document: {CachesDeleted: null, SpaceReclaimed: 0}};
	}
	disk.buildCache.delete(record.id);
	disk.free(record.bytes);
	return {status: 200, document: {CachesDeleted: [record.id], SpaceReclaimed: record.bytes}};
}

/** Without an id a real engine would prune everything; this one does not play that. */
function parseId(filters: string | null): string | null {
	try {
		const {id} = JSON.parse(filters ?? '{}') as {readonly id?: readonly string[]};
		return id?.[0] ?? null;
	} catch {
		return null;
	}
}

function refuse(status: number, message: string): Refusal {
	return {status, document: {message}};
}
