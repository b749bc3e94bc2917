/** The fleet of a person with certain files, from a home directory that holds nothing else. */
import path from 'node:path';
import {collectFleet} from '../../source/config/collect-fleet.ts';
import {loadConfig} from '../../source/config/load-config.ts';
import type {Host} from '../../source/model/host.ts';
import {createTemporaryHome, type TemporaryHome} from './temporary-home.ts';

export type Situation = {
	readonly config?: string;
	readonly sshConfig?: string;
	/** Addresses by context name. */
	readonly contexts?: Readonly<Record<string, string>>;
	readonly sockets?: readonly string[];
	readonly env?: NodeJS.ProcessEnv;
	readonly noSudo?: boolean;
};

export async function prepareHome(home: TemporaryHome, situation: Situation): Promise<void> {
	await home.write('.config/sickbay/config.yaml', situation.config ?? '');
	await home.write('.ssh/config', situation.sshConfig ?? '');
	for (const [name, host] of Object.entries(situation.contexts ?? {})) {
		await home.write(
			`.docker/contexts/meta/${name}/meta.json`,
			JSON.stringify({Name: name, Endpoints: {docker: {Host: host}}}),
		);
	}
}

/** The fleet of a person with these files who types `sickbay ARGUMENTS`. */
export async function fleetOf(situation: Situation, ...hostArguments: readonly string[]): Promise<readonly Host[]> {
	const home = await createTemporaryHome();
	await prepareHome(home, situation);
	const env = {...home.env, ...situation.env};
	return collectFleet({
		hostArguments,
		config: await loadConfig({env}),
		env,
		systemSshConfigFile: path.join(home.directory, 'none'),
		isSocket: (file) => Promise.resolve(situation.sockets?.includes(file) ?? false),
		...(situation.noSudo ? {sudo: 'never' as const} : {}),
	});
}

export function namesOf(hosts: readonly Host[]): readonly string[] {
	return hosts.map(({name}) => name);
}
