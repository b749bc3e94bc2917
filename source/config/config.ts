/** The configuration as the program uses it: every default filled in, every path absolute, every range expanded. */
import path from 'node:path';
import type {DeclaredSignature} from '../model/declared-signature.ts';
import type {HostTarget, SshCarrier, SudoPolicy} from '../model/host.ts';
import {UserError} from '../model/user-error.ts';
import type {ConfigFile, HostEntry} from './config-schema.ts';
import {mapPruneSection, type PruneDefaults} from './prune-defaults.ts';
import {type DeclaredHost, nameOfTarget} from './declared-host.ts';
import {maxRangeHosts} from './expand-host-range.ts';
import {resolveUserPath} from './home-directory.ts';
import {parseHostExpression} from './parse-host-expression.ts';

export type Config = {
	/** Absolute path of the file read; null when there is none. */
	readonly file: string | null;
	readonly hosts: readonly DeclaredHost[];
	readonly sources: {readonly sshConfig: boolean; readonly dockerContexts: boolean; readonly localEngine: boolean};
	/** Patterns with `*` and `?` of names and addresses to leave out. */
	readonly exclude: readonly string[];
	readonly sudo: SudoPolicy;
	readonly ssh: {
		/** What `ssh -F` is given: an absolute path, or `none`; null for what `ssh` uses by itself. */
		readonly configFile: string | null;
		/** For hosts that say nothing of it. */
		readonly transport: SshCarrier;
	};
	readonly ui: {readonly ascii: boolean};
	/** Failure signatures of the user's own, checked; they go before the built-in ones. */
	readonly signatures: readonly DeclaredSignature[];
	/** What `sickbay prune` does where the command line says nothing. */
	readonly prune: PruneDefaults;
	/** True takes away every command that changes a host. */
	readonly readOnly: boolean;
};

/** `file` is null when there is no file; throws `UserError` when all ranges together name too many hosts. */
export function mapConfigFile(
	written: ConfigFile,
	file: string | null,
	env: NodeJS.ProcessEnv,
	signatures: readonly DeclaredSignature[] = [],
): Config {
	const base = file === null ? process.cwd() : path.dirname(file);
	const hosts: DeclaredHost[] = [];
	for (const entry of written.hosts ?? []) {
		hosts.push(...mapHostEntry(typeof entry === 'string' ? {host: entry} : entry, file ?? '', env));
		if (hosts.length > maxRangeHosts) throw new UserError(`${file} names more than ${maxRangeHosts} hosts`);
	}
	return {
		file,
		hosts,
		sources: {
			sshConfig: written.sources?.sshConfig ?? true,
			dockerContexts: written.sources?.dockerContexts ?? true,
			localEngine: written.sources?.localEngine ?? true,
		},
		exclude: written.exclude ?? [],
		sudo: written.sudo ?? 'auto',
		ssh: mapSsh(written.ssh, base, env),
		ui: {ascii: written.ui?.ascii ?? false},
		signatures,
		prune: mapPruneSection(written.prune),
		readOnly: written.readOnly ?? false,
	};
}

function mapSsh(written: ConfigFile['ssh'], base: string, env: NodeJS.ProcessEnv): Config['ssh'] {
	const {configFile, transport} = written ?? {};
	const resolve = (file: string): string => (file === 'none' ? file : resolveUserPath(file, base, env));
	return {configFile: configFile === undefined ? null : resolve(configFile), transport: transport ?? 'auto'};
}

function mapHostEntry(entry: HostEntry, file: string, env: NodeJS.ProcessEnv): readonly DeclaredHost[] {
	const expression = parseHostExpression(entry.host);
	const engineSocket = entry.engineSocket ?? expression.engineSocket;
	const labels = Object.entries(entry.labels ?? {}).map(([name, value]) => [name, String(value)] as const);
	return expression.targets.map((target) => ({
		target: withEntry(target, entry, file, env),
		source: {kind: 'config', detail: file},
		name: entry.name ?? nameOfTarget(target),
		labels: Object.fromEntries(labels),
		groups: entry.groups ?? [],
		...(engineSocket === undefined ? {} : {engineSocket}),
		...(entry.sudo === undefined ? {} : {sudo: entry.sudo}),
	}));
}

function withEntry(target: HostTarget, entry: HostEntry, file: string, env: NodeJS.ProcessEnv): HostTarget {
	if (target.kind === 'local') return target;
	const keyFiles = typeof entry.identityFile === 'string' ? [entry.identityFile] : entry.identityFile;
	return {
		...target,
		...(entry.user === undefined ? {} : {user: entry.user}),
		...(entry.port === undefined ? {} : {port: entry.port}),
		...(entry.transport === undefined ? {} : {transport: entry.transport}),
		...(keyFiles === undefined
			? {}
			: {identityFiles: keyFiles.map((keyFile) => resolveUserPath(keyFile, path.dirname(file), env))}),
	};
}
