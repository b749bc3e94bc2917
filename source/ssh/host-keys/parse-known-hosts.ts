/** Reads a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT); lines it does not understand are left out. */
import {createHmac, timingSafeEqual} from 'node:crypto';
import {matchesPatternList} from './match-host-pattern.ts';

export type KnownHostsEntry = {
	readonly marker: 'none' | 'revoked' | 'cert-authority';
	/** Whether the entry is for the name as ssh looks it up: `web-07`, or `[web-07]:2222` off port 22. */
	readonly matches: (lookupName: string) => boolean;
	readonly keyType: string;
	/** The key in SSH wire format. */
	readonly key: Buffer;
	readonly file: string;
	readonly line: number;
};

export function parseKnownHosts(text: string, file: string): readonly KnownHostsEntry[] {
	const entries: KnownHostsEntry[] = [];
	for (const [index, line] of text.split('\n').entries()) {
		const entry = parseLine(line.trim(), file, index + 1);
		if (entry !== null) entries.push(entry);
	}
	return entries;
}

function parseLine(text: string, file: string, line: number): KnownHostsEntry | null {
	if (text === '' || text.startsWith('#')) return null;
	const fields = text.split(/[ \t]+/);
	const marker = markerOf(fields[0] ?? '');
	if (marker === null) return null;
	const [names, keyType, base64] = marker === 'none' ? fields : fields.slice(1);
	if (names === undefined || keyType === undefined || base64 === undefined) return null;
	const key = Buffer.from(base64, 'base64');
	const matches = nameMatcher(names);
	return matches === null || wireKeyType(key) !== keyType ? null : {marker, matches, keyType, key, file, line};
}

function markerOf(word: string): KnownHostsEntry['marker'] | null {
	if (!word.startsWith('@')) return 'none';
	if (word === '@revoked') return 'revoked';
	return word === '@cert-authority' ? 'cert-authority' : null;
}

function nameMatcher(names: string): KnownHostsEntry['matches'] | null {
	if (!names.startsWith('|')) {
		const patterns = names.split(',');
		return (lookupName) => matchesPatternList(lookupName, patterns);
	}
	const [, version, salt, hash] = names.split('|');
	if (version !== '1' || salt === undefined || hash === undefined) return null;
	const saltBytes = Buffer.from(salt, 'base64');
	const expected = Buffer.from(hash, 'base64');
	if (saltBytes.length !== 20 || expected.length !== 20) return null;
	return (lookupName) => timingSafeEqual(hashName(lookupName.toLowerCase(), saltBytes), expected);
}

/** HMAC-SHA1 of a name, as ssh-keygen -H writes it after `|1|salt|`. */
export function hashName(lookupName: string, salt: Buffer): Buffer {
	return createHmac('sha1', salt).update(lookupName).digest();
}

/** The type a key in SSH wire format names itself by, empty when it is cut short. */
export function wireKeyType(key: Buffer): string {
	if (key.length < 4) return '';
	const length = key.readUInt32BE(0);
	return length > key.length - 4 ? '' : key.toString('latin1', 4, 4 + length);
}
