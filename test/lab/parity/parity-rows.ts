/** What of ssh's ways is tried with `ssh` and with Sickbay, each with the very same configuration. */
import {carrierRows} from './carrier-rows.ts';
import type {ParityRow} from './parity-row.ts';

const main = 'Port {main}';

export const parityRows: readonly ParityRow[] = [
	{feature: 'an alias of `Host`', config: main, outcome: 'in'},
	{feature: '`Include`', config: 'Include {folder}/included.conf', outcome: 'in'},
	{
		feature: '`Match exec`',
		config: 'Match host target exec "test -e {folder}/flag"\n  Port {main}\nMatch host target\n  Port {closed}',
		outcome: 'in',
	},
	{
		feature: '`ProxyJump` over two hosts',
		config: `${main}\nProxyJump hop1,hop2\nHost hop1\n  Port {hop1}\nHost hop2\n  Port {hop2}`,
		outcome: 'in',
	},
	{
		feature: '`ProxyJump` that itself has a `ProxyJump`',
		config: `${main}\nProxyJump hop2\nHost hop2\n  Port {hop2}\n  ProxyJump hop1\nHost hop1\n  Port {hop1}`,
		outcome: 'in',
	},
	{
		feature: '`ProxyJump`, port closed behind it',
		config: 'Port {closed}\nProxyJump hop1\nHost hop1\n  Port {hop1}',
		outcome: 'connection-refused',
	},
	{
		feature: '`ProxyCommand ssh -W`',
		config: `${main}\nProxyCommand ssh -F {config} -W %h:%p hop1\nHost hop1\n  Port {hop1}`,
		outcome: 'in',
	},
	{feature: 'nobody listens', config: 'Port {closed}', outcome: 'connection-refused'},
	{feature: '`ConnectTimeout`, nothing answers', config: 'Port {full}\nConnectTimeout 1', outcome: 'no-answer'},
	{feature: 'a name nobody knows', config: 'HostName no-such-host.invalid', outcome: 'name-not-found'},
	{feature: 'an option ssh does not know', config: 'NoSuchOption yes', outcome: 'bad-configuration'},

	{feature: 'known_hosts: `[host]:port`', config: main, outcome: 'in'},
	{
		feature: 'known_hosts: the bare name, for a port of its own',
		config: `${main}\nUserKnownHostsFile {folder}/known_bare`,
		outcome: 'in',
	},
	{feature: 'known_hosts: hashed names', config: `${main}\nUserKnownHostsFile {folder}/known_hashed`, outcome: 'in'},
	{
		feature: '`HostKeyAlias`',
		config: `${main}\nHostKeyAlias web-07\nUserKnownHostsFile {folder}/known_alias`,
		outcome: 'in',
	},
	{
		feature: '`UserKnownHostsFile` with two files',
		config: `${main}\nUserKnownHostsFile {folder}/known_stranger {folder}/known_hosts`,
		outcome: 'in',
	},
	{
		feature: '`GlobalKnownHostsFile`',
		config: `${main}\nUserKnownHostsFile {folder}/known_stranger\nGlobalKnownHostsFile {folder}/known_hosts`,
		outcome: 'in',
	},
	{
		feature: 'host key unknown',
		config: `${main}\nUserKnownHostsFile {folder}/known_stranger`,
		outcome: 'host-key-unknown',
	},
	{
		feature: '`StrictHostKeyChecking accept-new`, key unknown',
		config: `${main}\nStrictHostKeyChecking accept-new\nUserKnownHostsFile {folder}/known_new`,
		writes: 'known_new',
		outcome: 'in',
	},
	{
		feature: '`StrictHostKeyChecking no`, key unknown',
		config: `${main}\nStrictHostKeyChecking no\nUserKnownHostsFile {folder}/known_new`,
		writes: 'known_new',
		outcome: 'in',
	},
	{
		feature: 'host key changed',
		config: `${main}\nUserKnownHostsFile {folder}/known_changed`,
		outcome: 'host-key-changed',
	},
	{
		feature: 'host key changed, `StrictHostKeyChecking accept-new`',
		config: `${main}\nStrictHostKeyChecking accept-new\nUserKnownHostsFile {folder}/known_changed`,
		outcome: 'host-key-changed',
	},
	{
		feature: 'host key changed, `StrictHostKeyChecking no`',
		config: `${main}\nStrictHostKeyChecking no\nUserKnownHostsFile {folder}/known_changed`,
		outcome: 'in',
		differs: {outcome: 'host-key-changed', why: 'a changed key stops a host under every setting'},
	},
	{
		feature: 'host key revoked (`@revoked`)',
		config: `${main}\nUserKnownHostsFile {folder}/known_revoked`,
		outcome: 'host-key-revoked',
	},
	{
		feature: '`RevokedHostKeys`, a list of keys',
		config: `${main}\nRevokedHostKeys {folder}/host_ed25519.pub`,
		outcome: 'host-key-revoked',
	},
	{
		feature: '`RevokedHostKeys`, a KRL',
		config: `${main}\nRevokedHostKeys {folder}/revoked.krl`,
		outcome: 'host-key-revoked',
	},
	{
		feature: '`RevokedHostKeys`, a KRL of other keys',
		config: `${main}\nRevokedHostKeys {folder}/others.krl`,
		outcome: 'in',
	},
	{
		feature: '`RevokedHostKeys`, no such file',
		config: `${main}\nRevokedHostKeys {folder}/nothing`,
		outcome: 'bad-configuration',
	},
	{
		feature: 'CA-signed host key (`@cert-authority`)',
		config: 'Port {signed}\nUserKnownHostsFile {folder}/known_authority',
		outcome: 'in',
		carrier: 'OpenSSH',
	},
	{
		feature: 'CA-signed host key, another CA is trusted',
		config: 'Port {signed}\nUserKnownHostsFile {folder}/known_other_authority',
		outcome: 'host-key-unknown',
	},

	{feature: 'a key in the agent', config: `${main}\nIdentityAgent {agent}`, identity: null, outcome: 'in'},
	{
		feature: '`IdentitiesOnly`, the right key only in the agent',
		config: `${main}\nIdentityAgent {agent}\nIdentitiesOnly yes`,
		identity: 'stranger',
		outcome: 'authentication-failed',
	},
	{feature: 'a key the host does not know', config: main, identity: 'stranger', outcome: 'authentication-failed'},
	{feature: 'a user certificate beside its key file', config: main, identity: 'certified', outcome: 'in'},
	{
		feature: 'a user certificate in the agent',
		config: `${main}\nIdentityAgent {agent_certified}`,
		identity: null,
		outcome: 'in',
	},
	{feature: 'an encrypted key, nobody to ask', config: main, identity: 'locked', outcome: 'authentication-failed'},
	{
		feature: 'an encrypted key, passphrase typed',
		config: main,
		identity: 'locked',
		answer: 'passphrase',
		outcome: 'in',
	},
	{
		feature: 'an encrypted key that the agent holds',
		config: `${main}\nIdentityAgent {agent_locked}`,
		identity: 'locked',
		outcome: 'in',
	},
	{
		feature: 'a security key (`sk-ssh-ed25519`) in the agent',
		config: `${main}\nIdentityAgent {agent_security_key}`,
		identity: null,
		outcome: 'in',
	},
	{
		feature: 'password',
		config: 'Port {password}\nUser {account}',
		identity: 'stranger',
		answer: 'password',
		needsAccount: true,
		outcome: 'in',
	},
	{
		feature: 'password, nobody to ask',
		config: 'Port {password}\nUser {account}',
		identity: 'stranger',
		needsAccount: true,
		outcome: 'authentication-failed',
	},
	{
		feature: 'keyboard-interactive (PAM)',
		config: 'Port {interactive}\nUser {account}',
		identity: 'stranger',
		answer: 'password',
		needsAccount: true,
		outcome: 'in',
	},

	...carrierRows,
];
