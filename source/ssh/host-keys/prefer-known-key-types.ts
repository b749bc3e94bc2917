/** Orders host key algorithms so that a host proves itself with a key already known for it, as ssh does. */
import type {ServerHostKeyAlgorithm} from 'ssh2';
import type {KnownHostsEntry} from './parse-known-hosts.ts';
import {lookupNameOf, type HostKeyNames} from './verify-host-key.ts';

/** What ssh2 can check, strongest first. */
export const hostKeyAlgorithms: readonly ServerHostKeyAlgorithm[] = [
	'ssh-ed25519',
	'ecdsa-sha2-nistp256',
	'ecdsa-sha2-nistp384',
	'ecdsa-sha2-nistp521',
	'rsa-sha2-512',
	'rsa-sha2-256',
	'ssh-rsa',
];

/** All algorithms, those of known keys first: with only an RSA line known, ed25519 would look like a changed key. */
export function preferKnownKeyTypes(
	names: HostKeyNames,
	entries: readonly KnownHostsEntry[],
): readonly ServerHostKeyAlgorithm[] {
	const typesFor = (lookupName: string): ReadonlySet<string> =>
		new Set(
			entries.filter((entry) => entry.marker === 'none' && entry.matches(lookupName)).map((entry) => entry.keyType),
		);
	let types = typesFor(lookupNameOf(names));
	if (types.size === 0 && names.hostKeyAlias === null) types = typesFor(names.hostname.toLowerCase());
	const isKnown = (algorithm: string): boolean => types.has(keyTypeOf(algorithm));
	return [...hostKeyAlgorithms.filter(isKnown), ...hostKeyAlgorithms.filter((algorithm) => !isKnown(algorithm))];
}

function keyTypeOf(algorithm: string): string {
	return algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm;
}
