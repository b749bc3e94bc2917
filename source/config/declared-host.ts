/** A host as one source declares it, and how several declarations of the same one become a row. */
import type {Host, HostKey, HostSource, HostTarget, SshCarrier, SudoPolicy} from '../model/host.ts';
import {formatHostKey, formatSshTarget} from './host-key.ts';

export type DeclaredHost = {
	readonly target: HostTarget;
	readonly source: HostSource;
	/** What the source calls the host, such as `name:` in the configuration or the name of a Docker context. */
	readonly name?: string;
	readonly labels?: Readonly<Record<string, string>>;
	readonly groups?: readonly string[];
	readonly engineSocket?: string;
	readonly sudo?: SudoPolicy;
};

/**
 * One host per declared identity, in the order first met; of what is declared twice the first wins, labels, groups
 * and sources add up.
 */
export function mergeDeclaredHosts(declared: readonly DeclaredHost[], sudo: SudoPolicy): readonly Host[] {
	const hosts = new Map<HostKey, Host>();
	const named = new Set<HostKey>();
	for (const declaration of declared) {
		const key = formatHostKey(declaration.target);
		const known = hosts.get(key);
		const merged = known === undefined ? createHost(key, declaration, sudo) : mergeInto(known, declaration);
		const isFirstName = declaration.name !== undefined && !named.has(key);
		hosts.set(key, isFirstName ? {...merged, name: declaration.name} : merged);
		if (isFirstName) named.add(key);
	}
	return [...hosts.values()];
}

/** What the board shows for a target nobody named: the destination, without user and port. */
export function nameOfTarget(target: HostTarget): string {
	return target.kind === 'local' ? 'local' : target.destination;
}

function createHost(key: HostKey, declaration: DeclaredHost, sudo: SudoPolicy): Host {
	return {
		key,
		name: nameOfTarget(declaration.target),
		target: declaration.target,
		sources: [declaration.source],
		labels: declaration.labels ?? {},
		groups: declaration.groups ?? [],
		...(declaration.engineSocket === undefined ? {} : {engineSocket: declaration.engineSocket}),
		sudo: declaration.sudo ?? sudo,
		demo: false,
	};
}

function mergeInto(host: Host, added: DeclaredHost): Host {
	const engineSocket = host.engineSocket ?? added.engineSocket;
	const isNewSource = !host.sources.some(
		(source) => source.kind === added.source.kind && source.detail === added.source.detail,
	);
	return {
		...host,
		target: mergeTargets(host.target, added.target),
		sources: isNewSource ? [...host.sources, added.source] : host.sources,
		labels: {...added.labels, ...host.labels},
		groups: [...new Set([...host.groups, ...(added.groups ?? [])])],
		...(engineSocket === undefined ? {} : {engineSocket}),
		// One declaration that forbids sudo is enough.
		sudo: added.sudo === 'never' ? 'never' : host.sudo,
	};
}

function mergeTargets(first: HostTarget, second: HostTarget): HostTarget {
	if (first.kind === 'local' || second.kind === 'local') return first;
	const identityFiles = first.identityFiles ?? second.identityFiles;
	const transport = first.transport ?? second.transport;
	return {
		...first,
		...(identityFiles === undefined ? {} : {identityFiles}),
		...(transport === undefined ? {} : {transport}),
	};
}

/** The hosts with what carries their connections, where they say nothing of it themselves. */
export function withTransport(hosts: readonly Host[], transport: SshCarrier): readonly Host[] {
	if (transport === 'auto') return hosts;
	return hosts.map((host) => (host.target.kind === 'local' ? host : {...host, target: {transport, ...host.target}}));
}

/** Tells hosts of one name apart by their addresses: `root@web:2222`, or `named (root@web:2222)`. */
export function withUniqueNames(hosts: readonly Host[]): readonly Host[] {
	const counts = new Map<string, number>();
	for (const {name} of hosts) counts.set(name, (counts.get(name) ?? 0) + 1);
	return hosts.map((host) => {
		if ((counts.get(host.name) ?? 0) < 2) return host;
		const address = host.target.kind === 'local' ? 'local' : formatSshTarget(host.target);
		const isNamedSo = host.name === nameOfTarget(host.target);
		return {...host, name: isNamedSo ? address : `${host.name} (${address})`};
	});
}
