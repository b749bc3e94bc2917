/** What on this machine makes it worth while to try a refused host again. */
import {appendFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {beforeEach, describe, expect, test} from 'vitest';
import type {ReasonCode} from '../../source/model/ladder.ts';
import type {ResolvedTarget} from '../../source/model/resolved-target.ts';
import {startAgent} from './peers/agent-peer.ts';
import {knownHostsLine, makeKey, writeKey} from './peers/make-key.ts';
import {openWard, type Ward} from './peers/ward.ts';

let ward: Ward;
beforeEach(async () => {
	ward = await openWard();
});

/** Tells, each time it is asked, whether there is something new since the time before. */
async function watchFor(code: ReasonCode, changes: Partial<ResolvedTarget> = {}): Promise<() => Promise<boolean>> {
	const gate = {...ward.target(22, {hostname: 'gate.test'}), destination: 'gate'};
	const host = ward.target(2222, {hostname: 'peer.test', ...changes});
	const resolve = ({destination}: {readonly destination: string}): Promise<ResolvedTarget> =>
		Promise.resolve(destination === 'gate' ? gate : host);
	const {findEvidence} = ward.connector({resolve});
	const read = await findEvidence({kind: 'ssh', destination: 'peer'}, code, new AbortController().signal);
	if (read === null) throw new Error('nothing to look at');
	let seen = await read();
	return async () => {
		const before = seen;
		seen = await read();
		return [...seen].some((piece) => !before.has(piece));
	};
}

describe('for a host whose key was refused', () => {
	test('an entry of known_hosts for it is news when it comes and when it goes', async () => {
		const hasNews = await watchFor('host-key-unknown');
		expect(await hasNews()).toBe(false);
		await appendFile(ward.knownHostsFile, knownHostsLine('[peer.test]:2222', ward.hostKey));
		expect([await hasNews(), await hasNews()]).toEqual([true, false]);
		await writeFile(ward.knownHostsFile, '');
		expect(await hasNews()).toBe(true);
	});

	test("other hosts' entries are none, nor are its key files", async () => {
		const hasNews = await watchFor('host-key-changed');
		await appendFile(ward.knownHostsFile, knownHostsLine('other.test', makeKey()));
		await writeKey(path.join(ward.folder, 'id_ed25519'), makeKey());
		expect(await hasNews()).toBe(false);
	});

	test('its entry in a known_hosts file that was not there is, and so is that of its jump host', async () => {
		const later = path.join(ward.folder, 'later');
		const hasNews = await watchFor('host-key-unknown', {proxyJump: 'gate', globalKnownHostsFiles: [later]});
		await writeFile(later, knownHostsLine('[peer.test]:2222', ward.hostKey));
		expect(await hasNews()).toBe(true);
		await appendFile(ward.knownHostsFile, knownHostsLine('gate.test', makeKey()));
		expect(await hasNews()).toBe(true);
	});

	test('a list of revoked keys that changed is', async () => {
		const list = path.join(ward.folder, 'revoked');
		await writeFile(list, '');
		const hasNews = await watchFor('host-key-revoked', {revokedHostKeysFiles: [list]});
		await writeFile(list, '# none\n');
		expect(await hasNews()).toBe(true);
	});
});

describe('for a host that let nobody in', () => {
	test('a key file that is new or was replaced is news, one that is gone is not', async () => {
		const file = path.join(ward.folder, 'id_new');
		const hasNews = await watchFor('authentication-failed', {identityFiles: [file]});
		await writeKey(file, makeKey());
		expect(await hasNews()).toBe(true);
		await writeKey(file, makeKey());
		expect(await hasNews()).toBe(true);
		await writeFile(`${file}-cert.pub`, 'a certificate');
		expect(await hasNews()).toBe(true);
		await rm(file);
		expect(await hasNews()).toBe(false);
	});

	test('an agent that is there again, with a key, is; what known_hosts says is not', async () => {
		const identityAgent = path.join(ward.folder, 'agent.sock');
		const hasNews = await watchFor('authentication-failed', {identityAgent});
		await appendFile(ward.knownHostsFile, knownHostsLine('[peer.test]:2222', ward.hostKey));
		expect(await hasNews()).toBe(false);
		await startAgent(ward.folder, [ward.userKey]);
		expect([await hasNews(), await hasNews()]).toEqual([true, false]);
	});
});

test('for a host that is away there is nothing to look at', async () => {
	await expect(watchFor('connection-refused')).rejects.toThrow('nothing to look at');
});
