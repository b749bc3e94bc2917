/** Fresh key pairs for tests; nothing secret is kept in the repository. */
import {chmod, writeFile} from 'node:fs/promises';
import ssh2, {type ParsedKey} from 'ssh2';

export type TestKey = {
	/** OpenSSH private key file, encrypted when a passphrase was given. */
	readonly private: string;
	/** `ssh-ed25519 AAAA…`, one line. */
	readonly public: string;
	/** Public key in SSH wire format. */
	readonly wire: Buffer;
	readonly type: string;
	readonly passphrase?: string;
};

type Lock = {} | {passphrase: string; cipher: string; rounds: number};

/** ssh2 writes about one ed25519 key in 170 so that it cannot be read again (issues 1390, 1513): such ones are thrown away. */
export function makeKey(options: {type?: 'ed25519' | 'ecdsa' | 'rsa'; passphrase?: string} = {}): TestKey {
	const {type = 'ed25519', passphrase} = options;
	const lock: Lock = passphrase === undefined ? {} : {passphrase, cipher: 'aes256-ctr', rounds: 1};
	for (;;) {
		const pair =
			type === 'ed25519'
				? ssh2.utils.generateKeyPairSync('ed25519', lock)
				: type === 'ecdsa'
					? ssh2.utils.generateKeyPairSync('ecdsa', {bits: 256, ...lock})
					: ssh2.utils.generateKeyPairSync('rsa', {bits: 2048, ...lock});
		const parsed: ParsedKey | Error = ssh2.utils.parseKey(pair.private, passphrase);
		if (parsed instanceof Error || !signs(parsed)) continue;
		return {...pair, wire: parsed.getPublicSSH(), type: parsed.type, ...(passphrase === undefined ? {} : {passphrase})};
	}
}

function signs(key: ParsedKey): boolean {
	const data = Buffer.from('proof');
	const signature: Buffer | Error = key.sign(data);
	return !(signature instanceof Error) && key.verify(data, signature) === true;
}

/** Writes a private key as ssh wants it to be kept. */
export async function writeKey(path: string, key: TestKey, mode = 0o600): Promise<string> {
	await writeFile(path, key.private);
	await chmod(path, mode);
	return path;
}

export function knownHostsLine(names: string, key: TestKey): string {
	return `${names} ${key.type} ${key.wire.toString('base64')}\n`;
}
