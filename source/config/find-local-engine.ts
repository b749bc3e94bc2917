/** Finds the socket of the engine on this machine. */
import {stat} from 'node:fs/promises';
import path from 'node:path';
import type {DockerEndpoint} from './read-docker-contexts.ts';
import {findHomeDirectory} from './home-directory.ts';

export type LocalEngine = {
	readonly socket: string;
	/** True when the environment or Docker's own settings name it: then no other socket is meant. */
	readonly isExplicit: boolean;
};

export type FindLocalEngineOptions = {
	/** The endpoint `docker` would use by itself. */
	readonly current: DockerEndpoint | null;
	readonly env: NodeJS.ProcessEnv;
	readonly isSocket?: (file: string) => Promise<boolean>;
};

/** The first socket that exists, in the order Docker, Docker Desktop and Podman put them; null when there is none. */
export async function findLocalEngine(options: FindLocalEngineOptions): Promise<LocalEngine | null> {
	const {current, env, isSocket = isUnixSocket} = options;
	const named = current === null ? null : /^unix:\/\/(\/.+)$/s.exec(current.address)?.[1];
	if (typeof named === 'string') return (await isSocket(named)) ? {socket: named, isExplicit: true} : null;

	const runtimeDirectory = env['XDG_RUNTIME_DIR'];
	const candidates = [
		'/var/run/docker.sock',
		...(runtimeDirectory ? [path.join(runtimeDirectory, 'docker.sock')] : []),
		path.join(findHomeDirectory(env), '.docker', 'run', 'docker.sock'),
		'/run/podman/podman.sock',
		...(runtimeDirectory ? [path.join(runtimeDirectory, 'podman', 'podman.sock')] : []),
	];
	for (const socket of candidates) {
		if (await isSocket(socket)) return {socket, isExplicit: false};
	}
	return null;
}

async function isUnixSocket(file: string): Promise<boolean> {
	try {
		return (await stat(file)).isSocket();
	} catch {
		return false;
	}
}
