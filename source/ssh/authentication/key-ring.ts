/** Keys a person has unlocked in this session: kept parsed and in memory only, the passphrase itself not at all. */
import type {ParsedKey} from 'ssh2';
import {unlockKeyFile} from './read-key-file.ts';

export type KeyRing = {
	get(path: string): ParsedKey | null;
	/** False when the passphrase does not open the file. */
	unlock(path: string, passphrase: string): Promise<boolean>;
};

export function createKeyRing(): KeyRing {
	const keys = new Map<string, ParsedKey>();
	return {
		get: (path) => keys.get(path) ?? null,
		async unlock(path, passphrase) {
			const key = await unlockKeyFile(path, passphrase);
			if (key !== null) keys.set(path, key);
			return key !== null;
		},
	};
}
