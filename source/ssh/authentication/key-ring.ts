/**
 * The keys of this session: files as they are now, and those a person has unlocked, kept parsed and in memory only, the
 * passphrase itself not at all.
 */
import type {ParsedKey} from 'ssh2';
import {shareInFlight} from '../../support/share-in-flight.ts';
import {readKeyFile, unlockKeyFile, type KeyFile} from './read-key-file.ts';

export type KeyRing = {
	/** Never rejects; hosts that connect together share one reading. */
	readFile(path: string): Promise<KeyFile>;
	/** The unlocked key of a file. */
	get(path: string): ParsedKey | null;
	/** False when the passphrase does not open the file. */
	unlock(path: string, passphrase: string): Promise<boolean>;
};

export function createKeyRing(): KeyRing {
	const keys = new Map<string, ParsedKey>();
	return {
		readFile: shareInFlight(readKeyFile),
		get: (path) => keys.get(path) ?? null,
		async unlock(path, passphrase) {
			const key = await unlockKeyFile(path, passphrase);
			if (key !== null) keys.set(path, key);
			return key !== null;
		},
	};
}
