/** The images one demo host has now, as they lose names and go. */
import type {DemoImage, DemoLayer} from './demo-image.ts';

export type ImageStore = {
	list(): readonly DemoImage[];
	/** By id, unambiguous start of an id, or name. */
	find(reference: string): DemoImage | undefined;
	untag(id: string, tag: string): void;
	/** Answers with the layers that no other image has: what was freed. */
	remove(id: string): readonly DemoLayer[];
	/** Bytes of its layers that other images have, too. */
	sharedBytesOf(image: DemoImage): number;
	/** Bytes of all layers, each counted once. */
	layersBytes(): number;
};

export function createImageStore(images: readonly DemoImage[]): ImageStore {
	const byId = new Map(images.map((image) => [image.id, image]));
	const users = new Map<string, number>();
	const bytes = new Map<string, number>();
	for (const {layers} of images) {
		for (const {diffId, sizeBytes} of layers) {
			users.set(diffId, (users.get(diffId) ?? 0) + 1);
			bytes.set(diffId, sizeBytes);
		}
	}

	const byName = (reference: string): DemoImage | undefined =>
		[...byId.values()].find(({tags}) => tags.includes(reference) || tags.includes(`${reference}:latest`));
	const byShortId = (reference: string): DemoImage | undefined => {
		const digits = reference.replace(/^sha256:/, '');
		if (!/^[0-9a-f]{4,}$/.test(digits)) return undefined;
		return [...byId.values()].find(({id}) => id.startsWith(`sha256:${digits}`));
	};

	return {
		list: () => [...byId.values()],
		find: (reference) => byId.get(reference) ?? byName(reference) ?? byShortId(reference),
		untag(id, tag) {
			const image = byId.get(id);
			if (image === undefined) return;
			const tags = image.tags.filter((name) => name !== tag);
			byId.set(id, {...image, tags, digests: tags.length === 0 ? [] : image.digests});
		},
		remove(id) {
			const image = byId.get(id);
			byId.delete(id);
			return (image?.layers ?? []).filter(({diffId}) => {
				const left = (users.get(diffId) ?? 1) - 1;
				if (left > 0) users.set(diffId, left);
				else users.delete(diffId);
				return left <= 0;
			});
		},
		sharedBytesOf: ({layers}) =>
			layers.reduce((sum, {diffId, sizeBytes}) => sum + ((users.get(diffId) ?? 0) > 1 ? sizeBytes : 0), 0),
		layersBytes: () => [...users.keys()].reduce((sum, diffId) => sum + (bytes.get(diffId) ?? 0), 0),
	};
}
