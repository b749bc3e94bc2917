/** Reads moments as engines write them. */

/** Milliseconds since the epoch of an RFC 3339 text; null for what Go writes for "never", and for anything unreadable. */
export function parseEngineTime(value: unknown): number | null {
	if (typeof value !== 'string' || value.length > 64 || value.startsWith('0001-')) return null;
	const at = Date.parse(value);
	return Number.isFinite(at) && at > 0 ? at : null;
}

/** The same for seconds since the epoch; 0 and less stand for "never", as in images whose build hides its time. */
export function engineSeconds(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value * 1000 : null;
}
