/** Finds the newest images of each repository, which stay however long nobody used them: they are what one rolls back to. */
import type {ImageUse} from '../../model/disk-usage.ts';
import {repositoriesOf} from '../../model/image-names.ts';
import {knownMoment} from '../../model/known-moment.ts';
import type {Stay} from './verdict.ts';

/**
 * By image id, why it stays. Newness is the build time, because a tag put on an old image does not make it new; the tag
 * time stands in for images that do not say when they were built. Images in use and protected ones take places too. One
 * as old as the last that stays also stays, and one of unknown age stays beside them, since it may be among the newest.
 * An image without a tag belongs to the repositories of its digests.
 */
export function keepNewest(images: readonly ImageUse[], count: number): ReadonlyMap<string, Stay> {
	const stays = new Map<string, Stay>();
	if (count <= 0) return stays;
	const byRepository = new Map<string, ImageUse[]>();
	for (const image of images) {
		for (const repository of repositoriesOf(image)) {
			const members = byRepository.get(repository);
			if (members === undefined) byRepository.set(repository, [image]);
			else members.push(image);
		}
	}
	for (const [repository, members] of byRepository) {
		const moments = members.map(momentOf).filter((at) => at !== null);
		const lastKept = moments.sort((one, other) => other - one)[Math.min(count, moments.length) - 1] ?? 0;
		for (const image of members) {
			const at = momentOf(image);
			if (at !== null && at < lastKept) continue;
			stays.set(image.id, at === null ? unknownStay(repository) : newestStay(repository, count));
		}
	}
	return stays;
}

function momentOf(image: ImageUse): number | null {
	return knownMoment(image.builtAt) ?? knownMoment(image.taggedAt);
}

function newestStay(repository: string, count: number): Stay {
	const why = count === 1 ? `newest of ${repository}` : `among the ${count} newest of ${repository}`;
	return {reason: 'newest', why: `${why}, by build time`};
}

function unknownStay(repository: string): Stay {
	return {reason: 'unknown-age', why: `does not say when it was built, so it may be the newest of ${repository}`};
}
