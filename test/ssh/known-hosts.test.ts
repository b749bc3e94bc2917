import {expect, test} from 'vitest';
import {formatFingerprint} from '../../source/ssh/host-keys/fingerprint.ts';
import {matchesPatternList} from '../../source/ssh/host-keys/match-host-pattern.ts';
import {parseKnownHosts, type KnownHostsEntry} from '../../source/ssh/host-keys/parse-known-hosts.ts';
import {preferKnownKeyTypes} from '../../source/ssh/host-keys/prefer-known-key-types.ts';
import {selectEntriesFor, verifyHostKey, type HostKeyNames} from '../../source/ssh/host-keys/verify-host-key.ts';

// Recorded with ssh-keygen of OpenSSH 9.2p1 on Debian 12: public halves, and `ssh-keygen -H` of the two lines
// `web-07 <key>` and `[web-07]:2222 <other>`.
const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIC9xJbpCfRPWR4CARFQP6xLTT8Kch7zVHtgZ+Z0rNBoG';
const other = 'AAAAC3NzaC1lZDI1NTE5AAAAIETGU1VFrIcl5DWrJ7ahcSROx/QjOCZS3ZRmVH/qmgvU';
const ecdsa =
	'AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEZJz8rD/KJqpFJ7V2vqT0tHOfxyy828gKRTfwZKCSGL+x6ilsL24QVURCEKi9I/ZrX+7i1G4ejHA3CdCzPlJ2g=';
const hashed = `|1|Hm5KGnRWmFmZjEGZdAbxgEf5LrQ=|QBRXUNa9+PzXKd5lnlK3Gj0dutE= ssh-ed25519 ${key}
|1|v+szj/AjJ1273/cXkoMpCl3rX18=|LrE8eU/ljgH4vtz9GHEkNbdAe7E= ssh-ed25519 ${other}
`;

function verdictOf(text: string, offered: string, names: Partial<HostKeyNames> = {}): string {
	const entries = parseKnownHosts(text, 'known_hosts');
	const full = {hostname: 'web-07', port: 22, hostKeyAlias: null, ...names};
	const verdict = verifyHostKey(Buffer.from(offered, 'base64'), full, selectEntriesFor(full, entries));
	const lines = (list: readonly KnownHostsEntry[]): string => list.map((entry) => entry.line).join(',');
	switch (verdict.kind) {
		case 'unknown':
			return verdict.authority === null ? 'unknown' : `unknown, authority ${verdict.authority.line}`;
		case 'changed':
			return `changed ${lines(verdict.entries)}`;
		default:
			return `${verdict.kind} ${verdict.entry.line}`;
	}
}

test('fingerprints are written as ssh-keygen -l writes them', () => {
	expect(formatFingerprint(Buffer.from(key, 'base64'))).toBe('SHA256:y48QyxHwlyBbr5wfMH1s15TFAIsnYTlMyYFghN/wPz8');
});

test.each([
	['the key on the line of the host', `web-07 ssh-ed25519 ${key}`, key, {}, 'known 1'],
	['names in capitals', `WEB-07 ssh-ed25519 ${key}`, key, {hostname: 'Web-07'}, 'known 1'],
	['one of several names', `db,web-07,10.0.0.7 ssh-ed25519 ${key} a comment`, key, {}, 'known 1'],
	['tabs between the fields', `web-07\tssh-ed25519\t${key}`, key, {}, 'known 1'],
	['lines that end in CRLF', `# mine\r\nweb-07 ssh-ed25519 ${key}\r\n`, key, {}, 'known 2'],
	['a host that is not listed', `web-08 ssh-ed25519 ${key}`, key, {}, 'unknown'],
	['an empty file', '', key, {}, 'unknown'],
	['another key of the same type', `web-07 ssh-ed25519 ${other}`, key, {}, 'changed 1'],
	['only a key of another type, as ssh judges it', `web-07 ecdsa-sha2-nistp256 ${ecdsa}`, key, {}, 'changed 1'],
	['two keys, one of them right', `web-07 ssh-ed25519 ${other}\nweb-07 ssh-ed25519 ${key}`, key, {}, 'known 2'],
	['two keys, none right', `web-07 ssh-ed25519 ${other}\nweb-* ecdsa-sha2-nistp256 ${ecdsa}`, key, {}, 'changed 1,2'],
	['a wildcard', `web-* ssh-ed25519 ${key}`, key, {}, 'known 1'],
	['a question mark', `web-?7 ssh-ed25519 ${key}`, key, {}, 'known 1'],
	['a wildcard that leaves this host out', `web-*,!web-07 ssh-ed25519 ${key}`, key, {}, 'unknown'],
	['a port of its own', `[web-07]:2222 ssh-ed25519 ${key}`, key, {port: 2222}, 'known 1'],
	['a port of its own, looked up on port 22', `[web-07]:2222 ssh-ed25519 ${key}`, key, {}, 'unknown'],
	['another port, key known for the bare name', `web-07 ssh-ed25519 ${key}`, key, {port: 2222}, 'known 1'],
	['another port, other key for the bare name', `web-07 ssh-ed25519 ${other}`, key, {port: 2222}, 'unknown'],
	[
		'another port, changed there',
		`[web-07]:2222 ssh-ed25519 ${other}\nweb-07 ssh-ed25519 ${key}`,
		key,
		{port: 2222},
		'changed 1',
	],
	['an alias', `cluster ssh-ed25519 ${key}`, key, {hostKeyAlias: 'cluster', port: 2222}, 'known 1'],
	['an alias, the host itself listed', `web-07 ssh-ed25519 ${key}`, key, {hostKeyAlias: 'cluster'}, 'unknown'],
	['a hashed name', hashed, key, {}, 'known 1'],
	['a hashed name in capitals', hashed, key, {hostname: 'WEB-07'}, 'known 1'],
	['a hashed name with a port', hashed, other, {port: 2222}, 'known 2'],
	['a hashed name, changed', hashed, other, {}, 'changed 1'],
	['a hashed name of another host', hashed, key, {hostname: 'web-08'}, 'unknown'],
	['a revoked key', `web-07 ssh-ed25519 ${key}\n@revoked * ssh-ed25519 ${key}`, key, {}, 'revoked 2'],
	['a key revoked for the bare name', `@revoked web-07 ssh-ed25519 ${key}`, key, {port: 2222}, 'revoked 1'],
	['a key revoked for another host', `@revoked db ssh-ed25519 ${key}\nweb-07 ssh-ed25519 ${key}`, key, {}, 'known 2'],
	['another key revoked', `@revoked * ssh-ed25519 ${other}\nweb-07 ssh-ed25519 ${key}`, key, {}, 'known 2'],
	['a certificate authority', `@cert-authority *.lab,web-* ssh-ed25519 ${other}`, key, {}, 'unknown, authority 1'],
	['the very key as an authority only', `@cert-authority web-07 ssh-ed25519 ${key}`, key, {}, 'unknown, authority 1'],
	[
		'an authority beside the plain key',
		`@cert-authority * ssh-ed25519 ${other}\nweb-07 ssh-ed25519 ${key}`,
		key,
		{},
		'known 2',
	],
	['a marker nobody knows', `@trusted web-07 ssh-ed25519 ${key}`, key, {}, 'unknown'],
	['a key that is not what its line says', `web-07 ssh-rsa ${key}`, key, {}, 'unknown'],
	['a line cut short', `web-07 ssh-ed25519\nweb-07\n\n   \nweb-07 ssh-ed25519 ${key}`, key, {}, 'known 5'],
	['a broken hash', `|1|AAAA|BBBB ssh-ed25519 ${key}\n|2|a|b ssh-ed25519 ${key}`, key, {}, 'unknown'],
	['an IPv6 address', `2001:db8::7 ssh-ed25519 ${key}`, key, {hostname: '2001:DB8::7'}, 'known 1'],
] as const)('known_hosts with %s', (_what, text, offered, names, expected) => {
	expect(verdictOf(text, offered, names)).toBe(expected);
});

test.each([
	['web-07', ['*'], true],
	['web-07', ['web-??'], true],
	['web-07', ['web-?'], false],
	['web-07', ['*-*7'], true],
	['web-07', ['!web-07', '*'], false],
	['web-07', ['!db'], false],
	['', ['*'], true],
	['web.lab', ['*.lab', '!*.web.lab'], true],
])('%j against %j', (name, patterns, expected) => {
	expect(matchesPatternList(name, patterns)).toBe(expected);
});

test('a hostile pattern costs no more than a plain one', () => {
	const pattern = `${'*a'.repeat(2000)}b`;
	expect(matchesPatternList('a'.repeat(3000), [pattern])).toBe(false);
});

test('a host is asked first for the type of key it is known by', () => {
	const names = {hostname: 'web-07', port: 2222, hostKeyAlias: null};
	const entries = parseKnownHosts(`web-07 ecdsa-sha2-nistp256 ${ecdsa}\ndb ssh-ed25519 ${key}\n`, 'known_hosts');
	const order = preferKnownKeyTypes(names, entries);
	expect(order[0]).toBe('ecdsa-sha2-nistp256');
	expect(order[1]).toBe('ssh-ed25519');
	expect(preferKnownKeyTypes({...names, hostname: 'new'}, entries)[0]).toBe('ssh-ed25519');
});
