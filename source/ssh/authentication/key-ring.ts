/**
 * The keys of this session: files as they are now, and those a person has unlocked, kept parsed and in memory only, the
 * passphrase itself not at all.
 */
import {shareInFlight} from '../../support/share-in-flight.ts';
import type {PrivateKey} from './private-key.ts';
import {readKeyFile, unlockKeyFile, type KeyFile} from './read-key-file.ts';

export type KeyRing = {
	/** Never rejects; hosts that connect together share one reading. */
	readFile(path: string): Promise<KeyFile>;
	/** The unlocked key of a file. */
	get(path: string): PrivateKey | null;
	/** False when the passphrase does not open the file. */
	unlock(path: string, passphrase: string): Promise<boolean>;
	/** Notes that the person does without this key, so that nobody asks for it again. */
	goWithout(path: string): void;
	isGivenUp(path: string): boolean;
};

export function createKeyRing(): KeyRing {
	const keys = new Map<string, PrivateKey>();
	const givenUp = new Set<string>();
	/** Deriving a key takes a good part of a second of computing: many hosts with the same answer share it. */
	const opening = new Map<string, Promise<PrivateKey | null>>();

	return {
		readFile: shareInFlight(readKeyFile),
		get: (path) => keys.get(path) ?? null,
		async unlock(path, passphrase) {
			if (keys.has(path)) return true;
			const attempt = `${path}\0${passphrase}`;
			const opened = opening.get(attempt) ?? unlockKeyFile(path, passphrase);
			opening.set(attempt, opened);
			const key = await opened.finally(() => opening.delete(attempt));
			if (key !== null) keys.set(path, key);
			return key !== null;
		},
		goWithout: (path) => void givenUp.add(path),
		isGivenUp: (path) => givenUp.has(path),
	};
}
