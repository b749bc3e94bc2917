/** A private key in memory that signs as SSH wants it, whichever file format it came in. */
import {createPrivateKey, createPublicKey, sign, type KeyObject} from 'node:crypto';
import type {ParsedKey} from 'ssh2';
import {wireInteger, wireString} from './wire.ts';

export type PrivateKey = {
	/** E.g. `ssh-ed25519`. */
	readonly type: string;
	/** In wire format. */
	readonly publicKey: Buffer;
	readonly comment: string;
	/** The signature in wire format, with the algorithm's name: `rsa-sha2-512`, else the key's type. */
	sign(data: Buffer, algorithm: string): Buffer;
};

const hashes: Readonly<Record<string, string>> = {
	'ssh-rsa': 'sha1',
	'rsa-sha2-256': 'sha256',
	'rsa-sha2-512': 'sha512',
	'ecdsa-sha2-nistp256': 'sha256',
	'ecdsa-sha2-nistp384': 'sha384',
	'ecdsa-sha2-nistp521': 'sha512',
};

/** Null for a kind of key OpenSSH no longer takes, such as DSA. */
export function mapParsedKey(parsed: ParsedKey): PrivateKey | null {
	return createKey(createPrivateKey(parsed.getPrivatePEM()), parsed.getPublicSSH(), parsed.comment);
}

/** Null for keys SSH has no name for. The wire formats: RFC 4253 section 6.6, RFC 5656 section 3.1, RFC 8709 section 4. */
export function mapKeyObject(key: KeyObject): PrivateKey | null {
	const jwk = createPublicKey(key).export({format: 'jwk'});
	const bytes = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url');
	if (jwk.kty === 'RSA') {
		return createKey(key, Buffer.concat([wireString('ssh-rsa'), wireInteger(bytes(jwk.e)), wireInteger(bytes(jwk.n))]));
	}
	if (jwk.kty === 'EC') {
		const curve = `nistp${/^P-(\d+)$/.exec(jwk.crv ?? '')?.[1] ?? ''}`;
		const point = Buffer.concat([Buffer.from([4]), bytes(jwk.x), bytes(jwk.y)]);
		const fields = [`ecdsa-sha2-${curve}`, curve, point].map(wireString);
		return createKey(key, Buffer.concat(fields));
	}
	if (jwk.crv !== 'Ed25519') return null;
	return createKey(key, Buffer.concat([wireString('ssh-ed25519'), wireString(bytes(jwk.x))]));
}

function createKey(key: KeyObject, publicKey: Buffer, comment = ''): PrivateKey | null {
	const type = publicKey.toString('latin1', 4, 4 + publicKey.readUInt32BE());
	if (type !== 'ssh-ed25519' && hashes[type] === undefined) return null;
	return {
		type,
		publicKey,
		comment,
		sign(data, algorithm) {
			const hash = hashes[algorithm] ?? null;
			if (!algorithm.startsWith('ecdsa-')) {
				return Buffer.concat([wireString(algorithm), wireString(sign(hash, data, key))]);
			}
			const pair = sign(hash, data, {key, dsaEncoding: 'ieee-p1363'});
			const half = pair.length / 2;
			const numbers = [wireInteger(pair.subarray(0, half)), wireInteger(pair.subarray(half))];
			return Buffer.concat([wireString(algorithm), wireString(Buffer.concat(numbers))]);
		},
	};
}
