/** Makes a key known that a person has looked at and accepted. */
import type {OfferedHostKey} from '../../model/offered-host-key.ts';
import {UserError} from '../../model/user-error.ts';
import type {KnownHostsFiles} from './known-hosts-files.ts';
import {wireKeyType} from './parse-known-hosts.ts';
import type {PinnedHostKeys} from './pinned-host-keys.ts';

/** Rejects with `UserError` for a key nobody may accept, and as `fs` when the file cannot be written. */
export async function acceptHostKey(
	{verdict, lookupName, key, addTo, hashed}: OfferedHostKey,
	{files, pinned}: {readonly files: KnownHostsFiles; readonly pinned: PinnedHostKeys},
): Promise<void> {
	if (verdict !== 'unknown' || addTo === null) {
		throw new UserError(`the key of ${lookupName} cannot be accepted here: it is ${verdict}, or asking is forbidden`);
	}
	const wire = Buffer.from(key, 'base64');
	pinned.pin(lookupName, wireKeyType(wire), wire);
	await files.add(addTo, lookupName, wire, hashed);
}
