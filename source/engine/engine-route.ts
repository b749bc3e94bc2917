/** The ways that may lead to a host's engine, best first, from what the host's shell said. */
import {shellQuote} from '../support/shell-quote.ts';

export type EngineAccess = {
	/** From the configuration, a path or `unix://` address; then no other way is tried. */
	readonly socketPath?: string;
	/** `$DOCKER_HOST` of the account. */
	readonly dockerHost: string | null;
	readonly sockets: readonly {readonly path: string; readonly usable: boolean}[];
	/** Absolute paths of `docker` and `podman` on the host. */
	readonly programs: readonly string[];
	readonly sudo: 'yes' | 'no' | 'skipped';
};

export type EngineRoute =
	| {readonly kind: 'socket'; readonly path: string; readonly via: string}
	/** The engine's own client as a pipe to its socket. */
	| {readonly kind: 'command'; readonly commandLine: string; readonly via: string};

const wellKnownPaths = ['/var/run/docker.sock', '/run/podman/podman.sock'];

/** Routes to try in order; a socket known to be closed to the account comes after the ways round that. */
export function listEngineRoutes(access: EngineAccess): readonly EngineRoute[] {
	const docker = access.programs.find((program) => program.endsWith('/docker')) ?? null;
	const routes: EngineRoute[] = [];
	const paths = listSocketPaths(access);
	const isUsable = (path: string): boolean => access.sockets.find((socket) => socket.path === path)?.usable ?? true;
	const usable = paths.filter(isUsable);
	for (const path of usable) routes.push(socketRoute(path));
	// sshd may forbid forwarding to sockets; the client on the host is a way round.
	const first = usable[0] ?? null;
	if (docker && (first !== null || paths.length === 0)) routes.push(dialRoute(docker, first, false));
	if (docker && access.sudo === 'yes') {
		const closed = paths.find((path) => !isUsable(path)) ?? (access.socketPath === undefined ? null : (first ?? null));
		if (closed !== null) routes.push(dialRoute(docker, closed, true));
	}
	for (const path of paths) if (!isUsable(path)) routes.push(socketRoute(path));
	if (paths.length === 0) routes.push(...wellKnownPaths.map(socketRoute));
	return routes;
}

/** Where an engine was looked for, for the message that says there is none. */
export function listLookedAt(access: EngineAccess): readonly string[] {
	if (access.socketPath !== undefined) return [stripScheme(access.socketPath)];
	return [...new Set([...listSocketPaths(access), ...wellKnownPaths, '/run/user/UID/docker.sock'])];
}

function listSocketPaths(access: EngineAccess): readonly string[] {
	if (access.socketPath !== undefined) return [stripScheme(access.socketPath)];
	const fromEnvironment = access.dockerHost?.startsWith('unix://') ? [stripScheme(access.dockerHost)] : [];
	return [...new Set([...fromEnvironment, ...access.sockets.map((socket) => socket.path)])];
}

function stripScheme(address: string): string {
	return address.replace(/^unix:\/\//, '');
}

function socketRoute(path: string): EngineRoute {
	return {kind: 'socket', path, via: path};
}

/** `-H` rather than `$DOCKER_HOST`: sudo clears the environment, and a context in it would win over the variable. */
function dialRoute(docker: string, path: string | null, sudo: boolean): EngineRoute {
	const host = path === null ? '' : ` -H ${shellQuote(`unix://${path}`)}`;
	const words = `${sudo ? 'sudo ' : ''}docker system dial-stdio`;
	return {
		kind: 'command',
		commandLine: `exec ${sudo ? 'sudo -n ' : ''}${shellQuote(docker)}${host} system dial-stdio`,
		via: path === null ? words : `${words} (${path})`,
	};
}
