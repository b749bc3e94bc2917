/** Images of a demo host as the engine's API lists and inspects them. */
import type {DemoHost} from './demo-host.ts';
import type {DemoImage} from './demo-image.ts';

/** `GET /images/json`. API 1.44 dropped `VirtualSize`; before 1.43 an untagged image was called `<none>:<none>`. */
export function imageDocuments({disk}: DemoHost, apiVersion: number, sharedSize: boolean): readonly object[] {
	const {images} = disk;
	return images.list().map((image) => ({
		Id: image.id,
		ParentId: '',
		RepoTags: image.tags.length === 0 ? (apiVersion < 43 ? ['<none>:<none>'] : []) : image.tags,
		RepoDigests: image.digests,
		Created: Math.floor(image.createdAt / 1000),
		Size: image.sizeBytes,
		...(apiVersion < 44 ? {VirtualSize: image.sizeBytes} : {}),
		...(apiVersion >= 25 ? {SharedSize: sharedSize ? images.sharedBytesOf(image) : -1, Containers: -1} : {}),
		Labels: null,
	}));
}

/** `GET /images/{name}/json`, the parts that tell what the image is made of. */
export function imageInspection(image: DemoImage): object {
	return {
		Id: image.id,
		RepoTags: image.tags,
		RepoDigests: image.digests,
		Parent: '',
		Created: new Date(image.createdAt).toISOString(),
		Size: image.sizeBytes,
		Config: {Labels: null},
		RootFS: {Type: 'layers', Layers: image.layers.map(({diffId}) => diffId)},
		Metadata: {LastTagTime: image.taggedAt === null ? '0001-01-01T00:00:00Z' : new Date(image.taggedAt).toISOString()},
	};
}

/** `GET /images/{name}/history`: newest step first; the last one only says what to start. */
export function imageHistory(image: DemoImage): readonly object[] {
	const created = Math.floor(image.createdAt / 1000);
	const steps = image.layers.map(({createdBy, sizeBytes}) => ({createdBy, sizeBytes}));
	return [...steps, {createdBy: 'CMD ["/app"]', sizeBytes: 0}].toReversed().map(({createdBy, sizeBytes}, index) => ({
		Id: index === 0 ? image.id : '<missing>',
		Created: created,
		CreatedBy: createdBy,
		Tags: index === 0 ? image.tags : null,
		Size: sizeBytes,
		Comment: 'buildkit.dockerfile.v0',
	}));
}
