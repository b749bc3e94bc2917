/**
 * Host keys a person has accepted while the program runs. They hold even where the file they were written to keeps
 * nothing (`/dev/null`), and from then on another key under the same name is a changed one.
 */
import type {KnownHostsEntry} from './parse-known-hosts.ts';

export type PinnedHostKeys = {
	entriesFor(lookupName: string): readonly KnownHostsEntry[];
	/** `key` in SSH wire format. */
	pin(lookupName: string, keyType: string, key: Buffer): void;
};

export function createPinnedHostKeys(): PinnedHostKeys {
	const pinned = new Map<string, KnownHostsEntry>();
	return {
		entriesFor(lookupName) {
			const entry = pinned.get(lookupName);
			return entry === undefined ? [] : [entry];
		},
		pin(lookupName, keyType, key) {
			pinned.set(lookupName, {
				marker: 'none',
				matches: (name) => name === lookupName,
				keyType,
				key,
				file: 'accepted in this session',
				line: 0,
			});
		},
	};
}
