/** The algorithms ssh2 offers a host: those it has and the SSH configuration allows, in the order that costs least. */
import type {Algorithms, CipherAlgorithm, KexAlgorithm, MacAlgorithm, ServerHostKeyAlgorithm} from 'ssh2';
import type {AllowedAlgorithms} from '../../model/resolved-target.ts';
import {hostKeyAlgorithms} from '../host-keys/prefer-known-key-types.ts';

/** Group exchange costs 2 s of CPU in Node (ssh2 issue 1386), so it is the last resort. */
const keyExchanges: readonly KexAlgorithm[] = [
	'curve25519-sha256@libssh.org',
	'curve25519-sha256',
	'ecdh-sha2-nistp256',
	'ecdh-sha2-nistp384',
	'ecdh-sha2-nistp521',
	'diffie-hellman-group14-sha256',
	'diffie-hellman-group15-sha512',
	'diffie-hellman-group16-sha512',
	'diffie-hellman-group17-sha512',
	'diffie-hellman-group18-sha512',
	'diffie-hellman-group-exchange-sha256',
];

/** Those ssh2 offers by itself, and the one it offers only to processors without AES. */
const ciphers: readonly CipherAlgorithm[] = [
	'aes128-gcm@openssh.com',
	'aes256-gcm@openssh.com',
	'aes128-ctr',
	'aes192-ctr',
	'aes256-ctr',
];
const lastCipher: CipherAlgorithm = 'chacha20-poly1305@openssh.com';

const macs: readonly MacAlgorithm[] = [
	'hmac-sha2-256-etm@openssh.com',
	'hmac-sha2-512-etm@openssh.com',
	'hmac-sha1-etm@openssh.com',
	'hmac-sha2-256',
	'hmac-sha2-512',
	'hmac-sha1',
];

/** `hostKeys` in the order preferred for the host. Throws nothing, but what it gives may be empty. */
export function offerAlgorithms(
	allowed: AllowedAlgorithms | undefined,
	hostKeys: readonly ServerHostKeyAlgorithm[],
): Algorithms {
	const cipher = restrict(ciphers, allowed?.ciphers);
	const mac = restrict(macs, allowed?.macs);
	return {
		kex: restrict(keyExchanges, allowed?.keyExchanges),
		serverHostKey: restrict(hostKeys, allowed?.hostKeys),
		// Left to ssh2, which knows what this processor is good at, unless the configuration has a say.
		...(cipher.length === ciphers.length ? {} : {cipher: cipher.length > 0 ? cipher : [lastCipher]}),
		...(mac.length === macs.length ? {} : {hmac: mac}),
	};
}

/** Options that allow only algorithms ssh2 does not have, which the installed ssh is then for. */
export function findUnmetAlgorithms(allowed: AllowedAlgorithms): readonly string[] {
	return [
		...(restrict(keyExchanges, allowed.keyExchanges).length === 0 ? ['KexAlgorithms'] : []),
		...(restrict([...ciphers, lastCipher], allowed.ciphers).length === 0 ? ['Ciphers'] : []),
		...(restrict(macs, allowed.macs).length === 0 ? ['MACs'] : []),
		...(restrict(hostKeyAlgorithms, allowed.hostKeys).length === 0 ? ['HostKeyAlgorithms'] : []),
	];
}

function restrict<Name extends string>(names: readonly Name[], allowed: readonly string[] | undefined): Name[] {
	return allowed === undefined ? [...names] : names.filter((name) => allowed.includes(name));
}
