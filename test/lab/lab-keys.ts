/** Who may enter the lab and how `ssh` is told: client keys, host keys, known_hosts and one ssh_config for all hosts. */
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {run} from './lab-command.ts';
import type {LabHost} from './host-shell.ts';

/** Creates the client's key and a second one that no host accepts. */
export async function createClientKeys(runDirectory: string): Promise<void> {
	const folder = join(runDirectory, 'keys');
	await mkdir(folder, {recursive: true, mode: 0o700});
	for (const name of ['client', 'stranger']) await createKey(join(folder, name), `${name}@sickbay-lab`);
}

export async function createKey(file: string, comment: string): Promise<void> {
	await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', file]);
}

export async function readClientKey(runDirectory: string): Promise<string> {
	return (await readFile(join(runDirectory, 'keys', 'client.pub'), 'utf8')).trim();
}

/** Public half of the key the host was created with, as it stands in `known_hosts`. */
export function hostKeyFile(host: LabHost): string {
	return join(host.directory, 'host_key');
}

/**
 * Writes `ssh_config`, `known_hosts` and an empty `known_hosts.empty` into the run's directory and returns the path of
 * the configuration. Each host has the aliases NAME (as root), NAME-operator, NAME-deputy and NAME-guest
 * (accounts with fewer rights, see `writeAccounts`), NAME-wrong-key (a key the
 * host does not accept) and NAME-unknown-key (nothing known about the host's key).
 */
export async function writeSshConfig(runDirectory: string, hosts: readonly LabHost[]): Promise<string> {
	const known = hosts.map(async (host) => {
		const [type, key] = (await readFile(`${hostKeyFile(host)}.pub`, 'utf8')).split(' ');
		return `${host.address} ${type} ${key}\n`;
	});
	await writeFile(join(runDirectory, 'known_hosts'), (await Promise.all(known)).join(''));
	await writeFile(join(runDirectory, 'known_hosts.empty'), '');
	const file = join(runDirectory, 'ssh_config');
	await writeFile(file, formatSshConfig(runDirectory, hosts));
	return file;
}

function formatSshConfig(runDirectory: string, hosts: readonly LabHost[]): string {
	const keys = join(runDirectory, 'keys');
	const entries = hosts.flatMap((host) => {
		const entry = (alias: string, ...settings: string[]): string =>
			[`Host ${alias}`, `HostName ${host.address}`, ...settings].join('\n  ');
		return [
			entry(host.name, 'User root'),
			entry(`${host.name}-operator`, 'User operator'),
			entry(`${host.name}-deputy`, 'User deputy'),
			entry(`${host.name}-guest`, 'User guest'),
			entry(`${host.name}-wrong-key`, 'User root', `IdentityFile ${join(keys, 'stranger')}`),
			entry(
				`${host.name}-unknown-key`,
				'User root',
				`IdentityFile ${join(keys, 'client')}`,
				`UserKnownHostsFile ${join(runDirectory, 'known_hosts.empty')}`,
			),
		];
	});
	const common = [
		'Host sb-lab-* !*-wrong-key',
		`IdentityFile ${join(keys, 'client')}`,
		'Host sb-lab-*',
		'IdentitiesOnly yes',
		'IdentityAgent none',
		`UserKnownHostsFile ${join(runDirectory, 'known_hosts')}`,
		'GlobalKnownHostsFile /dev/null',
		'StrictHostKeyChecking yes',
	];
	return `${[...entries, ...common].join('\n')}\n`;
}
