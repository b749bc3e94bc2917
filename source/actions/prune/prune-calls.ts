/**
 * The engine calls of a plan, as text a person reads and as what the run does: the run parses the very lines that were
 * shown and confirmed, so the two cannot differ.
 */
import type {ImageUse} from '../../model/disk-usage.ts';
import type {EngineOperator} from '../../model/engine-operator.ts';
import {repositoryOf} from '../../model/image-names.ts';

/** Which removal of the `EngineOperator`, and its argument. */
export type PruneCall = {
	readonly operation: Extract<
		keyof EngineOperator,
		'removeContainer' | 'removeImage' | 'removeVolume' | 'removeBuildCache'
	>;
	readonly target: string;
};

/** What stands before and after the target. Never forced; anonymous volumes and parents stay. */
const shapes: Readonly<Record<PruneCall['operation'], readonly [string, string]>> = {
	removeContainer: ['DELETE /containers/', '?force=0&v=0'],
	removeImage: ['DELETE /images/', '?force=0&noprune=1'],
	removeVolume: ['DELETE /volumes/', '?force=0'],
	removeBuildCache: ['POST /build/prune?all=1&filters={"id":["', '"]}'],
};

/** `DELETE /images/sha256:…?force=0&noprune=1`. */
export function formatPruneCall({operation, target}: PruneCall): string {
	const [before, after] = shapes[operation];
	return `${before}${target}${after}`;
}

/** The inverse of `formatPruneCall`; null for a line it did not write. */
export function parsePruneCall(text: string): PruneCall | null {
	for (const operation of Object.keys(shapes) as PruneCall['operation'][]) {
		const [before, after] = shapes[operation];
		const target = text.slice(before.length, text.length - after.length);
		if (target !== '' && text === `${before}${target}${after}`) return {operation, target};
	}
	return null;
}

/**
 * Takes an image away name by name. An engine refuses an id that has several tags or names in several repositories, so
 * all names but one go first; the last call is by id, which no tag that moved meanwhile can turn against another image.
 * Digests of a repository go with its last tag, so only those of repositories without a tag are named.
 */
export function imageCalls({id, tags, digests}: Pick<ImageUse, 'id' | 'tags' | 'digests'>): readonly string[] {
	const [lastTag, ...otherTags] = tags;
	const tagged = new Set(tags.map(repositoryOf));
	const digestOnly = digests.filter((digest) => !tagged.has(repositoryOf(digest)));
	const lastRepository = repositoryOf(lastTag ?? digestOnly[0] ?? '');
	const otherDigests = digestOnly.filter((digest) => repositoryOf(digest) !== lastRepository);
	return [...otherTags, ...otherDigests, id].map((target) => formatPruneCall({operation: 'removeImage', target}));
}
