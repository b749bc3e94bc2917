/** What a prune asks for when nobody asked for anything: images without a name, and nothing else. */
import type {PruneWishes} from '../../model/prune-plan.ts';

export const defaultWishes: PruneWishes = {
	olderThanMs: null,
	unusedForMs: null,
	keepNewest: 0,
	dangling: false,
	buildCache: false,
	stoppedForMs: null,
	logs: false,
	volumes: [],
	protect: [],
	freeUntilRatio: null,
};

/** True when unnamed images are wished for: by name, or because nothing else was. Limits such as `keepNewest` select nothing. */
export function wantsDangling(wishes: PruneWishes): boolean {
	const {dangling, buildCache, logs, volumes, stoppedForMs} = wishes;
	return dangling || !(wantsByAge(wishes) || buildCache || logs || volumes.length > 0 || stoppedForMs !== null);
}

/** True when images are wished for by an age. */
export function wantsByAge({olderThanMs, unusedForMs}: PruneWishes): boolean {
	return olderThanMs !== null || unusedForMs !== null;
}
