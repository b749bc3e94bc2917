/** What a prune dialog says in words: totals, wishes, outcomes. */
import type {
	ByteRange,
	ItemOutcome,
	KeptReason,
	PruneObjectKind,
	PruneResult,
	PruneWishes,
} from '../../model/prune-plan.ts';
import {formatBytes, formatCount, formatDuration, formatPlural, formatRatio} from '../../support/format.ts';
import {pruneKinds, type PruneTotals} from '../../view-state/prune-page.ts';
import type {Tone} from '../line.ts';

export const kindTitles: Readonly<Record<PruneObjectKind, string>> = {
	container: 'Containers',
	image: 'Images',
	volume: 'Volumes',
	'build-cache': 'Build cache',
};

const kindNouns: Readonly<Record<PruneObjectKind, string>> = {
	container: 'container',
	image: 'image',
	volume: 'volume',
	'build-cache': 'cache record',
};

export const keptWords: Readonly<Record<KeptReason, string>> = {
	'in-use': 'in use',
	newest: 'newest',
	protected: 'protected',
	'too-young': 'too young',
	'not-selected': 'not wished',
	'parent-of-kept': 'needed',
	'target-met': 'enough',
	unchecked: 'unchecked',
	'unknown-age': 'age unknown',
	'taken-out': 'taken out',
};

/** `12 GB`, or `12 GB to 14 GB`. */
export function formatRange({minBytes, maxBytes}: ByteRange): string {
	const [least, most] = [formatBytes(minBytes), formatBytes(maxBytes)];
	return least === most ? least : `${least} to ${most}`;
}

/** `34 objects: 3 containers, 31 images`; `nothing`. */
export function formatObjects({items, itemsByKind}: Pick<PruneTotals, 'items' | 'itemsByKind'>): string {
	const kinds = pruneKinds.filter((kind) => itemsByKind[kind] > 0);
	if (items === 0) return 'nothing';
	return kinds.map((kind) => formatPlural(itemsByKind[kind], kindNouns[kind])).join(', ');
}

export function formatWishes(wishes: PruneWishes): string {
	const {olderThanMs, unusedForMs, keepNewest, dangling, buildCache, stoppedForMs, logs, volumes, protect} = wishes;
	const selected = [
		...(unusedForMs === null ? [] : [`images unused for ${formatDuration(unusedForMs)}`]),
		...(olderThanMs === null ? [] : [`images older than ${formatDuration(olderThanMs)}`]),
		...(dangling ? ['images without a name'] : []),
		...(stoppedForMs === null ? [] : [`containers stopped for ${formatDuration(stoppedForMs)}`]),
		...(buildCache ? ['build cache'] : []),
		...(volumes.length === 0 ? [] : [`volumes ${volumes.join(' ')}`]),
		...(logs ? ['advice on logs'] : []),
	];
	const limits = [
		...(keepNewest === 0 ? [] : [`the newest ${keepNewest} of each repository stay`]),
		...(protect.length === 0 ? [] : [`protected: ${protect.join(' ')}`]),
		...(wishes.freeUntilRatio === null ? [] : [`until ${formatRatio(wishes.freeUntilRatio)} are used`]),
	];
	return [...(selected.length === 0 ? ['images without a name'] : selected), ...limits].join(' · ');
}

const outcomeWords: Readonly<Record<ItemOutcome['kind'], readonly [string, Tone]>> = {
	removed: ['✓ gone', 'ok'],
	gone: ['✓ was gone', 'ok'],
	'in-use': ['▲ in use', 'warning'],
	failed: ['✖ failed', 'critical'],
	unknown: ['? unknown', 'unknown'],
	'not-attempted': ['– not tried', 'dim'],
};

export function describeOutcome({kind}: ItemOutcome): readonly [string, Tone] {
	return outcomeWords[kind];
}

/** `12 gone · 1 in use since · 2 unknown`. */
export function formatOutcomes(outcomes: Iterable<ItemOutcome>): string {
	const counts = new Map<ItemOutcome['kind'], number>();
	for (const {kind} of outcomes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
	const words: Readonly<Record<ItemOutcome['kind'], string>> = {
		removed: 'removed',
		gone: 'gone before',
		'in-use': 'in use since',
		failed: 'failed',
		unknown: 'unknown',
		'not-attempted': 'not tried',
	};
	const parts = Object.entries(words).flatMap(([kind, text]) => {
		const count = counts.get(kind as ItemOutcome['kind']);
		return count === undefined ? [] : [`${formatCount(count)} ${text}`];
	});
	return parts.length === 0 ? 'nothing done' : parts.join(' · ');
}

/** What the file system says beside what was promised; never the promise alone. */
export function formatFreed({freedBytes, plan}: PruneResult): string {
	const promised = `planned ${formatRange(plan.reclaim)}`;
	if (freedBytes === null) return `the file system could not be asked, ${promised}`;
	if (freedBytes < 0) return `${formatBytes(-freedBytes)} more in use than before: others wrote meanwhile, ${promised}`;
	return `the file system has ${formatBytes(freedBytes)} more, ${promised}`;
}

export const verificationWords: Readonly<Record<PruneResult['verification'], readonly [string, Tone]>> = {
	verified: ['looked again: all that was removed is gone', 'ok'],
	differs: ['looked again: something that was removed is still there', 'critical'],
	unverified: ['could not look again whether all is gone', 'unknown'],
};
