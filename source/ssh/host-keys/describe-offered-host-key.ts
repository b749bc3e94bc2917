/** Puts a refused key into the form in which a person reviews it. */
import type {KeyOnFile, OfferedHostKey} from '../../model/offered-host-key.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {placeOf} from './describe-host-key-failure.ts';
import {formatFingerprint} from './fingerprint.ts';
import {wireKeyType, type KnownHostsEntry} from './parse-known-hosts.ts';
import {lookupNameOf, type HostKeyVerdict} from './verify-host-key.ts';

const placesKept = 8;

/** `entries` are those of all files, for the names under which this very key is known already. */
export function describeOfferedHostKey(
	verdict: Exclude<HostKeyVerdict, {kind: 'known'}>,
	key: Buffer,
	resolved: ResolvedTarget,
	entries: readonly KnownHostsEntry[],
): OfferedHostKey {
	const [file] = resolved.userKnownHostsFiles;
	const mayAsk = verdict.kind === 'unknown' && verdict.authority === null && resolved.strictHostKeyChecking === 'ask';
	return {
		verdict: verdict.kind,
		lookupName: lookupNameOf(resolved),
		keyType: sanitiseLine(wireKeyType(key), 60),
		fingerprint: formatFingerprint(key),
		key: key.toString('base64'),
		addTo: mayAsk ? (file ?? null) : null,
		hashed: resolved.hashKnownHosts === true,
		expected: expectedBy(verdict).slice(0, placesKept).map(describeEntry),
		alsoAt: entries
			.filter((entry) => entry.marker === 'none' && entry.key.equals(key))
			.slice(0, placesKept)
			.map(placeOf),
	};
}

function expectedBy(verdict: Exclude<HostKeyVerdict, {kind: 'known'}>): readonly KnownHostsEntry[] {
	switch (verdict.kind) {
		case 'unknown':
			return [];
		case 'changed':
			return verdict.entries;
		case 'revoked':
			return [verdict.entry];
	}
}

function describeEntry(entry: KnownHostsEntry): KeyOnFile {
	return {
		keyType: sanitiseLine(entry.keyType, 60),
		fingerprint: formatFingerprint(entry.key),
		place: placeOf(entry),
	};
}
