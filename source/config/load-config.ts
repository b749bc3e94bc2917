/** Finds and reads the configuration file. */
import path from 'node:path';
import {UserError} from '../model/user-error.ts';
import {type Config, mapConfigFile} from './config.ts';
import type {ConfigFile} from './config-schema.ts';
import type {DeclaredSignature} from '../model/declared-signature.ts';
import {findHomeDirectory, resolveUserPath} from './home-directory.ts';
import {parseConfigFile} from './parse-config-file.ts';
import {describeReadError, isMissingFile, readBoundedFile} from './read-bounded-file.ts';

/**
 * Reads `path`, or `sickbay/config.yaml` in the XDG configuration directory if it exists; without a file everything
 * has its default. Throws `UserError` naming file, line and key, or when `path` is given and cannot be read.
 */
export async function loadConfig(options: {readonly path?: string; readonly env: NodeJS.ProcessEnv}): Promise<Config> {
	const {env} = options;
	const isDefault = options.path === undefined;
	const file = isDefault ? findDefaultFile(env) : resolveUserPath(options.path, process.cwd(), env);
	let text: string;
	try {
		text = await readBoundedFile(file);
	} catch (error) {
		if (isDefault && isMissingFile(error)) return mapConfigFile({}, null, env);
		throw new UserError(`cannot read the configuration ${file}: ${describeReadError(error)}`, undefined, {
			cause: error,
		});
	}
	const written = parseConfigFile(text, file);
	return mapConfigFile(written, file, env, await checkSignatures(written, file));
}

/** What proves patterns harmless takes a while to load, and hardly anybody has signatures of their own. */
async function checkSignatures({signatures = []}: ConfigFile, file: string): Promise<readonly DeclaredSignature[]> {
	if (signatures.length === 0) return [];
	const {mapSignatureEntries} = await import('./map-signature-entries.ts');
	return mapSignatureEntries(signatures, file);
}

/** `$XDG_CONFIG_HOME/sickbay/config.yaml`; a relative XDG_CONFIG_HOME is ignored, as its specification demands. */
function findDefaultFile(env: NodeJS.ProcessEnv): string {
	const configured = env['XDG_CONFIG_HOME'];
	const isUsable = configured !== undefined && path.isAbsolute(configured);
	return path.join(isUsable ? configured : path.join(findHomeDirectory(env), '.config'), 'sickbay', 'config.yaml');
}
