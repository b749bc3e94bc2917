/** Asks once for all who want the same answer at the same time, as when hundreds of hosts need the same file. */

/** Nothing is remembered: who asks after the answer has come causes a new question. */
export function shareInFlight<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
	const inFlight = new Map<string, Promise<T>>();
	return (key) => {
		const shared = inFlight.get(key);
		if (shared !== undefined) return shared;
		const answer = ask(key).finally(() => inFlight.delete(key));
		inFlight.set(key, answer);
		return answer;
	};
}
