/**
 * Lists the hosts an SSH configuration names in full, following `Include`. How to reach each is left to `ssh -G`;
 * nothing is looked up or run here.
 */
import path from 'node:path';
import {UserError} from '../model/user-error.ts';
import {expandInclude} from './expand-include.ts';
import {findHomeDirectory, resolveUserPath} from './home-directory.ts';
import {isPlainHostName} from './parse-destination.ts';
import {parseSshConfigBlocks, type SshConfigBlock} from './parse-ssh-config-blocks.ts';
import {describeReadError, readBoundedFile} from './read-bounded-file.ts';

export type SshConfigHost = {
	/** A word after `Host`, to be given to `ssh` as it is. */
	readonly alias: string;
	/** `HostName` and `User` of its blocks; null where they have none. */
	readonly hostName: string | null;
	readonly user: string | null;
	/** File that names it first. */
	readonly file: string;
};

export type SshConfigOptions = {
	/** As `ssh -F`: replaces both files and must be readable; `none` reads nothing. */
	readonly configFile?: string;
	/** Default: `/etc/ssh/ssh_config`. */
	readonly systemConfigFile?: string;
	readonly env: NodeJS.ProcessEnv;
};

type Reader = {
	readonly hosts: Map<string, SshConfigHost>;
	/** Where relative includes start: `~/.ssh`, or `/etc/ssh` for the system's file (ssh_config(5), Include). */
	readonly includeBase: string;
	readonly env: NodeJS.ProcessEnv;
	filesLeft: number;
};

/** `READCONF_MAX_DEPTH` in readconf.c of OpenSSH. */
const maxDepth = 16;
const maxFiles = 1000;
const maxHosts = 10_000;

/**
 * Hosts in the order written, each alias once, wildcards and negations left out. Throws `UserError` when the given
 * file cannot be read; without one, `~/.ssh/config` and the system's are read where they can be.
 */
export async function readSshConfig(options: SshConfigOptions): Promise<readonly SshConfigHost[]> {
	const {configFile, env} = options;
	const userDirectory = path.join(findHomeDirectory(env), '.ssh');
	const hosts = new Map<string, SshConfigHost>();
	if (configFile === 'none') return [];
	if (configFile !== undefined) {
		const text = await readExplicitFile(configFile);
		await addHosts(text, configFile, {hosts, includeBase: userDirectory, env, filesLeft: maxFiles}, 0);
	} else {
		const systemFile = options.systemConfigFile ?? '/etc/ssh/ssh_config';
		for (const file of [path.join(userDirectory, 'config'), systemFile]) {
			await addHostsOfFile(file, {hosts, includeBase: path.dirname(file), env, filesLeft: maxFiles}, 0);
		}
	}
	return [...hosts.values()];
}

async function readExplicitFile(file: string): Promise<string> {
	try {
		return await readBoundedFile(file);
	} catch (error) {
		throw new UserError(`cannot read the SSH configuration ${file}: ${describeReadError(error)}`, undefined, {
			cause: error,
		});
	}
}

async function addHostsOfFile(file: string, reader: Reader, depth: number): Promise<void> {
	if (depth > maxDepth || reader.filesLeft-- <= 0) return;
	let text: string;
	try {
		text = await readBoundedFile(file);
	} catch {
		// `ssh` goes on without a file it cannot read.
		return;
	}
	await addHosts(text, file, reader, depth);
}

async function addHosts(text: string, file: string, reader: Reader, depth: number): Promise<void> {
	for (const block of parseSshConfigBlocks(text)) {
		for (const pattern of block.patterns ?? []) addHost(pattern, block, file, reader.hosts);
		// An include under `Host web` is read for web only: the hosts it names are no hosts of their own.
		if (block.patterns !== null && !block.patterns.includes('*')) continue;
		for (const include of block.includes) {
			const files = await expandInclude(resolveUserPath(include, reader.includeBase, reader.env));
			for (const included of files) await addHostsOfFile(included, reader, depth + 1);
		}
	}
}

function addHost(alias: string, block: SshConfigBlock, file: string, hosts: Map<string, SshConfigHost>): void {
	const known = hosts.get(alias);
	if (/[*?!]/.test(alias) || !isPlainHostName(alias) || (known === undefined && hosts.size >= maxHosts)) return;
	hosts.set(alias, {
		alias,
		hostName: known?.hostName ?? block.hostName,
		user: known?.user ?? block.user,
		file: known?.file ?? file,
	});
}
