/** Which containers, running or not, each image is needed by. */
import type {ContainerUse, ImageUse} from './disk-usage.ts';
import {bareId, refersTo} from './image-names.ts';

export type ImageUsers = {
	/** By image id. */
	readonly of: ReadonlyMap<string, readonly ContainerUse[]>;
	/** Made from an image that is in no list, as `rmi --force` leaves them: their layers stay, and no chain says which. */
	readonly withoutImage: readonly ContainerUse[];
};

/** A container whose image id is in no list also counts for the image of the name it was made from, to be safe. */
export function findImageUsers(images: readonly ImageUse[], containers: readonly ContainerUse[]): ImageUsers {
	const idByBareId = new Map(images.map(({id}) => [bareId(id), id]));
	const users = new Map<string, ContainerUse[]>();
	const idsByName = new Map<string, readonly string[]>();
	const withoutImage: ContainerUse[] = [];
	for (const container of containers) {
		const known = idByBareId.get(bareId(container.imageId));
		if (known === undefined) withoutImage.push(container);
		const named = known === undefined ? (idsByName.get(container.image) ?? findByName(container.image, images)) : [];
		if (known === undefined) idsByName.set(container.image, named);
		for (const id of known === undefined ? named : [known]) {
			const others = users.get(id);
			if (others === undefined) users.set(id, [container]);
			else others.push(container);
		}
	}
	return {of: users, withoutImage};
}

function findByName(name: string, images: readonly ImageUse[]): readonly string[] {
	return images.filter((image) => refersTo(name, image)).map(({id}) => id);
}

/** `used by web_1 (running), api_2 (exited) and 3 more`; running ones first. */
export function describeUsers(users: readonly Pick<ContainerUse, 'name' | 'state'>[]): string {
	const sorted = [...users].sort(
		(one, other) =>
			Number(other.state === 'running') - Number(one.state === 'running') || (one.name < other.name ? -1 : 1),
	);
	const named = sorted.slice(0, 3).map(({name, state}) => `${name} (${state})`);
	const more = sorted.length - named.length;
	return `used by ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
