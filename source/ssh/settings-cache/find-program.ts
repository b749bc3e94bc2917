/** Finds the file that is started when a program is called by its bare name, as execvp(3) does. */
import {constants} from 'node:fs';
import {access, realpath, stat} from 'node:fs/promises';
import path from 'node:path';

/** Its path with all links followed. Null when there is none, or when `PATH` leads there by way of a relative folder. */
export async function findProgram(name: string, searchPath: string | undefined): Promise<string | null> {
	for (const folder of (searchPath ?? '').split(path.delimiter)) {
		if (!path.isAbsolute(folder)) return null;
		const file = path.join(folder, name);
		if (await isProgram(file)) return realpath(file).catch(() => null);
	}
	return null;
}

async function isProgram(file: string): Promise<boolean> {
	try {
		await access(file, constants.X_OK);
		return (await stat(file)).isFile();
	} catch {
		return false;
	}
}
