/** The known_hosts files on this machine: read when they change, added to as `ssh` would. */
import {randomBytes} from 'node:crypto';
import {mkdir, open, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {createLimiter} from '../../support/limiter.ts';
import {shareInFlight} from '../../support/share-in-flight.ts';
import {hashName, parseKnownHosts, wireKeyType, type KnownHostsEntry} from './parse-known-hosts.ts';

export type KnownHostsFiles = {
	/** Entries of all files, in order; files that are missing or unreadable have none. */
	read(files: readonly string[]): Promise<readonly KnownHostsEntry[]>;
	/** Appends a key for a name, hashed if asked; creates the file (0600) and its folder (0700). Rejects as `fs` does. */
	add(file: string, lookupName: string, key: Buffer, hashed: boolean): Promise<void>;
};

const fileLimitBytes = 16 * 1024 * 1024;

type ReadFile = {readonly version: string; readonly entries: readonly KnownHostsEntry[]};

export function createKnownHostsFiles(): KnownHostsFiles {
	const cache = new Map<string, ReadFile>();
	const oneAtATime = createLimiter(1);

	const readOne = shareInFlight(async (file: string): Promise<readonly KnownHostsEntry[]> => {
		try {
			const facts = await stat(file);
			if (!facts.isFile() || facts.size > fileLimitBytes) return [];
			const version = `${facts.ino}:${facts.mtimeMs}:${facts.size}`;
			const cached = cache.get(file);
			if (cached?.version === version) return cached.entries;
			const entries = parseKnownHosts(await readFile(file, 'utf8'), file);
			cache.set(file, {version, entries});
			return entries;
		} catch {
			return [];
		}
	});

	return {
		async read(files) {
			const lists = await Promise.all(files.map(readOne));
			return lists.flat();
		},
		add: (file, lookupName, key, hashed) => oneAtATime.run(() => appendEntry(file, lookupName, key, hashed)),
	};
}

async function appendEntry(file: string, lookupName: string, key: Buffer, hashed: boolean): Promise<void> {
	await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
	const handle = await open(file, 'a+', 0o600);
	try {
		const facts = await handle.stat();
		const last = Buffer.from('\n');
		if (facts.isFile() && facts.size > 0) await handle.read(last, 0, 1, facts.size - 1);
		const name = hashed ? hashedName(lookupName) : lookupName;
		await handle.write(`${last[0] === 0x0a ? '' : '\n'}${name} ${wireKeyType(key)} ${key.toString('base64')}\n`);
	} finally {
		await handle.close();
	}
}

function hashedName(lookupName: string): string {
	const salt = randomBytes(20);
	return `|1|${salt.toString('base64')}|${hashName(lookupName, salt).toString('base64')}`;
}
