/**
 * Ed25519 keys in OpenSSH's own file format. Made with node's generator, because ssh2's strips leading zeros and so
 * makes about one key in 170 that nothing can read (mscdex/ssh2 issues 1390, 1513).
 */
import {generateKeyPairSync, randomBytes} from 'node:crypto';

export type OpenSshKey = {
	/** The private key file, `-----BEGIN OPENSSH PRIVATE KEY-----` and all. */
	readonly privateText: string;
	/** `ssh-ed25519 AAAA…`, as in authorized_keys and known_hosts. */
	readonly publicLine: string;
};

const keyType = 'ssh-ed25519';

/** Layout: PROTOCOL.key in the OpenSSH sources. */
export function createOpenSshKey(comment: string): OpenSshKey {
	const {publicKey, privateKey} = generateKeyPairSync('ed25519');
	const publicBytes = Buffer.from(publicKey.export({format: 'jwk'}).x ?? '', 'base64url');
	const seed = Buffer.from(privateKey.export({format: 'jwk'}).d ?? '', 'base64url');
	const publicBlob = Buffer.concat([lengthPrefixed(keyType), lengthPrefixed(publicBytes)]);
	const check = randomBytes(4);
	const secret = Buffer.concat([
		check,
		check,
		lengthPrefixed(keyType),
		lengthPrefixed(publicBytes),
		lengthPrefixed(Buffer.concat([seed, publicBytes])),
		lengthPrefixed(comment),
	]);
	const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8].slice(0, (8 - (secret.length % 8)) % 8));
	const file = Buffer.concat([
		Buffer.from('openssh-key-v1\0'),
		lengthPrefixed('none'),
		lengthPrefixed('none'),
		lengthPrefixed(''),
		uint32(1),
		lengthPrefixed(publicBlob),
		lengthPrefixed(Buffer.concat([secret, padding])),
	]);
	const body = file.toString('base64').replace(/.{70}/g, '$&\n');
	return {
		privateText: `-----BEGIN OPENSSH PRIVATE KEY-----\n${body.trimEnd()}\n-----END OPENSSH PRIVATE KEY-----\n`,
		publicLine: `${keyType} ${publicBlob.toString('base64')}`,
	};
}

function lengthPrefixed(content: string | Buffer): Buffer {
	const bytes = Buffer.from(content);
	return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}
