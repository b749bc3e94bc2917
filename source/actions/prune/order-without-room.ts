/** On a full disk: puts first what an engine can remove almost without writing, so that the rest finds room. */
import type {PruneItem} from '../../model/prune-plan.ts';

/**
 * How much an engine writes to remove one. Containers: their state, and it goes on when that fails (moby
 * daemon/delete.go); unnamed images: next to nothing; volumes: their list, after their data went; build cache: its
 * database; named images: the whole list of names anew, before anything goes (moby reference/store.go).
 */
function writesOf({kind, calls, names}: PruneItem): number {
	if (kind === 'container') return 0;
	if (kind === 'image') return names.length === 0 && calls.length === 1 ? 1 : 4;
	return kind === 'volume' ? 2 : 3;
}

/** The same items; those alike stay in their order, because what was built on an image must go before it. */
export function orderWithoutRoom(items: readonly PruneItem[]): readonly PruneItem[] {
	return items.toSorted((one, other) => writesOf(one) - writesOf(other));
}
