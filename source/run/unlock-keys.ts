/** Asks for the passphrases of encrypted keys: once each, in one place, before anything is drawn. */
import type {Host} from '../model/host.ts';
import type {LockedKey} from '../ssh/locked-key.ts';
import type {SshConnector} from '../ssh/ssh-connector.ts';
import {hasTerminal} from './answer-on-terminal.ts';
import {askSecret} from './ask-secret.ts';

const triesPerKey = 3;

/** Does nothing without a terminal to ask on; a key that stays locked is not offered to any host. */
export async function unlockKeys(hosts: readonly Host[], connector: SshConnector): Promise<void> {
	if (!hasTerminal()) return;
	const attempts = hosts.flatMap((host) => (host.target.kind === 'ssh' ? [connector.resolve(host.target)] : []));
	const settled = await Promise.allSettled(attempts);
	const resolved = settled.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
	for (const key of await connector.lockedKeys(resolved)) await unlockKey(key, connector);
}

async function unlockKey(key: LockedKey, connector: SshConnector): Promise<void> {
	for (let attempt = 0; attempt < triesPerKey; attempt++) {
		const passphrase = await askSecret(`Passphrase for ${key.path} (Enter to go without): `);
		if (passphrase === null || passphrase === '') {
			connector.goWithout(key);
			return;
		}
		if (await connector.unlock(key, passphrase)) return;
		process.stderr.write('That does not open the key.\n');
	}
}
