/** Checks the key a host presents in one connection; nothing is accepted that known_hosts or the policy does not allow. */
import type {ServerHostKeyAlgorithm} from 'ssh2';
import type {LadderErrorFacts} from '../../model/ladder-error.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import {describeHostKeyFailure} from '../host-keys/describe-host-key-failure.ts';
import type {KnownHostsFiles} from '../host-keys/known-hosts-files.ts';
import {preferKnownKeyTypes} from '../host-keys/prefer-known-key-types.ts';
import {lookupNameOf, selectEntriesFor, verifyHostKey, type HostKeyVerdict} from '../host-keys/verify-host-key.ts';

export type HostKeyCheck = {
	readonly algorithms: readonly ServerHostKeyAlgorithm[];
	/** Called with the key in wire format, at the first key exchange and at every later one. */
	accepts(key: Buffer): boolean;
	/** Why the key was refused; null when it was not. */
	refusal(): LadderErrorFacts | null;
	/** Writes an accepted new key to the first user file, as `accept-new` and `no` do in ssh; never rejects. */
	remember(): Promise<void>;
};

export async function prepareHostKeyCheck(
	resolved: ResolvedTarget,
	files: KnownHostsFiles,
	connectCommand: string,
): Promise<HostKeyCheck> {
	const all = await files.read([...resolved.userKnownHostsFiles, ...resolved.globalKnownHostsFiles]);
	const entries = selectEntriesFor(resolved, all);
	const takesNew = resolved.strictHostKeyChecking === 'accept-new' || resolved.strictHostKeyChecking === 'no';
	let accepted: Buffer | null = null;
	let isNew = false;
	let refused: {readonly verdict: Exclude<HostKeyVerdict, {kind: 'known'}>; readonly key: Buffer} | null = null;

	return {
		algorithms: preferKnownKeyTypes(resolved, entries),
		accepts(offered) {
			// A later key exchange must show the same key: known_hosts is not asked again in mid-connection.
			if (accepted !== null) return accepted.equals(offered);
			const key = Buffer.from(offered);
			const verdict = verifyHostKey(key, resolved, entries);
			isNew = verdict.kind === 'unknown' && takesNew;
			if (verdict.kind !== 'known' && !isNew) {
				refused = {verdict, key};
				return false;
			}
			accepted = key;
			return true;
		},
		refusal: () =>
			refused === null ? null : describeHostKeyFailure(refused.verdict, refused.key, resolved, connectCommand),
		async remember() {
			const [file] = resolved.userKnownHostsFiles;
			if (!isNew || accepted === null || file === undefined) return;
			isNew = false;
			// ssh, too, goes on when it cannot write the file: the key is then new again next time.
			await files.add(file, lookupNameOf(resolved), accepted, resolved.hashKnownHosts === true).catch(() => undefined);
		},
	};
}
