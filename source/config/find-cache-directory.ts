/** Where the program keeps what it can do without and does better with. */
import path from 'node:path';
import {findHomeDirectory} from './home-directory.ts';

/** `$XDG_CACHE_HOME/sickbay`; a relative XDG_CACHE_HOME is ignored, as its specification demands. It may not exist. */
export function findCacheDirectory(env: NodeJS.ProcessEnv): string {
	const configured = env['XDG_CACHE_HOME'];
	const isUsable = configured !== undefined && path.isAbsolute(configured);
	return path.join(isUsable ? configured : path.join(findHomeDirectory(env), '.cache'), 'sickbay');
}
