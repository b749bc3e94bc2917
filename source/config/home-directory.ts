/** The home directory and paths that begin with it. */
import {homedir} from 'node:os';
import path from 'node:path';

export function findHomeDirectory(env: NodeJS.ProcessEnv): string {
	const home = env['HOME'];
	return home === undefined || home === '' ? homedir() : home;
}

/** Absolute path of what a person wrote: `~` and `~/…` are the home directory, relative paths start at `base`. */
export function resolveUserPath(written: string, base: string, env: NodeJS.ProcessEnv): string {
	const isInHome = written === '~' || written.startsWith('~/');
	return isInHome ? path.join(findHomeDirectory(env), written.slice(1)) : path.resolve(base, written);
}
