/** Puts objects in the order in which they can go, the least valuable first. */
import type {Survey} from './survey-host.ts';
import type {Verdict} from './verdict.ts';

const dayMs = 86_400_000;

/**
 * Order of value: `valueRanks`, an object counting as much as the most valuable that has to go before it; then the
 * longest unused by whole days; then the largest; then by key, so that the same host gives the same plan. Whatever must
 * go first stands first. Takes and gives keys.
 */
export function orderByValue(keys: ReadonlySet<string>, survey: Survey): readonly string[] {
	const {verdicts, needs} = survey;
	const ranks = new Map<string, number>();
	for (const key of neededFirst([...keys], keys, survey)) {
		const before = (needs.get(key) ?? []).map((need) => ranks.get(need) ?? 0);
		ranks.set(key, Math.max(verdicts.get(key)?.rank ?? 0, ...before));
	}
	const byValue = [...keys].sort(
		(one, other) =>
			(ranks.get(one) ?? 0) - (ranks.get(other) ?? 0) || compareVerdicts(verdicts.get(one), verdicts.get(other)),
	);
	return neededFirst(byValue, keys, survey);
}

/** The keys in their order, but each after all it needs. Without recursion: how deep it goes is up to the host. */
function neededFirst(order: readonly string[], keys: ReadonlySet<string>, {needs}: Survey): readonly string[] {
	const placed = new Set<string>();
	const entered = new Set<string>();
	const path = [...order].reverse();
	for (let key = path.pop(); key !== undefined; key = path.pop()) {
		if (entered.has(key)) {
			placed.add(key);
			continue;
		}
		entered.add(key);
		const before = (needs.get(key) ?? []).filter((need) => keys.has(need) && !entered.has(need));
		path.push(key, ...before);
	}
	return [...placed];
}

function compareVerdicts(one: Verdict | undefined, other: Verdict | undefined): number {
	if (one === undefined || other === undefined) return 0;
	return (
		dayOf(one) - dayOf(other) ||
		(other.item.sizeBytes ?? 0) - (one.item.sizeBytes ?? 0) ||
		(one.item.key < other.item.key ? -1 : 1)
	);
}

/** What nobody knows the last use of counts as used last. */
function dayOf({usedAt}: Verdict): number {
	return usedAt === null ? Number.MAX_SAFE_INTEGER : Math.floor(usedAt / dayMs);
}
