/** Reads Docker's contexts and environment, without the Docker CLI, the way it would. */
import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {z} from 'zod';
import {sanitiseLine} from '../support/sanitise.ts';
import {findHomeDirectory} from './home-directory.ts';
import {readBoundedFile} from './read-bounded-file.ts';

export type DockerEndpoint = {
	/** Name of the context, or `DOCKER_HOST`. */
	readonly name: string;
	/** As written, e.g. `ssh://root@web-01` or `unix:///var/run/docker.sock`. */
	readonly address: string;
};

export type DockerEndpoints = {
	readonly all: readonly DockerEndpoint[];
	/** The one `docker` itself would use, if it is written down: DOCKER_HOST, DOCKER_CONTEXT or the context in use. */
	readonly current: DockerEndpoint | null;
};

const contextFile = z.object({
	Name: z.string().min(1),
	Endpoints: z.object({docker: z.object({Host: z.string().min(1)})}),
});
const settingsFile = z.object({currentContext: z.string().optional()});

const maxContexts = 1000;

/** Never throws: a context that is missing or damaged is no host, and `docker context ls` says what is wrong with it. */
export async function readDockerContexts(env: NodeJS.ProcessEnv): Promise<DockerEndpoints> {
	const directory = env['DOCKER_CONFIG'] || path.join(findHomeDirectory(env), '.docker');
	const contexts: DockerEndpoint[] = [];
	const metaDirectory = path.join(directory, 'contexts', 'meta');
	for (const entry of (await listDirectory(metaDirectory)).slice(0, maxContexts)) {
		const read = contextFile.safeParse(await readJson(path.join(metaDirectory, entry, 'meta.json')));
		if (!read.success) continue;
		contexts.push({name: sanitiseLine(read.data.Name, 100), address: read.data.Endpoints.docker.Host});
	}
	const fromEnvironment = env['DOCKER_HOST'] ? {name: 'DOCKER_HOST', address: env['DOCKER_HOST']} : null;
	const inUse = env['DOCKER_CONTEXT'] || (await readContextInUse(directory));
	return {
		all: fromEnvironment === null ? contexts : [fromEnvironment, ...contexts],
		current: fromEnvironment ?? contexts.find(({name}) => name === inUse) ?? null,
	};
}

async function readContextInUse(directory: string): Promise<string | undefined> {
	const read = settingsFile.safeParse(await readJson(path.join(directory, 'config.json')));
	return read.success ? read.data.currentContext : undefined;
}

async function listDirectory(directory: string): Promise<readonly string[]> {
	try {
		return (await readdir(directory)).sort();
	} catch {
		return [];
	}
}

async function readJson(file: string): Promise<unknown> {
	try {
		return JSON.parse(await readBoundedFile(file)) as unknown;
	} catch {
		return null;
	}
}
