/** Whether a build cache entry would go: one that no build uses now and that is past the ages given. */
import type {BuildCacheUse} from '../../model/disk-usage.ts';
import type {Age, PruneWishes} from '../../model/prune-plan.ts';
import {describeAgo, describeSpan} from './describe-age.ts';
import {knownMoment} from '../../model/known-moment.ts';
import {protectingPattern} from './protects.ts';
import {formatPruneCall} from './prune-calls.ts';
import {protectedStay, pruneKey, valueRanks, type Stay, type Verdict} from './verdict.ts';

/** `unusedForMs` counts from its last use, or from when it was made if it was never used again; `olderThanMs` from the latter. */
export function judgeBuildCache(entry: BuildCacheUse, wishes: PruneWishes, now: number): Verdict {
	const created = ageAt(entry.createdAt, 'created');
	const lastUse = ageAt(entry.lastUsedAt, 'last-used') ?? created;
	const {id, description, kind, bytes} = entry;
	return {
		item: {
			key: pruneKey('build-cache', id),
			kind: 'build-cache',
			id,
			names: [description === '' ? kind : description],
			sizeBytes: bytes,
			age: lastUse,
			why: lastUse === null ? 'no build uses it' : `no build uses it, ${wordsFor(lastUse, now)}`,
			cautions: entry.isShared ? ['shared with images: frees only what they do not keep'] : [],
			calls: [formatPruneCall({operation: 'removeBuildCache', target: id})],
		},
		stays: stayOf(entry, {created, lastUse}, wishes, now),
		rank: valueRanks.buildCache,
		usedAt: lastUse?.at ?? null,
	};
}

function ageAt(moment: number | null, kind: 'created' | 'last-used'): Age | null {
	const at = knownMoment(moment);
	return at === null ? null : {at, kind};
}

function wordsFor({at, kind}: Age, now: number): string {
	return `${kind === 'created' ? 'made' : 'last used'} ${describeAgo(at, now)}`;
}

function stayOf(
	{id, description, inUse}: BuildCacheUse,
	ages: {readonly created: Age | null; readonly lastUse: Age | null},
	wishes: PruneWishes,
	now: number,
): Stay | null {
	if (inUse) return {reason: 'in-use', why: 'a build uses it'};
	const pattern = protectingPattern({id, names: [description], labels: {}}, wishes.protect);
	if (pattern !== null) return protectedStay(pattern);
	if (!wishes.buildCache) return {reason: 'not-selected', why: 'the build cache was not asked for'};
	return youthOf(ages.lastUse, wishes.unusedForMs, now) ?? youthOf(ages.created, wishes.olderThanMs, now);
}

function youthOf(age: Age | null, limitMs: number | null, now: number): Stay | null {
	if (limitMs === null) return null;
	if (age === null) return {reason: 'unknown-age', why: 'the engine does not say when'};
	if (now - age.at >= limitMs) return null;
	return {reason: 'too-young', why: `${wordsFor(age, now)}, less than ${describeSpan(limitMs)}`};
}
