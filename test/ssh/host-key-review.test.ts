/** A key that was refused as unknown can be accepted by a person, and then holds. */
import {readFile, writeFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import type {OfferedHostKey} from '../../source/model/offered-host-key.ts';
import {formatFingerprint} from '../../source/ssh/host-keys/fingerprint.ts';
import {knownHostsLine, makeKey} from './peers/make-key.ts';
import {climb, openWard} from './peers/ward.ts';

async function openStranger(hashKnownHosts = false) {
	const ward = await openWard();
	const peer = await ward.startPeer();
	await writeFile(ward.knownHostsFile, '');
	const connector = ward.connector();
	const target = ward.target(peer.port, {hashKnownHosts});
	return {ward, peer, connector, target};
}

const offeredBy = (error: {hostKey?: OfferedHostKey | null} | null): OfferedHostKey => {
	if (!error?.hostKey) throw new Error('no key was offered');
	return error.hostKey;
};

test('an unknown key comes with its error, and once accepted it is added as ssh would and the host is reached', async () => {
	const {ward, peer, connector, target} = await openStranger();
	const offered = offeredBy((await climb(connector, target)).error);
	expect(offered).toMatchObject({
		verdict: 'unknown',
		lookupName: `[127.0.0.1]:${peer.port}`,
		keyType: 'ssh-ed25519',
		fingerprint: formatFingerprint(ward.hostKey.wire),
		addTo: ward.knownHostsFile,
	});
	await connector.acceptHostKey(offered);
	expect(await readFile(ward.knownHostsFile, 'utf8')).toBe(knownHostsLine(`[127.0.0.1]:${peer.port}`, ward.hostKey));
	expect((await climb(connector, target)).error).toBeNull();
});

test('with HashKnownHosts the name is written hashed', async () => {
	const {ward, connector, target} = await openStranger(true);
	await connector.acceptHostKey(offeredBy((await climb(connector, target)).error));
	expect(await readFile(ward.knownHostsFile, 'utf8')).toMatch(/^\|1\|\S+\|\S+ ssh-ed25519 /);
	expect((await climb(connector, target)).error).toBeNull();
});

test('an accepted key is pinned: where the file keeps nothing, another key is a changed one', async () => {
	const {ward, peer, connector, target} = await openStranger();
	const forgetful = {...target, userKnownHostsFiles: ['/dev/null']};
	const offered = offeredBy((await climb(connector, forgetful)).error);
	await connector.acceptHostKey(offered);
	expect((await climb(connector, forgetful)).error).toBeNull();
	await peer.close();
	const impostor = await ward.startPeer({hostKeys: [makeKey()]});
	const port = {port: impostor.port, hostKeyAlias: offered.lookupName};
	const {error} = await climb(connector, {...forgetful, ...port});
	expect(error).toMatchObject({code: 'host-key-changed', retry: 'never'});
	expect(error?.detail.join('\n')).toContain(offered.fingerprint);
});

test('a changed key cannot be accepted, not even by name', async () => {
	const {ward, peer, connector, target} = await openStranger();
	await writeFile(ward.knownHostsFile, knownHostsLine(`[127.0.0.1]:${peer.port}`, makeKey()));
	const before = await readFile(ward.knownHostsFile, 'utf8');
	const offered = offeredBy((await climb(connector, target)).error);
	expect(offered).toMatchObject({verdict: 'changed', addTo: null, expected: [{keyType: 'ssh-ed25519'}]});
	await expect(connector.acceptHostKey(offered)).rejects.toThrow('cannot be accepted');
	expect(await readFile(ward.knownHostsFile, 'utf8')).toBe(before);
});

test('with StrictHostKeyChecking yes nobody is asked', async () => {
	const {connector, target} = await openStranger();
	const {error} = await climb(connector, {...target, strictHostKeyChecking: 'yes'});
	expect(offeredBy(error).addTo).toBeNull();
	await expect(connector.acceptHostKey(offeredBy(error))).rejects.toThrow('cannot be accepted');
});

test('a key known under another name says where', async () => {
	const {ward, connector, target} = await openStranger();
	await writeFile(ward.knownHostsFile, `# mine\n${knownHostsLine('web-01', ward.hostKey)}`);
	expect(offeredBy((await climb(connector, target)).error).alsoAt).toEqual([`${ward.knownHostsFile}:2`]);
});
