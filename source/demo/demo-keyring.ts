/**
 * The files a client of the demo fleet needs: its key and the fleet's known_hosts, in a private directory that goes
 * when the fleet goes, also when the program ends without closing it.
 */
import {mkdtempSync, rmSync} from 'node:fs';
import {rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createOpenSshKey} from './openssh-key.ts';

export type DemoKeyring = {
	readonly directory: string;
	/** Private key file, mode 0600. */
	readonly identityFile: string;
	readonly knownHostsFile: string;
	/** `ssh-ed25519 AAAA…` of the client: the one line of every host's authorized_keys. */
	readonly clientPublicLine: string;
	/** Writes known_hosts anew: one `[address]:port type key` line each. */
	writeKnownHosts(lines: readonly string[]): Promise<void>;
	close(): Promise<void>;
};

export async function createDemoKeyring(): Promise<DemoKeyring> {
	// At once, so that no end of the program falls between the directory and what removes it.
	const directory = mkdtempSync(path.join(tmpdir(), 'sickbay-demo-'));
	const identityFile = path.join(directory, 'id_ed25519');
	const knownHostsFile = path.join(directory, 'known_hosts');
	const removeAtExit = (): void => rmSync(directory, {recursive: true, force: true});
	process.once('exit', removeAtExit);
	const clientKey = createOpenSshKey('sickbay-demo');
	await writeFile(identityFile, clientKey.privateText, {mode: 0o600});
	return {
		directory,
		identityFile,
		knownHostsFile,
		clientPublicLine: clientKey.publicLine,
		writeKnownHosts: (lines) => writeFile(knownHostsFile, lines.map((line) => `${line}\n`).join(''), {mode: 0o600}),
		async close() {
			process.off('exit', removeAtExit);
			await rm(directory, {recursive: true, force: true});
		},
	};
}
