/** Servers and configurations that only one of the two carriers can do, and what is asked through the installed `ssh`. */
import type {ParityRow} from './parity-row.ts';

const main = 'Port {main}';

export const carrierRows: readonly ParityRow[] = [
	{feature: 'dropbear as server', config: 'Port {dropbear}\nUser {account}', needsAccount: true, outcome: 'in'},
	{feature: 'a server with post-quantum key exchange only', config: 'Port {pq}', outcome: 'in', carrier: 'OpenSSH'},
	{
		feature: 'the same behind a jump host of the same kind',
		config: 'Port {pq}\nProxyJump hop1\nHost hop1\n  Port {pq}',
		outcome: 'in',
		carrier: 'OpenSSH',
	},
	{
		feature: '`KexAlgorithms` without any the server has',
		config: 'Port {pq}\nKexAlgorithms curve25519-sha256',
		outcome: 'incompatible',
	},
	{
		feature: '`KexAlgorithms` that only `ssh` has',
		config: `${main}\nKexAlgorithms sntrup761x25519-sha512@openssh.com`,
		outcome: 'in',
		carrier: 'OpenSSH',
	},
	{
		feature: '`Ciphers`, `MACs`, `KexAlgorithms` of one each',
		config: `${main}\nCiphers aes256-ctr\nMACs hmac-sha2-512\nKexAlgorithms ecdh-sha2-nistp384`,
		outcome: 'in',
	},
	{
		feature: '`Ciphers` that the server does not have',
		config: 'Port {hop1}\nCiphers aes256-cbc',
		outcome: 'incompatible',
	},
	{
		feature: '`HostKeyAlgorithms` that the server does not have',
		config: `${main}\nHostKeyAlgorithms ecdsa-sha2-nistp256`,
		outcome: 'incompatible',
	},
	{feature: '`BindAddress`', config: `${main}\nBindAddress 127.0.0.3`, outcome: 'in', carrier: 'OpenSSH'},
	{
		feature: '`BindAddress`, an encrypted key, passphrase typed',
		config: `${main}\nBindAddress 127.0.0.3`,
		identity: 'locked',
		answer: 'passphrase',
		outcome: 'in',
		carrier: 'OpenSSH',
	},
	{
		feature: '`BindAddress`, an encrypted key, nobody to ask',
		config: `${main}\nBindAddress 127.0.0.3`,
		identity: 'locked',
		outcome: 'authentication-failed',
	},
	{
		feature: '`BindAddress`, password',
		config: 'Port {password}\nUser {account}\nBindAddress 127.0.0.3',
		identity: 'stranger',
		answer: 'password',
		needsAccount: true,
		outcome: 'in',
		carrier: 'OpenSSH',
	},
	{
		feature: '`BindAddress`, keyboard-interactive (PAM)',
		config: 'Port {interactive}\nUser {account}\nBindAddress 127.0.0.3',
		identity: 'stranger',
		answer: 'password',
		needsAccount: true,
		outcome: 'in',
		carrier: 'OpenSSH',
	},
	{
		feature: '`PKCS11Provider`, a key in a token, PIN typed',
		config: `${main}\nPKCS11Provider {token}`,
		identity: null,
		answer: 'pin',
		outcome: 'in',
		carrier: 'OpenSSH',
	},
	{
		feature: '`PKCS11Provider`, nobody to ask for the PIN',
		config: `${main}\nPKCS11Provider {token}`,
		identity: null,
		outcome: 'authentication-failed',
	},
	{
		feature: '`GSSAPIAuthentication`, a Kerberos ticket',
		config: 'Port {kerberos}\nGSSAPIAuthentication yes',
		identity: 'stranger',
		outcome: 'in',
		carrier: 'OpenSSH',
	},
	{
		feature: '`GSSAPIAuthentication` as the only way in',
		config: 'Port {kerberos}\nGSSAPIAuthentication yes\nPreferredAuthentications gssapi-with-mic',
		outcome: 'in',
		carrier: 'OpenSSH',
	},
];
