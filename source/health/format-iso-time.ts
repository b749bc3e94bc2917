/** Times in ISO 8601; a host's clock may say anything, and what no date can hold must not stop the program. */

/** From milliseconds since the epoch, in UTC; null beyond the years a date can hold. */
export function formatIsoTime(at: number): string | null {
	const date = new Date(at);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
