import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {expect, test} from 'vitest';
import type {SecretQuestion} from '../../source/model/attention.ts';
import {describeAuthenticationFailure} from '../../source/ssh/authentication/describe-authentication-failure.ts';
import {formatFingerprint} from '../../source/ssh/host-keys/fingerprint.ts';
import {startAgent} from './peers/agent-peer.ts';
import {makeKey, writeKey} from './peers/make-key.ts';
import {climb, openWard, reach} from './peers/ward.ts';

test('a key of the agent lets us in without any key file', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer();
	const identityAgent = await startAgent(ward.folder, [makeKey(), ward.userKey]);
	await expect(
		reach(ward.connector(), ward.target(peer.port, {identityAgent, identityFiles: [], identitiesOnly: false})),
	).resolves.toBeDefined();
});

test('RSA keys of the agent are signed for with SHA-2', async () => {
	const ward = await openWard();
	const rsa = makeKey({type: 'rsa'});
	const peer = await ward.startPeer({authorized: [rsa]});
	const identityAgent = await startAgent(ward.folder, [rsa]);
	await expect(
		reach(ward.connector(), ward.target(peer.port, {identityAgent, identityFiles: [], identitiesOnly: false})),
	).resolves.toBeDefined();
});

test('with IdentitiesOnly the agent is asked only for the keys the configuration names', async () => {
	const ward = await openWard();
	const stranger = makeKey();
	const peer = await ward.startPeer({authorized: [stranger]});
	const identityAgent = await startAgent(ward.folder, [stranger, ward.userKey]);
	const target = ward.target(peer.port, {identityAgent});
	const {error} = await climb(ward.connector(), target);
	expect(error?.detail.filter((line) => line.startsWith('offered'))).toEqual([
		`offered: agent key ssh-ed25519 ${formatFingerprint(ward.userKey.wire)}`,
	]);
	await reach(ward.connector(), {...target, identitiesOnly: false});
});

test('a public key file names a key that only the agent holds', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer();
	const file = path.join(ward.folder, 'held');
	await writeFile(`${file}.pub`, ward.userKey.public);
	const identityAgent = await startAgent(ward.folder, [makeKey(), ward.userKey]);
	await reach(ward.connector(), ward.target(peer.port, {identityAgent, identityFiles: [file]}));
	const {error} = await climb(ward.connector(), ward.target(peer.port, {identityFiles: [`${file}.pub`]}));
	expect(error?.detail).toContain(`not offered: ${file}.pub: only the public half is here and no agent holds the key`);
});

test('a host that knows none of our keys says what it was offered and what it would accept, and is not asked again', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({authorized: []});
	const second = await writeKey(path.join(ward.folder, 'second'), makeKey({type: 'ecdsa'}));
	const [first = ''] = ward.target(1).identityFiles;
	const target = ward.target(peer.port, {identityFiles: [first, second, path.join(ward.folder, 'absent')]});
	const {rungs, error} = await climb(ward.connector(), target);
	expect(rungs.at(-1)).toBe('host-key');
	expect(error).toMatchObject({rung: 'authentication', code: 'authentication-failed', retry: 'never'});
	expect(error?.message).toBe('SSH: no key accepted for ward');
	expect(error?.detail).toEqual([
		`offered: ${first} ssh-ed25519 ${formatFingerprint(ward.userKey.wire)}`,
		expect.stringMatching(/^offered: \S+\/second ecdsa-sha2-nistp256 SHA256:/),
		'the host accepts: publickey',
	]);
	expect(peer.accepted()).toBe(1);
});

test('a host that needs no key at all lets us in', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({open: true});
	await expect(reach(ward.connector(), ward.target(peer.port, {identityFiles: []}))).resolves.toBeDefined();
});

test('an agent that is gone is named when there was nothing else to try', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer();
	const identityAgent = path.join(ward.folder, 'gone.sock');
	const {error} = await climb(ward.connector(), ward.target(peer.port, {identityAgent, identityFiles: []}));
	expect(error).toMatchObject({rung: 'authentication', code: 'agent-unavailable', retry: 'never'});
	expect(error?.detail).toContain(`not offered: no agent answers at ${identityAgent}`);
});

test('an agent that is gone does not matter when a key file lets us in', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer();
	await expect(
		reach(ward.connector(), ward.target(peer.port, {identityAgent: path.join(ward.folder, 'gone.sock')})),
	).resolves.toBeDefined();
});

test('a key the agent will not sign with is passed over for the next one', async () => {
	const ward = await openWard();
	const held = makeKey();
	const peer = await ward.startPeer({authorized: [held, ward.userKey]});
	const identityAgent = await startAgent(ward.folder, [held], true);
	await expect(
		reach(ward.connector(), ward.target(peer.port, {identityAgent, identitiesOnly: false})),
	).resolves.toBeDefined();
	const alone = ward.target(peer.port, {identityAgent, identitiesOnly: false, identityFiles: []});
	const {error} = await climb(ward.connector(), alone);
	expect(error?.detail).toContainEqual(
		expect.stringMatching(/^not offered: agent key .*the agent does not sign with it$/),
	);
});

test('a locked key is asked for once and serves every host that names it', async () => {
	const ward = await openWard();
	const locked = makeKey({passphrase: 'open sesame'});
	const file = await writeKey(path.join(ward.folder, 'locked'), locked);
	const peer = await ward.startPeer({authorized: [locked]});
	const connector = ward.connector();
	const targets = ['one', 'two', 'one'].map((destination) =>
		ward.target(peer.port, {destination, identityFiles: [file]}),
	);
	const [key, ...others] = await connector.lockedKeys(targets);
	expect(others).toEqual([]);
	expect(key).toEqual({path: file, fingerprint: formatFingerprint(locked.wire), usedBy: ['one', 'two']});
	const {error} = await climb(connector, targets[0]!);
	expect(error?.detail).toContain(`not offered: ${file}: locked, its passphrase was not given`);

	expect(await connector.unlock(key!, 'wrong')).toBe(false);
	expect(await connector.unlock(key!, 'open sesame')).toBe(true);
	expect(await connector.lockedKeys(targets)).toEqual([]);
	await reach(connector, targets[1]!);
});

test('a locked key the agent already holds is not asked for, and the agent signs for it', async () => {
	const ward = await openWard();
	const locked = makeKey({passphrase: 'open sesame'});
	const file = await writeKey(path.join(ward.folder, 'locked'), locked);
	const peer = await ward.startPeer({authorized: [locked]});
	const identityAgent = await startAgent(ward.folder, [locked]);
	const connector = ward.connector();
	const target = ward.target(peer.port, {identityAgent, identityFiles: [file]});
	expect(await connector.lockedKeys([target])).toEqual([]);
	expect(await connector.lockedKeys([{...target, identityAgent: null}])).toHaveLength(1);
	await reach(connector, target);
});

test('the passphrase of a locked key is asked for only when a host wants that key, and once for all hosts', async () => {
	const ward = await openWard();
	const locked = makeKey({passphrase: 'open sesame'});
	const file = await writeKey(path.join(ward.folder, 'locked'), locked);
	const wants = await ward.startPeer({authorized: [locked]});
	const refuses = await ward.startPeer({authorized: []});
	const asked: SecretQuestion[] = [];
	const ask = (question: SecretQuestion): Promise<readonly string[]> => {
		asked.push(question);
		return Promise.resolve([asked.length === 1 ? 'wrong' : 'open sesame']);
	};
	const connector = ward.connector({ask});
	const identityFiles = [file];
	const {error} = await climb(connector, ward.target(refuses.port, {identityFiles}));
	expect(error?.detail).toContain(`offered: ${file} ssh-ed25519 ${formatFingerprint(locked.wire)}`);
	expect(asked).toEqual([]);
	await reach(connector, ward.target(wants.port, {identityFiles}));
	await reach(connector, ward.target(wants.port, {identityFiles}));
	expect(asked.map(({kind, title, instruction}) => ({kind, title, instruction}))).toEqual([
		{kind: 'passphrase', title: `Passphrase for ${file}`, instruction: ''},
		{kind: 'passphrase', title: `Passphrase for ${file}`, instruction: 'The passphrase before does not open the key.'},
	]);
	expect(asked[0]?.fingerprint).toBe(formatFingerprint(locked.wire));
});

test('a locked key the person does without gives way to the next one, and is not asked for again once given up', async () => {
	const ward = await openWard();
	const locked = makeKey({passphrase: 'open sesame'});
	const file = await writeKey(path.join(ward.folder, 'locked'), locked);
	const peer = await ward.startPeer({authorized: [locked, ward.userKey]});
	let asked = 0;
	const ask = (): Promise<null> => {
		asked++;
		return Promise.resolve(null);
	};
	const connector = ward.connector({ask});
	const target = ward.target(peer.port, {identityFiles: [file, ...ward.target(1).identityFiles]});
	// Beforehand nobody is asked: there is another key, which may do.
	expect(await connector.lockedKeys([target])).toEqual([]);
	await reach(connector, target);
	expect(asked).toBe(1);
	const [key] = await connector.lockedKeys([{...target, identityFiles: [file]}]);
	connector.goWithout(key!);
	expect(await connector.lockedKeys([{...target, identityFiles: [file]}])).toEqual([]);
	await reach(connector, target);
	expect(asked).toBe(1);
});

test('a security key that no agent holds is told as such', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer();
	const type = Buffer.from('sk-ssh-ed25519@openssh.com');
	const blob = Buffer.concat([Buffer.from([0, 0, 0, type.length]), type, Buffer.alloc(40, 1)]);
	const file = path.join(ward.folder, 'id_ed25519_sk');
	await writeFile(`${file}.pub`, `${type.toString()} ${blob.toString('base64')} ward\n`);
	const {error} = await climb(ward.connector(), ward.target(peer.port, {identityFiles: [file]}));
	expect(error?.detail).toContain(
		`not offered: ${file}: a security key, which only an agent can use: add it with \`ssh-add\``,
	);
});

test('a key file others may read is ignored, as ssh ignores it, and the reason is told', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer();
	const file = await writeKey(path.join(ward.folder, 'careless'), ward.userKey, 0o644);
	const {error} = await climb(ward.connector(), ward.target(peer.port, {identityFiles: [file]}));
	expect(error?.detail).toContain(`not offered: ${file}: permissions 644 are too open`);
});

test('a host that wants a second proof besides the key says which', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({wantsMore: true});
	const {error} = await climb(ward.connector(), ward.target(peer.port));
	expect(error).toMatchObject({rung: 'authentication', code: 'authentication-failed', retry: 'never'});
	expect(error?.message).toBe('SSH: the host wants more than a key from ward: keyboard-interactive');
});

test('a host that counts the tries and hangs up is quoted without its control characters', () => {
	const interactive = {outcome: () => 'untried' as const};
	const attempts = {offered: ['a', 'b'], methods: () => null, partial: () => false, interactive};
	const facts = describeAuthenticationFailure(
		'ward',
		attempts,
		{notes: [], agentUnavailable: true},
		'Too many authentication failures\u001B[2J',
	);
	expect(facts).toMatchObject({code: 'authentication-failed', summary: 'SSH: Too many authentication failures'});
});
