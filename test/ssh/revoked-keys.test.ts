import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {readRevokedKeys} from '../../source/ssh/host-keys/revoked-keys.ts';

/** Keys of ssh-keygen 9.2, public halves only, and the lists `ssh-keygen -k` made of the first one. */
const key = Buffer.from('AAAAC3NzaC1lZDI1NTE5AAAAIGMcI/9X0bt0QQbRx7w5oEhV4u7Y6P6K3xZb3x2a4m1E', 'base64');
const other = Buffer.from('AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g', 'base64');
const line = (blob: Buffer): string => `ssh-ed25519 ${blob.toString('base64')} someone\n`;

async function folderOf(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'sickbay-revoked-'));
	onTestFinished(() => rm(folder, {recursive: true, force: true}));
	for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
	return folder;
}

test('a list of public keys refuses these keys, with its comments and faulty lines passed over', async () => {
	const folder = await folderOf({list: `# leaked\n\nnonsense\n${line(key)}`});
	const judge = await readRevokedKeys([path.join(folder, 'list')]);
	expect([judge(key)?.kind, judge(other)]).toEqual(['revoked', null]);
});

test.each([
	[
		'keys',
		'U1NIS1JMCgAAAAABAAAAAAAAAAAAAAAAawB61gAAAAAAAAAAAAAAAAAAAAACAAAANwAAADMAAAALc3NoLWVkMjU1MTkAAAAgYxwj/1fRu3RBBtHHvDmgSFXi7tjo/orfFlvfHZribUQ=',
	],
	[
		'SHA-1 fingerprints',
		'U1NIS1JMCgAAAAABAAAAAAAAAAAAAAAAawB61gAAAAAAAAAAAAAAAAAAAAADAAAAGAAAABTTDeKdzKurtCeAt08AM0WgSciyEQ==',
	],
	[
		'SHA-256 fingerprints',
		'U1NIS1JMCgAAAAABAAAAAAAAAAAAAAAAawB61gAAAAAAAAAAAAAAAAAAAAAFAAAAJAAAACDp5NVRgPOKudtIBJXwd/f7lOLaIR47nke3NE5sKhzgcg==',
	],
])('a KRL of %s refuses the key it holds', async (_name, base64) => {
	const krl = Buffer.from(base64, 'base64');
	const folder = await folderOf({krl, cut: krl.subarray(0, -3)});
	const judge = await readRevokedKeys([path.join(folder, 'krl')]);
	expect([judge(key)?.kind, judge(other)]).toEqual(['revoked', null]);
	const judgeCut = await readRevokedKeys([path.join(folder, 'cut')]);
	expect(judgeCut(other)).toMatchObject({kind: 'unreadable', reason: 'revocation list is cut short'});
});

test('a list that cannot be read, or not be understood, refuses every key', async () => {
	const strange = Buffer.concat([Buffer.from('SSHKRL\n\0'), Buffer.from([0, 0, 0, 9])]);
	const folder = await folderOf({good: line(other), strange});
	for (const name of ['missing', 'strange']) {
		const judge = await readRevokedKeys([path.join(folder, 'good'), path.join(folder, name)]);
		expect(judge(key)).toMatchObject({kind: 'unreadable', file: path.join(folder, name)});
	}
	expect((await readRevokedKeys([]))(key)).toBe(null);
});
