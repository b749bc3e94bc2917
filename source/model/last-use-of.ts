/** Finds when an image was last of use to anybody, and says how that is known. */
import type {ContainerUse, ImageUse} from './disk-usage.ts';
import type {Age, AgeKind} from './prune-plan.ts';
import {knownMoment} from './known-moment.ts';

/**
 * The newest of: a container made from it was created or stopped, a name was put on it, it was built. Engines keep no
 * time of the pull and none of containers that are gone, so it is the last use that can be known, not the last use.
 * Null when none of these moments is known.
 */
export function lastUseOf(image: ImageUse, users: readonly ContainerUse[]): Age | null {
	const moments: readonly (readonly [number | null, AgeKind])[] = [
		...users.map(({finishedAt}) => [finishedAt, 'container-finished'] as const),
		...users.map(({createdAt}) => [createdAt, 'container-created'] as const),
		[image.taggedAt, 'tagged'],
		[image.builtAt, 'built'],
	];
	let newest: Age | null = null;
	for (const [moment, kind] of moments) {
		const at = knownMoment(moment);
		if (at !== null && (newest === null || at > newest.at)) newest = {at, kind};
	}
	return newest;
}

/** When it was built; null where the image does not say, or says a time that cannot be. */
export function buildAgeOf(image: ImageUse): Age | null {
	const at = knownMoment(image.builtAt);
	return at === null ? null : {at, kind: 'built'};
}
