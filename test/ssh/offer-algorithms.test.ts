import {expect, test} from 'vitest';
import {findUnmetAlgorithms, offerAlgorithms} from '../../source/ssh/connect/offer-algorithms.ts';
import {hostKeyAlgorithms} from '../../source/ssh/host-keys/prefer-known-key-types.ts';
import {parseAllowedAlgorithms} from '../../source/ssh/resolve/parse-allowed-algorithms.ts';
import {parseSshDump} from '../../source/ssh/resolve/parse-ssh-dump.ts';

const allow = (dump: string) => parseAllowedAlgorithms(parseSshDump(dump));

test('without a word in the configuration ssh2 chooses its ciphers, and group exchange comes last', () => {
	const offered = offerAlgorithms(allow(''), hostKeyAlgorithms);
	expect(Object.keys(offered).sort()).toEqual(['kex', 'serverHostKey']);
	expect((offered.kex as readonly string[]).at(-1)).toBe('diffie-hellman-group-exchange-sha256');
});

test('what the configuration forbids is never offered', () => {
	const allowed = allow(
		'kexalgorithms sntrup761x25519-sha512@openssh.com,ecdh-sha2-nistp384\nciphers aes256-ctr\nmacs hmac-sha2-512\nhostkeyalgorithms rsa-sha2-512,ssh-ed25519',
	);
	expect(offerAlgorithms(allowed, hostKeyAlgorithms)).toEqual({
		kex: ['ecdh-sha2-nistp384'],
		cipher: ['aes256-ctr'],
		hmac: ['hmac-sha2-512'],
		serverHostKey: ['ssh-ed25519', 'rsa-sha2-512'],
	});
	expect(findUnmetAlgorithms(allowed)).toEqual([]);
	expect(offerAlgorithms(allow('ciphers chacha20-poly1305@openssh.com'), hostKeyAlgorithms).cipher).toEqual([
		'chacha20-poly1305@openssh.com',
	]);
});

test('what ssh2 has none of is named', () => {
	const dump =
		'kexalgorithms sntrup761x25519-sha512@openssh.com\nciphers aes256-cbc\nmacs umac-64@openssh.com\nhostkeyalgorithms sk-ssh-ed25519@openssh.com';
	expect(findUnmetAlgorithms(allow(dump))).toEqual(['KexAlgorithms', 'Ciphers', 'MACs', 'HostKeyAlgorithms']);
	expect(findUnmetAlgorithms(allow('kexalgorithms +diffie-hellman-group1-sha1'))).toEqual([]);
});
