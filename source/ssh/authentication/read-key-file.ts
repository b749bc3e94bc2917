/** Reads one identity file as `ssh` would: a private key, a locked one, or the public half of a key an agent holds. */
import {createPrivateKey} from 'node:crypto';
import {open} from 'node:fs/promises';
import ssh2, {type ParsedKey} from 'ssh2';
import {parseCertificateFile, type Certificate} from './certificate.ts';
import {mapKeyObject, mapParsedKey, type PrivateKey} from './private-key.ts';
import {createWireReader, wireTypeOf} from './wire.ts';

export type KeyFile =
	| {readonly kind: 'private'; readonly path: string; readonly key: PrivateKey}
	/** `publicKey` in SSH wire format, null when neither the file nor its `.pub` neighbour says. */
	| {readonly kind: 'locked'; readonly path: string; readonly publicKey: Buffer | null}
	/** `securityKey`: the private half is on a device, which only an agent can ask. */
	| {readonly kind: 'public'; readonly path: string; readonly publicKey: Buffer; readonly securityKey: boolean}
	| {readonly kind: 'missing'; readonly path: string}
	| {readonly kind: 'unusable'; readonly path: string; readonly reason: string};

const fileLimitBytes = 64 * 1024;

/** Never rejects: a file that cannot be used says why, and the next one is tried. */
export async function readKeyFile(path: string): Promise<KeyFile> {
	const text = await readBounded(path);
	if (text.kind === 'missing') return neighbour(path, {kind: 'missing', path});
	if (text.kind === 'unusable') return {kind: 'unusable', path, reason: text.reason};
	const {content, reason} = text;
	const shown = parsePublicLine(content);
	if (shown !== null) return describePublic(path, shown);
	const inside = publicKeyOfOpenSshFile(content);
	if (inside !== null && isSecurityKey(inside)) return describePublic(path, inside);
	const opened = openKey(content, undefined);
	if (reason !== null && opened !== 'unreadable') return {kind: 'unusable', path, reason};
	if (opened === 'locked') return {kind: 'locked', path, publicKey: inside ?? (await publicNeighbour(path))};
	if (opened === 'unreadable') return {kind: 'unusable', path, reason: 'not a private key this program can read'};
	return {kind: 'private', path, key: opened};
}

/** The key in a locked file, or null when the passphrase is wrong or the file is gone. */
export async function unlockKeyFile(path: string, passphrase: string): Promise<PrivateKey | null> {
	const text = await readBounded(path);
	if (text.kind !== 'text') return null;
	const opened = openKey(text.content, passphrase);
	return typeof opened === 'string' ? null : opened;
}

/** The certificate in a file, null when there is none. */
export async function readCertificateFile(path: string): Promise<Certificate | null> {
	const text = await readBounded(path);
	return text.kind === 'text' ? parseCertificateFile(text.content) : null;
}

/** In wire format; null where the file does not say. */
export function publicKeyOf(file: KeyFile): Buffer | null {
	switch (file.kind) {
		case 'private':
			return file.key.publicKey;
		case 'locked':
		case 'public':
			return file.publicKey;
		default:
			return null;
	}
}

function describePublic(path: string, publicKey: Buffer): KeyFile {
	return {kind: 'public', path, publicKey, securityKey: isSecurityKey(publicKey)};
}

export function isSecurityKey(publicKey: Buffer): boolean {
	return wireTypeOf(publicKey).startsWith('sk-');
}

/** OpenSSH's own format and the old PEM formats by ssh2; PKCS 8, and what ssh2 cannot decrypt, by Node. */
function openKey(content: string, passphrase: string | undefined): PrivateKey | 'locked' | 'unreadable' {
	const parsed = firstKey(content, passphrase);
	if (!(parsed instanceof Error)) return (parsed.isPrivateKey() ? mapParsedKey(parsed) : null) ?? 'unreadable';
	if (passphrase === undefined && /no passphrase|encrypted/i.test(parsed.message)) return 'locked';
	if (!/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(content) || content.includes('BEGIN OPENSSH'))
		return 'unreadable';
	if (passphrase === undefined && /BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(content)) return 'locked';
	try {
		const key = createPrivateKey({key: content, format: 'pem', ...(passphrase === undefined ? {} : {passphrase})});
		return mapKeyObject(key) ?? 'unreadable';
	} catch {
		return 'unreadable';
	}
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
	return publicKey === null ? otherwise : describePublic(path, publicKey);
}

async function publicNeighbour(path: string): Promise<Buffer | null> {
	const text = await readBounded(`${path}.pub`);
	return text.kind === 'text' ? parsePublicLine(text.content) : null;
}

/** `ssh-ed25519 AAAA… comment`, or the older RFC 4716 form. */
function parsePublicLine(content: string): Buffer | null {
	const [, type = '', base64 = ''] = /^\s*([\w@.-]+)\s+([A-Za-z0-9+/=]{20,})(?:\s|$)/.exec(content) ?? [];
	const blob = Buffer.from(base64, 'base64');
	if (type !== '' && wireTypeOf(blob) === type) return blob;
	if (!content.includes('SSH2 PUBLIC KEY')) return null;
	const key = firstKey(content);
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
	const reader = createWireReader(data.subarray(magic.length));
	// Cipher, key derivation and its options come first, then the number of keys.
	if (reader.readString() === null || reader.readString() === null || reader.readString() === null) return null;
	reader.readNumber();
	return reader.readString();
}
