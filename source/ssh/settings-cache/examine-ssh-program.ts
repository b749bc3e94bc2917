/** Looks at the installed `ssh` itself: which file it is, and which system-wide configuration is built into it. */
import {open} from 'node:fs/promises';
import {findProgram} from './find-program.ts';
import {stampOf} from './stamp-of.ts';

export type SshProgram = {
	/** Another text for another `ssh`, an updated one included. */
	readonly stamp: string;
	/** Path of the configuration of all users. */
	readonly systemConfigFile: string;
};

const sizeLimitBytes = 32 * 1024 * 1024;
/** ELF, Mach-O of 64 bits, Mach-O of several architectures. */
const executables = ['7f454c46', 'cffaedfe', 'cafebabe'];
const configName = Buffer.from('/ssh_config\0', 'latin1');

/**
 * The returned function answers with null for what cannot be seen through: no `ssh`, a script in its place, which may
 * answer differently every time, or a program without exactly one path of that name in it. It reads a program once.
 */
export function createSshExaminer(env: NodeJS.ProcessEnv): () => Promise<SshProgram | null> {
	let last: SshProgram | null = null;
	return async () => {
		const file = await findProgram('ssh', env['PATH']);
		const handle = file === null ? null : await open(file, 'r').catch(() => null);
		if (handle === null) return null;
		try {
			const facts = await handle.stat({bigint: true});
			const stamp = `${file} ${stampOf(facts)}`;
			if (stamp === last?.stamp) return last;
			if (!facts.isFile() || facts.size > sizeLimitBytes) return null;
			const systemConfigFile = findConfigPath(await handle.readFile());
			if (systemConfigFile === null) return null;
			last = {stamp, systemConfigFile};
			return last;
		} catch {
			return null;
		} finally {
			await handle.close();
		}
	};
}

function findConfigPath(program: Buffer): string | null {
	if (!executables.includes(program.toString('hex', 0, 4))) return null;
	const paths = new Set<string>();
	for (let at = program.indexOf(configName); at >= 0; at = program.indexOf(configName, at + 1)) {
		const before = program.lastIndexOf(0, at);
		const path = program.toString('latin1', before + 1, at + configName.length - 1);
		if (path.startsWith('/')) paths.add(path);
	}
	const [only, ...others] = paths;
	return only === undefined || others.length > 0 ? null : only;
}
