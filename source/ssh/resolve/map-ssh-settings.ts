/** Turns the settings `ssh` would use for a target into a `ResolvedTarget`, expanding what `ssh -G` leaves unexpanded. */
import type {SshTarget} from '../../model/host.ts';
import {LadderError} from '../../model/ladder-error.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {findUnmetAlgorithms} from '../connect/offer-algorithms.ts';
import {expandHome, expandPath, expandTokens, type TokenValues} from './expand-tokens.ts';
import {findOpenSshNeeds} from './find-open-ssh-needs.ts';
import {mapAuthentication} from './map-authentication.ts';
import {isPort} from './check-destination.ts';
import type {LocalAccount} from './local-account.ts';
import {parseAllowedAlgorithms} from './parse-allowed-algorithms.ts';
import type {SshSettings} from './parse-ssh-dump.ts';

/** `env` is searched for `SSH_AUTH_SOCK` and for `${VARIABLE}` in paths. */
export function mapSshSettings(
	settings: SshSettings,
	target: SshTarget,
	account: LocalAccount,
	env: NodeJS.ProcessEnv,
): ResolvedTarget {
	const first = (keyword: string): string | null => settings.get(keyword)?.[0] ?? null;
	const given = (keyword: string): string | null => noneToNull(first(keyword));
	const port = Number(first('port') ?? target.port ?? 22);
	const tokens: TokenValues = {
		...account,
		destination: target.destination,
		hostname: (first('hostname') ?? target.destination).toLowerCase(),
		port: isPort(port) ? port : 22,
		user: first('user') ?? target.user ?? account.localUser,
		hostKeyAlias: given('hostkeyalias'),
		proxyJump: given('proxyjump'),
	};
	const toPath = (text: string): string => expandPath(text, tokens, env);
	const proxyCommand = given('proxycommand');
	const family = first('addressfamily');
	const revoked = given('revokedhostkeys');
	const algorithms = parseAllowedAlgorithms(settings);
	const openSshNeeds = findOpenSshNeeds(settings, findUnmetAlgorithms(algorithms));
	return {
		destination: target.destination,
		hostname: tokens.hostname,
		port: tokens.port,
		user: tokens.user,
		identityFiles: uniqueOf([
			...(target.identityFiles ?? []).map(toPath),
			...(settings.get('identityfile') ?? []).filter((file) => file.toLowerCase() !== 'none').map(toPath),
		]),
		identitiesOnly: isYes(first('identitiesonly')),
		...mapAuthentication(settings, toPath),
		identityAgent: agentPath(first('identityagent'), toPath, env),
		...mapKnownHosts(first, toPath, account),
		hostKeyAlias: tokens.hostKeyAlias,
		strictHostKeyChecking: strictness(first('stricthostkeychecking')),
		connectTimeoutMs: secondsToMs(given('connecttimeout')),
		proxyJump: tokens.proxyJump,
		proxyCommand: proxyCommand === null ? null : expandCommand(proxyCommand, tokens),
		hashKnownHosts: isYes(first('hashknownhosts')),
		...(revoked === null ? {} : {revokedHostKeysFiles: splitPaths(revoked).map(toPath)}),
		...(Object.keys(algorithms).length === 0 ? {} : {algorithms}),
		...(openSshNeeds === null ? {} : {openSshNeeds}),
		...(family === 'inet' ? {addressFamily: 4 as const} : {}),
		...(family === 'inet6' ? {addressFamily: 6 as const} : {}),
	};
}

function mapKnownHosts(
	first: (keyword: string) => string | null,
	toPath: (text: string) => string,
	account: LocalAccount,
): Pick<ResolvedTarget, 'userKnownHostsFiles' | 'globalKnownHostsFiles'> {
	const user = first('userknownhostsfile') ?? '~/.ssh/known_hosts ~/.ssh/known_hosts2';
	const global = first('globalknownhostsfile') ?? '/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2';
	return {
		userKnownHostsFiles: splitPaths(user).map(toPath),
		globalKnownHostsFiles: splitPaths(global).map((file) => expandHome(file, account.homeDirectory)),
	};
}

function noneToNull(value: string | null): string | null {
	return value === null || value === '' || value.toLowerCase() === 'none' ? null : value;
}

function isYes(value: string | null): boolean {
	return value === 'yes' || value === 'true';
}

/** `ssh -G` prints several paths in one line without quotes, so a space ends a path only where another one starts. */
function splitPaths(line: string): readonly string[] {
	return line.split(/\s+(?=[/~]|none$)/).filter((file) => file !== '' && file.toLowerCase() !== 'none');
}

function agentPath(setting: string | null, toPath: (text: string) => string, env: NodeJS.ProcessEnv): string | null {
	if (setting === null || setting === 'SSH_AUTH_SOCK') return env['SSH_AUTH_SOCK'] || null;
	if (setting.toLowerCase() === 'none') return null;
	if (/^\$\w+$/.test(setting)) return env[setting.slice(1)] || null;
	return toPath(setting);
}

/** `ssh -G` prints `true` for yes and `false` for no (and `off`). */
function strictness(setting: string | null): ResolvedTarget['strictHostKeyChecking'] {
	switch (setting?.toLowerCase()) {
		case 'yes':
		case 'true':
			return 'yes';
		case 'accept-new':
			return 'accept-new';
		case 'no':
		case 'off':
		case 'false':
			return 'no';
		default:
			return 'ask';
	}
}

function secondsToMs(value: string | null): number | null {
	const seconds = Number(value);
	return value === null || !Number.isFinite(seconds) || seconds <= 0 ? null : seconds * 1000;
}

/**
 * Only the tokens ssh_config(5) allows in `ProxyCommand` are expanded: a stray `%d` must reach the shell as it is.
 * Names a shell would take for more than a word are refused (CVE-2023-51385).
 */
function expandCommand(command: string, tokens: TokenValues): string {
	return command.replace(/%[%hnpr]/g, (token) => {
		const value = expandTokens(token, tokens);
		if (token === '%%' || /^[\w.:@[\]+/-]+$/.test(value)) return value;
		throw new LadderError({
			rung: 'resolve',
			code: 'bad-configuration',
			summary: `this name cannot be passed to ProxyCommand: ${sanitiseLine(value, 80)}`,
			advice: 'Use a plain host and user name in the SSH configuration.',
			retry: 'never',
		});
	});
}

function uniqueOf(list: readonly string[]): readonly string[] {
	return [...new Set(list)];
}
