/**
 * Judges a host key against known_hosts entries as OpenSSH does: a name that has entries, none of them this key, is a
 * changed key, whatever the types (measured with OpenSSH 9.2); a revoked key is refused whatever else is known.
 */
import type {KnownHostsEntry} from './parse-known-hosts.ts';

export type HostKeyVerdict =
	| {readonly kind: 'known'; readonly entry: KnownHostsEntry}
	/** `authority` is an entry for host certificates, which this program cannot check. */
	| {readonly kind: 'unknown'; readonly authority: KnownHostsEntry | null}
	| {readonly kind: 'changed'; readonly entries: readonly KnownHostsEntry[]}
	| {readonly kind: 'revoked'; readonly entry: KnownHostsEntry};

export type HostKeyNames = {
	readonly hostname: string;
	readonly port: number;
	readonly hostKeyAlias: string | null;
};

/** Entries in the order of the files, user files first. */
export function verifyHostKey(key: Buffer, names: HostKeyNames, entries: readonly KnownHostsEntry[]): HostKeyVerdict {
	const lookupName = lookupNameOf(names);
	const matching = entries.filter((entry) => entry.matches(lookupName));
	const holdsKey = (entry: KnownHostsEntry): boolean => entry.key.equals(key);
	const revoked = matching.find((entry) => entry.marker === 'revoked' && holdsKey(entry));
	if (revoked !== undefined) return {kind: 'revoked', entry: revoked};
	const plain = matching.filter((entry) => entry.marker === 'none');
	const known = plain.find(holdsKey);
	if (known !== undefined) return {kind: 'known', entry: known};
	if (plain.length > 0) return {kind: 'changed', entries: plain};
	if (lookupName.startsWith('[') && names.hostKeyAlias === null) {
		// Off port 22, ssh also accepts a key known for the bare name, but never takes a mismatch there for a change.
		const bare = verifyHostKey(key, {...names, port: 22}, entries);
		if (bare.kind === 'known' || bare.kind === 'revoked') return bare;
	}
	return {kind: 'unknown', authority: matching.find((entry) => entry.marker === 'cert-authority') ?? null};
}

/** The name ssh looks up and writes: the alias as it is, else the host's name, with `[…]:port` off port 22. */
export function lookupNameOf({hostname, port, hostKeyAlias}: HostKeyNames): string {
	if (hostKeyAlias !== null) return hostKeyAlias;
	return port === 22 ? hostname.toLowerCase() : `[${hostname.toLowerCase()}]:${port}`;
}

/** The few entries that can matter for a host; each hashed one costs an HMAC, so this is asked once per connection. */
export function selectEntriesFor(names: HostKeyNames, entries: readonly KnownHostsEntry[]): readonly KnownHostsEntry[] {
	const lookups = [lookupNameOf(names), ...(names.hostKeyAlias === null ? [names.hostname.toLowerCase()] : [])];
	return entries.filter((entry) => [...new Set(lookups)].some((name) => entry.matches(name)));
}
