/** A private key file that is of no use until a person gives its passphrase. */
export type LockedKey = {
	readonly path: string;
	/** `SHA256:…`; null when the file does not say which key it holds. */
	readonly fingerprint: string | null;
	/** Destinations whose configuration names the file. */
	readonly usedBy: readonly string[];
};
