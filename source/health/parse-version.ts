/** Reads the numbers of a kernel's or an engine's version, so that they can be compared with those of known trouble. */

export type Version = readonly [major: number, minor: number, patch: number];

/** `20.10.24+dfsg1` and `3.16.0-4-amd64` alike; null for text that does not start with two numbers. */
export function parseVersion(text: string): Version | null {
	const found = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
	return found === null ? null : [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
}

export function isAtLeast(version: Version, major: number, minor: number): boolean {
	return version[0] > major || (version[0] === major && version[1] >= minor);
}
