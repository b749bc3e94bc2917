/** A home directory that lives as long as one test. */
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';

export type TemporaryHome = {
	readonly directory: string;
	/** Names only this directory: nothing of the machine that runs the test is seen. */
	readonly env: NodeJS.ProcessEnv;
	/** Writes a file below the directory; returns its absolute path. */
	write(file: string, text: string): Promise<string>;
};

export async function createTemporaryHome(): Promise<TemporaryHome> {
	const directory = await mkdtemp(path.join(tmpdir(), 'sickbay-home-'));
	onTestFinished(() => rm(directory, {recursive: true, force: true}));
	return {
		directory,
		env: {HOME: directory},
		async write(file, text) {
			const absolute = path.join(directory, file);
			await mkdir(path.dirname(absolute), {recursive: true});
			await writeFile(absolute, text);
			return absolute;
		},
	};
}
