/** Tells moments from the stand-ins for "never" that engines and builders write in their place. */

/** Docker was first shown in March 2013; 0001 is Go's zero time, 1970 and 1980 are what reproducible builds write. */
const firstPossibleAt = Date.UTC(2013, 0, 1);

/** The moment, or null when it cannot be one: nothing of a container engine is older than container engines. */
export function knownMoment(at: number | null): number | null {
	return at !== null && Number.isFinite(at) && at >= firstPossibleAt ? at : null;
}
