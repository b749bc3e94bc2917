/** Reads one identity file as `ssh` would: a private key, a locked one, or the public half of a key an agent holds. */
import {open} from 'node:fs/promises';
import ssh2, {type ParsedKey} from 'ssh2';

export type KeyFile =
	| {readonly kind: 'private'; readonly path: string; readonly key: ParsedKey}
	/** `publicKey` in SSH wire format, null when neither the file nor its `.pub` neighbour says. */
	| {readonly kind: 'locked'; readonly path: string; readonly publicKey: Buffer | null}
	| {readonly kind: 'public'; readonly path: string; readonly publicKey: Buffer}
	| {readonly kind: 'missing'; readonly path: string}
	| {readonly kind: 'unusable'; readonly path: string; readonly reason: string};

const fileLimitBytes = 64 * 1024;

/** Never rejects: a file that cannot be used says why, and the next one is tried. */
export async function readKeyFile(path: string): Promise<KeyFile> {
	const text = await readBounded(path);
	if (text.kind === 'missing') return neighbour(path, {kind: 'missing', path});
	if (text.kind === 'unusable') return {kind: 'unusable', path, reason: text.reason};
	const parsed = firstKey(text.content);
	if (!(parsed instanceof Error)) {
		if (!parsed.isPrivateKey()) return {kind: 'public', path, publicKey: parsed.getPublicSSH()};
		return text.reason === null ? {kind: 'private', path, key: parsed} : {kind: 'unusable', path, reason: text.reason};
	}
	if (/no passphrase|encrypted/i.test(parsed.message)) {
		if (text.reason !== null) return {kind: 'unusable', path, reason: text.reason};
		const publicKey = publicKeyOfOpenSshFile(text.content) ?? (await publicNeighbour(path));
		return {kind: 'locked', path, publicKey};
	}
	return {kind: 'unusable', path, reason: 'not a private key this program can read'};
}

/** The key in a locked file, or null when the passphrase is wrong or the file is gone. */
export async function unlockKeyFile(path: string, passphrase: string): Promise<ParsedKey | null> {
	const text = await readBounded(path);
	if (text.kind !== 'text') return null;
	const key = firstKey(text.content, passphrase);
	return key instanceof Error || !key.isPrivateKey() ? null : key;
}

type BoundedText =
	/** `reason`: why ssh would refuse to use the file as a private key; null when it would not. */
	| {readonly kind: 'text'; readonly content: string; readonly reason: string | null}
	| {readonly kind: 'missing'}
	| {readonly kind: 'unusable'; readonly reason: string};

async function readBounded(path: string): Promise<BoundedText> {
	try {
		const handle = await open(path, 'r');
		try {
			const facts = await handle.stat();
			if (!facts.isFile() || facts.size > fileLimitBytes) return {kind: 'unusable', reason: 'not a key file'};
			const mode = facts.mode & 0o777;
			// ssh ignores private keys of ours that others may read; root's checks apply to root's own files only.
			const open = facts.uid === process.getuid?.() && (mode & 0o077) !== 0;
			const content = await handle.readFile('utf8');
			return {kind: 'text', content, reason: open ? `permissions ${mode.toString(8)} are too open` : null};
		} finally {
			await handle.close();
		}
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return {kind: 'missing'};
		return {kind: 'unusable', reason: `cannot be read (${code ?? 'unknown error'})`};
	}
}

/** A missing private half is no loss when an agent holds it: its public half then names the key to ask for. */
async function neighbour(path: string, otherwise: KeyFile): Promise<KeyFile> {
	const publicKey = await publicNeighbour(path);
	return publicKey === null ? otherwise : {kind: 'public', path, publicKey};
}

async function publicNeighbour(path: string): Promise<Buffer | null> {
	const text = await readBounded(`${path}.pub`);
	if (text.kind !== 'text') return null;
	const key = firstKey(text.content);
	return key instanceof Error ? null : key.getPublicSSH();
}

/** `parseKey` answers with a list for some formats, against its type. */
function firstKey(content: string, passphrase?: string): ParsedKey | Error {
	try {
		const parsed: ParsedKey | Error | readonly ParsedKey[] = ssh2.utils.parseKey(content, passphrase);
		if (!Array.isArray(parsed)) return parsed as ParsedKey | Error;
		return (parsed as readonly ParsedKey[])[0] ?? new Error('no key in file');
	} catch (error) {
		return error as Error;
	}
}

/** The public half stands unencrypted at the head of an `openssh-key-v1` file (PROTOCOL.key in OpenSSH's source). */
function publicKeyOfOpenSshFile(content: string): Buffer | null {
	const body = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END/.exec(content)?.[1];
	if (body === undefined) return null;
	const data = Buffer.from(body, 'base64');
	const magic = 'openssh-key-v1\0';
	if (data.toString('latin1', 0, magic.length) !== magic) return null;
	let at = magic.length;
	const next = (): Buffer | null => {
		if (at + 4 > data.length) return null;
		const end = at + 4 + data.readUInt32BE(at);
		if (end > data.length) return null;
		const field = data.subarray(at + 4, end);
		at = end;
		return field;
	};
	// Cipher, key derivation and its options come first, then the number of keys.
	if (next() === null || next() === null || next() === null) return null;
	at += 4;
	return next();
}
