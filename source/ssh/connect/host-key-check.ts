/** Checks the key a host presents in one connection; nothing is accepted that known_hosts or the policy does not allow. */
import type {ServerHostKeyAlgorithm} from 'ssh2';
import type {LadderErrorFacts} from '../../model/ladder-error.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import {describeHostKey, describeHostKeyFailure, placeOf} from '../host-keys/describe-host-key-failure.ts';
import {describeRevocation} from '../host-keys/describe-revocation.ts';
import {describeOfferedHostKey} from '../host-keys/describe-offered-host-key.ts';
import type {KnownHostsFiles} from '../host-keys/known-hosts-files.ts';
import type {PinnedHostKeys} from '../host-keys/pinned-host-keys.ts';
import {preferKnownKeyTypes} from '../host-keys/prefer-known-key-types.ts';
import {readRevokedKeys} from '../host-keys/revoked-keys.ts';
import {lookupNameOf, selectEntriesFor, verifyHostKey, type HostKeyVerdict} from '../host-keys/verify-host-key.ts';

export type HostKeyCheck = {
	readonly algorithms: readonly ServerHostKeyAlgorithm[];
	/** Called with the key in wire format, at the first key exchange and at every later one. */
	accepts(key: Buffer): boolean;
	/** Hears of the first key the host shows, in words, before it is judged. */
	onOffered(listener: (key: string) => void): void;
	/** `file:line` of the entry that knows the accepted key; null for a new one. */
	foundAt(): string | null;
	/** Why the key was refused; null when it was not. */
	refusal(): LadderErrorFacts | null;
	/** Writes an accepted new key to the first user file, as `accept-new` and `no` do in ssh; never rejects. */
	remember(): Promise<void>;
};

export type HostKeyTrust = {readonly files: KnownHostsFiles; readonly pinned: PinnedHostKeys};

type Refusal = {readonly verdict: Exclude<HostKeyVerdict, {kind: 'known'}>; readonly key: Buffer};

export async function prepareHostKeyCheck(
	resolved: ResolvedTarget,
	{files, pinned}: HostKeyTrust,
	connectCommand: string,
): Promise<HostKeyCheck> {
	const all = await files.read([...resolved.userKnownHostsFiles, ...resolved.globalKnownHostsFiles]);
	const entries = [...pinned.entriesFor(lookupNameOf(resolved)), ...selectEntriesFor(resolved, all)];
	const judgeRevocation = await readRevokedKeys(resolved.revokedHostKeysFiles ?? []);
	const takesNew = resolved.strictHostKeyChecking === 'accept-new' || resolved.strictHostKeyChecking === 'no';
	let hear = (_key: string): void => {};
	let accepted: Buffer | null = null;
	let foundAt: string | null = null;
	let isNew = false;
	let revoked: LadderErrorFacts | null = null;
	let refused: Refusal | null = null;

	const describe = ({verdict, key}: Refusal): LadderErrorFacts => ({
		...describeHostKeyFailure(verdict, key, resolved, connectCommand),
		hostKey: describeOfferedHostKey(verdict, key, resolved, all),
	});

	return {
		algorithms: preferKnownKeyTypes(resolved, entries),
		onOffered(listener) {
			hear = listener;
		},
		foundAt: () => foundAt,
		accepts(offered) {
			// A later key exchange must show the same key: known_hosts is not asked again in mid-connection.
			if (accepted !== null) return accepted.equals(offered);
			const key = Buffer.from(offered);
			hear(describeHostKey(key));
			revoked = describeRevocation(judgeRevocation(key), key);
			if (revoked !== null) return false;
			const verdict = verifyHostKey(key, resolved, entries);
			isNew = verdict.kind === 'unknown' && takesNew;
			if (verdict.kind !== 'known' && !isNew) {
				refused = {verdict, key};
				return false;
			}
			if (verdict.kind === 'known') foundAt = placeOf(verdict.entry);
			accepted = key;
			return true;
		},
		refusal: () => (refused === null ? revoked : describe(refused)),
		async remember() {
			const [file] = resolved.userKnownHostsFiles;
			if (!isNew || accepted === null || file === undefined) return;
			isNew = false;
			// ssh, too, goes on when it cannot write the file: the key is then new again next time.
			await files.add(file, lookupNameOf(resolved), accepted, resolved.hashKnownHosts === true).catch(() => undefined);
		},
	};
}
