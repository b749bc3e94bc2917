/**
 * Gathers the hosts to show: those on the command line, or all that the configuration, the SSH configuration, Docker's
 * contexts and this machine offer. Knows only what is declared; that two names lead to one machine shows later.
 */
import type {Host, SudoPolicy} from '../model/host.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import type {Config} from './config.ts';
import {type DeclaredHost, mergeDeclaredHosts, withTransport, withUniqueNames} from './declared-host.ts';
import {findLocalEngine} from './find-local-engine.ts';
import {isGitForge} from './is-git-forge.ts';
import {parseHostExpression} from './parse-host-expression.ts';
import {type DockerEndpoint, readDockerContexts} from './read-docker-contexts.ts';
import {readSshConfig} from './read-ssh-config.ts';
import {isExcluded, selectHosts} from './select-hosts.ts';

export type FleetOptions = {
	/** Hosts, ranges and `@groups` as typed; with none, every known host is meant. */
	readonly hostArguments: readonly string[];
	readonly config: Config;
	/** As `ssh -F`; without it that of the configuration. */
	readonly sshConfigFile?: string;
	/** Overrules what the configuration says of every host. */
	readonly sudo?: SudoPolicy;
	readonly env: NodeJS.ProcessEnv;
	/** For tests, which must not find what this machine has. */
	readonly systemSshConfigFile?: string;
	readonly isSocket?: (file: string) => Promise<boolean>;
};

/**
 * Hosts in the order found, one per declared destination, user and port, each with all its sources; empty when nothing
 * is known. Throws `UserError` on a bad argument, an unknown group and an unreadable `sshConfigFile`.
 */
export async function collectFleet(options: FleetOptions): Promise<readonly Host[]> {
	const known = mergeDeclaredHosts(await declareKnownHosts(options), options.config.sudo);
	const hosts =
		options.hostArguments.length === 0
			? known.filter((host) => !isExcluded(host, options.config.exclude))
			: selectHosts(options.hostArguments, known, options.config);
	const {sudo} = options;
	const named = withUniqueNames(sudo === undefined ? hosts : hosts.map((host) => ({...host, sudo})));
	return withTransport(named, options.config.ssh.transport);
}

async function declareKnownHosts(options: FleetOptions): Promise<readonly DeclaredHost[]> {
	const {config, env} = options;
	const docker = await readDockerContexts(env);
	const [fromSsh, local] = await Promise.all([
		config.sources.sshConfig ? declareSshConfigHosts(options) : [],
		config.sources.localEngine ? declareLocalEngine(docker.current, options) : [],
	]);
	const fromDocker = config.sources.dockerContexts ? docker.all.flatMap(declareDockerEndpoint) : [];
	return [...config.hosts, ...fromSsh, ...fromDocker, ...local];
}

async function declareSshConfigHosts(options: FleetOptions): Promise<readonly DeclaredHost[]> {
	const {config, env, systemSshConfigFile} = options;
	const configFile = options.sshConfigFile ?? config.ssh.configFile;
	const found = await readSshConfig({
		...(configFile === null ? {} : {configFile}),
		...(systemSshConfigFile === undefined ? {} : {systemConfigFile: systemSshConfigFile}),
		env,
	});
	return found
		.filter((host) => !isGitForge(host))
		.map(({alias, file}) => ({
			target: {kind: 'ssh', destination: alias},
			source: {kind: 'ssh-config', detail: sanitiseLine(file)},
			name: alias,
		}));
}

/** Contexts that lead elsewhere than over SSH are left alone, and so are addresses `ssh` would refuse. */
function declareDockerEndpoint({name, address}: DockerEndpoint): readonly DeclaredHost[] {
	if (!/^ssh:/i.test(address)) return [];
	try {
		const {targets, engineSocket} = parseHostExpression(address);
		const [target] = targets;
		if (target === undefined || targets.length > 1) return [];
		return [
			{
				target,
				source: {kind: 'docker-context', detail: name},
				...(name === 'DOCKER_HOST' ? {} : {name}),
				...(engineSocket === undefined ? {} : {engineSocket}),
			},
		];
	} catch {
		return [];
	}
}

async function declareLocalEngine(
	current: DockerEndpoint | null,
	{env, isSocket}: FleetOptions,
): Promise<readonly DeclaredHost[]> {
	const engine = await findLocalEngine({current, env, ...(isSocket === undefined ? {} : {isSocket})});
	if (engine === null) return [];
	// Where sockets usually are, the engine client looks by itself and takes the one it may use.
	const isUsual = !engine.isExplicit && engine.socket === '/var/run/docker.sock';
	return [
		{
			target: {kind: 'local'},
			source: {kind: 'local-engine', detail: sanitiseLine(engine.socket)},
			...(isUsual ? {} : {engineSocket: engine.socket}),
		},
	];
}
