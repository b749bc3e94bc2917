/** Picks the API version to speak: the engine's newest, unless that is newer than what this program knows. */

/** Newest version whose answers are understood here (Docker 27). */
export const newestKnown = '1.47';

/** Null when the engine does not name one that can be read. */
export function parseApiVersion(text: unknown): string | null {
	return typeof text === 'string' && /^\d{1,2}\.\d{1,3}$/.test(text) ? text : null;
}

export function isNewer(version: string, other: string): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
	return major > otherMajor || (major === otherMajor && minor > otherMinor);
}

/** `…Minimum supported API version is 1.48…` and `…Maximum…`, from moby's version middleware. */
export function parseSupportedVersion(message: string): string | null {
	return parseApiVersion(/(?:minimum|maximum) supported API version is (\d+\.\d+)/i.exec(message)?.[1]);
}
