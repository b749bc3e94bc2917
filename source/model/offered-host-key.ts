/** A host key that was shown and not accepted, with what a person needs to judge it; all of it is public. */

/** A key on file, and where. */
export type KeyOnFile = {
	readonly keyType: string;
	/** `SHA256:…` */
	readonly fingerprint: string;
	/** `file:line` */
	readonly place: string;
};

export type OfferedHostKey = {
	readonly verdict: 'unknown' | 'changed' | 'revoked';
	/** The name as ssh looks it up and writes it: `web-07`, or `[web-07]:2222` off port 22. */
	readonly lookupName: string;
	readonly keyType: string;
	/** `SHA256:…` */
	readonly fingerprint: string;
	/** The key in SSH wire format, base64. */
	readonly key: string;
	/** The file to which ssh would add it; null when a person may not accept it (changed, revoked, `StrictHostKeyChecking yes`). */
	readonly addTo: string | null;
	/** Whether the name is to be hashed there. */
	readonly hashed: boolean;
	/** Keys on file for the name, none of them this one; or the revoked entry. */
	readonly expected: readonly KeyOnFile[];
	/** Where this very key is on file under other names, as `file:line`. */
	readonly alsoAt: readonly string[];
};
