/** Reads a key revocation list (OpenSSH's PROTOCOL.krl) as far as plain keys go: explicit keys and their hashes. */
import {createHash} from 'node:crypto';

const magic = Buffer.from('SSHKRL\n\0', 'latin1');

/** Section types of PROTOCOL.krl. */
const sections = {certificates: 1, explicitKeys: 2, sha1: 3, signature: 4, sha256: 5, extension: 255} as const;

export function isRevocationList(bytes: Buffer): boolean {
	return bytes.subarray(0, magic.length).equals(magic);
}

/** Whether a key in SSH wire format is on the list. Throws an `Error` for a list that is cut short or not understood. */
export function parseRevocationList(bytes: Buffer): (key: Buffer) => boolean {
	const revoked = {keys: new Set<string>(), sha1: new Set<string>(), sha256: new Set<string>()};
	const reader = createReader(bytes.subarray(magic.length));
	const version = reader.number(4);
	if (version !== 1) throw new Error(`revocation list of unknown format ${version}`);
	// Serial number, date and flags, then two texts for people.
	reader.skip(24);
	reader.text();
	reader.text();
	while (!reader.isDone()) {
		const type = reader.number(1);
		// Only signatures follow a signature; ssh does not ask for them here.
		if (type === sections.signature) break;
		readSection(type, reader.text(), revoked);
	}
	return (key) =>
		revoked.keys.has(key.toString('base64')) ||
		revoked.sha1.has(createHash('sha1').update(key).digest('base64')) ||
		revoked.sha256.has(createHash('sha256').update(key).digest('base64'));
}

type RevokedSets = {readonly keys: Set<string>; readonly sha1: Set<string>; readonly sha256: Set<string>};

function readSection(type: number, content: Buffer, revoked: RevokedSets): void {
	switch (type) {
		case sections.certificates:
			// Certificates are checked by the installed ssh, never here.
			return;
		case sections.explicitKeys:
			return collect(content, revoked.keys);
		case sections.sha1:
			return collect(content, revoked.sha1);
		case sections.sha256:
			return collect(content, revoked.sha256);
		case sections.extension: {
			const reader = createReader(content);
			reader.text();
			if (reader.number(1) === 0) return;
		}
	}
	throw new Error(`revocation list with a part this program does not understand (${type})`);
}

function collect(content: Buffer, into: Set<string>): void {
	const reader = createReader(content);
	while (!reader.isDone()) into.add(reader.text().toString('base64'));
}

type Reader = {number(bytes: number): number; text(): Buffer; skip(bytes: number): void; isDone(): boolean};

function createReader(bytes: Buffer): Reader {
	let at = 0;
	const take = (length: number): Buffer => {
		if (at + length > bytes.length) throw new Error('revocation list is cut short');
		at += length;
		return bytes.subarray(at - length, at);
	};
	const number = (length: number): number => take(length).readUIntBE(0, length);
	return {
		number,
		text: () => take(number(4)),
		skip: (length) => void take(length),
		isDone: () => at >= bytes.length,
	};
}
