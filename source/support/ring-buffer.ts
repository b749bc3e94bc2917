/** A list that keeps its newest `capacity` members; returns a new array, so that state can be compared by identity. */
export function appendBounded<T>(list: readonly T[], added: readonly T[], capacity: number): readonly T[] {
	if (added.length === 0) return list;
	if (added.length >= capacity) return added.slice(-capacity);
	const kept = list.length + added.length > capacity ? list.slice(list.length + added.length - capacity) : list;
	return [...kept, ...added];
}
