/**
 * The lists of host keys never to be accepted (`RevokedHostKeys`): public keys one per line, or key revocation lists
 * as `ssh-keygen -k` writes them. As for ssh, a list that cannot be read refuses every key.
 */
import {open} from 'node:fs/promises';
import {sanitiseLine} from '../../support/sanitise.ts';
import {isRevocationList, parseRevocationList} from './parse-revocation-list.ts';
import {wireKeyType} from './parse-known-hosts.ts';

export type RevokedKeyVerdict =
	| {readonly kind: 'revoked'; readonly file: string}
	/** `reason` is one sanitised line. */
	| {readonly kind: 'unreadable'; readonly file: string; readonly reason: string};

/** What the lists have against a key in SSH wire format; null for nothing. */
export type JudgeRevocation = (key: Buffer) => RevokedKeyVerdict | null;

const fileLimitBytes = 16 * 1024 * 1024;

type HoldsKey = (key: Buffer) => boolean;

/** Reads all lists at once; never rejects. */
export async function readRevokedKeys(files: readonly string[]): Promise<JudgeRevocation> {
	const lists = await Promise.all(files.map(async (file) => ({file, list: await readList(file)})));
	return (key) => {
		for (const {file, list} of lists) {
			if (list instanceof Error) return {kind: 'unreadable', file, reason: sanitiseLine(list.message, 200)};
			if (list(key)) return {kind: 'revoked', file};
		}
		return null;
	};
}

async function readList(file: string): Promise<HoldsKey | Error> {
	try {
		const bytes = await readBounded(file);
		return isRevocationList(bytes) ? parseRevocationList(bytes) : parseKeyLines(bytes.toString('latin1'));
	} catch (error) {
		return error as Error;
	}
}

async function readBounded(file: string): Promise<Buffer> {
	const handle = await open(file, 'r');
	try {
		const {size} = await handle.stat();
		if (size > fileLimitBytes) throw new Error(`larger than ${fileLimitBytes / 1024 / 1024} MiB`);
		return await handle.readFile();
	} finally {
		await handle.close();
	}
}

/** Lines that hold no key are passed over, as ssh does. */
function parseKeyLines(text: string): HoldsKey {
	const keys = new Set<string>();
	for (const line of text.split('\n')) {
		const [keyType, base64] = line.trim().split(/[ \t]+/);
		if (keyType === undefined || base64 === undefined || keyType.startsWith('#')) continue;
		const key = Buffer.from(base64, 'base64');
		if (wireKeyType(key) === keyType) keys.add(key.toString('base64'));
	}
	return (key) => keys.has(key.toString('base64'));
}
