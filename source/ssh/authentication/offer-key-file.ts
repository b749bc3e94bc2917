/** Offers the key of a file; a locked one is offered by its public half, and its passphrase asked only if the host wants it. */
import {formatFingerprint} from '../host-keys/fingerprint.ts';
import type {Interview} from './interview.ts';
import type {KeyRing} from './key-ring.ts';
import type {OfferedKey} from './late-signing.ts';
import type {PrivateKey} from './private-key.ts';
import type {KeyFile} from './read-key-file.ts';
import {requestAlgorithm, signatureAlgorithm} from './request-algorithm.ts';
import {wireTypeOf} from './wire.ts';

export type FileParts = {readonly keyRing: KeyRing; readonly interview: Interview};

const passphraseTries = 3;

/** Null when the file cannot sign. `blob` is the file's public key or a certificate of it; refusals are noted. */
export function offerKeyFile(file: KeyFile, blob: Buffer, parts: FileParts, notes: string[]): OfferedKey | null {
	const find = signerOf(file, parts, notes);
	if (find === null) return null;
	return {
		algorithm: requestAlgorithm(wireTypeOf(blob)),
		blob,
		async sign(data, algorithm, signal) {
			const key = await find(signal);
			return key.sign(data, signatureAlgorithm(algorithm));
		},
	};
}

function signerOf(
	file: KeyFile,
	{keyRing, interview}: FileParts,
	notes: string[],
): ((signal: AbortSignal) => Promise<PrivateKey>) | null {
	if (file.kind === 'private') return () => Promise.resolve(file.key);
	if (file.kind !== 'locked') return null;
	const unlocked = keyRing.get(file.path);
	if (unlocked !== null) return () => Promise.resolve(unlocked);
	if (!interview.canAsk || file.publicKey === null || keyRing.isGivenUp(file.path)) return null;
	const fingerprint = formatFingerprint(file.publicKey);
	return async (signal) => {
		const key = keyRing.get(file.path) ?? (await askFor(file.path, fingerprint, {keyRing, interview}, signal));
		if (key !== null) return key;
		notes.push(`${file.path}: locked, its passphrase was not given`);
		throw new Error('the key stays locked');
	};
}

async function askFor(
	path: string,
	fingerprint: string,
	{keyRing, interview}: FileParts,
	signal: AbortSignal,
): Promise<PrivateKey | null> {
	for (let attempt = 0; attempt < passphraseTries; attempt++) {
		const answers = await interview.ask(
			{
				kind: 'passphrase',
				title: `Passphrase for ${path}`,
				instruction: attempt === 0 ? '' : 'The passphrase before does not open the key.',
				prompts: [{text: 'Passphrase', echo: false}],
				fingerprint,
			},
			signal,
		);
		const [passphrase = ''] = answers ?? [];
		if (answers === null || passphrase === '') return keyRing.get(path);
		if (await keyRing.unlock(path, passphrase)) return keyRing.get(path);
	}
	return null;
}
