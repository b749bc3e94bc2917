/** One directory for all that the tests of the built program write, removed when the last of them has ended. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {TestProject} from 'vitest/node';

declare module 'vitest' {
	// Vitest is told about what tests may inject by merging into this interface.
	// oxlint-disable-next-line typescript/consistent-type-definitions
	export interface ProvidedContext {
		runDirectory: string;
	}
}

export default function setup(project: TestProject): () => void {
	const directory = mkdtempSync(path.join(tmpdir(), 'sickbay-run-'));
	project.provide('runDirectory', directory);
	return () => rmSync(directory, {recursive: true, force: true});
}
