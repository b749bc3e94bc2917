import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import type {SshCarrier} from '../../../source/model/host.ts';
import {LadderError, type LadderErrorFacts} from '../../../source/model/ladder-error.ts';
import type {OpenSshNeeds, ResolvedTarget} from '../../../source/model/resolved-target.ts';
import {createKnownHostsFiles} from '../../../source/ssh/host-keys/known-hosts-files.ts';
import {createCarrierChoice} from '../../../source/ssh/openssh/choose-carrier.ts';
import {findOpenSshNeeds} from '../../../source/ssh/resolve/find-open-ssh-needs.ts';
import {parseSshDump} from '../../../source/ssh/resolve/parse-ssh-dump.ts';
import type {TransportConnection} from '../../../source/ssh/ssh-transport.ts';

/** An ed25519 key of ssh-keygen; nothing is encrypted with it. */
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGMcI/9X0bt0QQbRx7w5oEhV4u7Y6P6K3xZb3x2a4m1E';

type Situation = {
	readonly transport?: SshCarrier;
	readonly needs?: OpenSshNeeds;
	readonly knownHosts?: string;
	readonly identity?: string;
	/** How ssh2 fails; without it, it does not. */
	readonly ssh2?: Partial<LadderErrorFacts>;
	/** Resolved by other means than ssh. */
	readonly isForeign?: boolean;
};

const failed = (facts: Partial<LadderErrorFacts>): LadderError =>
	new LadderError({rung: 'key-exchange', code: 'lost', summary: 'no', advice: 'none', retry: 'never', ...facts});

async function attempts(situation: Situation, times = 1): Promise<readonly string[]> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'sickbay-carrier-'));
	onTestFinished(() => rm(folder, {recursive: true, force: true}));
	const knownHosts = path.join(folder, 'known_hosts');
	await writeFile(knownHosts, situation.knownHosts ?? '');
	const identity = path.join(folder, 'id');
	await writeFile(`${identity}.pub`, situation.identity ?? key);
	const {transport, needs, isForeign = false} = situation;
	const resolved: ResolvedTarget = {
		destination: 'web',
		hostname: 'web',
		port: 22,
		user: 'ann',
		identityFiles: [identity],
		identitiesOnly: false,
		identityAgent: null,
		userKnownHostsFiles: [knownHosts],
		globalKnownHostsFiles: [],
		hostKeyAlias: null,
		strictHostKeyChecking: 'ask',
		connectTimeoutMs: null,
		proxyJump: null,
		proxyCommand: null,
		...(needs === undefined ? {} : {openSshNeeds: needs}),
		...(isForeign ? {} : {target: {kind: 'ssh', destination: 'web', ...(transport === undefined ? {} : {transport})}}),
	};
	const tried: string[] = [];
	const connect = createCarrierChoice({
		overSsh2: () => {
			tried.push('ssh2');
			return situation.ssh2 === undefined
				? Promise.resolve({} as TransportConnection)
				: Promise.reject(failed(situation.ssh2));
		},
		overOpenSsh: (_resolved, {because, methods}) => {
			tried.push(`OpenSSH (${because})${methods === null ? '' : ` by ${methods.join(', ')}`}`);
			return Promise.resolve({} as TransportConnection);
		},
		findHops: () => Promise.resolve([]),
		knownHosts: createKnownHostsFiles(),
	});
	const climb = {signal: AbortSignal.timeout(10_000), onRung: () => undefined};
	for (let time = 0; time < times; time++) {
		await connect(resolved, climb).catch((error: Error) => tried.push(`failed: ${error.message}`));
	}
	return tried;
}

test('an ordinary host is carried by ssh2 alone', async () => {
	expect(await attempts({})).toEqual(['ssh2']);
});

test('the configuration decides for a host', async () => {
	const ssh2 = {code: 'incompatible'} as const;
	expect(await attempts({transport: 'openssh'})).toEqual(['OpenSSH (as configured)']);
	expect(await attempts({transport: 'ssh2', ssh2})).toEqual(['ssh2', 'failed: no']);
});

test('a host with which ssh2 has no algorithm in common is asked by ssh2 once only', async () => {
	const because = 'OpenSSH (no algorithm in common with ssh2)';
	expect(await attempts({ssh2: {code: 'incompatible'}}, 3)).toEqual(['ssh2', because, because, because]);
});

test('a host that no ssh configuration resolved is never given to ssh', async () => {
	expect(await attempts({isForeign: true, ssh2: {code: 'incompatible'}})).toEqual(['ssh2', 'failed: no']);
});

test('an authority in known_hosts leads to ssh where no key of the host itself is known, or another', async () => {
	const authority = `@cert-authority *.lab,web ${key}\n`;
	expect(await attempts({knownHosts: authority})).toEqual(['OpenSSH (host certificate)']);
	expect(await attempts({knownHosts: `${authority}web ${key}\n`})).toEqual(['ssh2']);
	const ssh2 = {rung: 'host-key', code: 'host-key-changed'} as const;
	expect(await attempts({knownHosts: `${authority}web ${key}\n`, ssh2})).toEqual([
		'ssh2',
		'OpenSSH (host certificate)',
	]);
	expect(await attempts({knownHosts: `web ${key}\n`, ssh2})).toEqual(['ssh2', 'failed: no']);
	expect(await attempts({knownHosts: `@cert-authority *.other ${key}\n`})).toEqual(['ssh2']);
});

test('after a refused login, ssh is tried only with ways that the host accepts and ssh2 does not have', async () => {
	const needs = {always: null, methods: {'gssapi-with-mic': 'GSSAPIAuthentication'}};
	const refusedBy = (accepted: string): Partial<LadderErrorFacts> => ({
		rung: 'authentication',
		code: 'authentication-failed',
		detail: [`the host accepts: ${accepted}`],
	});
	expect(await attempts({needs, ssh2: refusedBy('publickey, gssapi-with-mic')})).toEqual([
		'ssh2',
		'OpenSSH (GSSAPIAuthentication) by gssapi-with-mic',
	]);
	expect(await attempts({needs, ssh2: refusedBy('publickey')})).toEqual(['ssh2', 'failed: no']);
	const identity = 'sk-ssh-ed25519@openssh.com AAAA ann';
	expect(await attempts({identity, ssh2: refusedBy('publickey')})).toEqual([
		'ssh2',
		'OpenSSH (security key file) by publickey',
	]);
});

test.each([
	['', null],
	['pkcs11provider none\nverifyhostkeydns ask\nsecuritykeyprovider internal\nproxyusefdpass no', null],
	['pkcs11provider /usr/lib/softhsm/libsofthsm2.so\nbindaddress 10.0.0.1', 'PKCS11Provider, BindAddress'],
	['gssapiauthentication yes\npubkeyauthentication true', null],
	['gssapiauthentication yes\npubkeyauthentication false', 'GSSAPIAuthentication'],
	['gssapiauthentication yes\npreferredauthentications gssapi-with-mic', 'GSSAPIAuthentication'],
	['verifyhostkeydns true', 'VerifyHostKeyDNS'],
])('what ssh -G prints as %j needs %s', (dump, always) => {
	expect(findOpenSshNeeds(parseSshDump(dump), [])?.always ?? null).toBe(always);
});
