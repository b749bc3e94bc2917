/** Brings the lab up once for all lab tests; without what it needs, says so in one line and skips, but fails in CI. */
import type {TestProject} from 'vitest/node';
import {removeRun, startLab, type Lab} from './lab.ts';
import {explainWhatIsMissing} from './requirements.ts';

declare module 'vitest' {
	// Vitest is told about what tests may inject by merging into this interface.
	// oxlint-disable-next-line typescript/consistent-type-definitions
	export interface ProvidedContext {
		lab: Lab | null;
	}
}

const size = 4;

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
	const missing = explainWhatIsMissing();
	if (missing !== null) {
		if (process.env['CI']) throw new Error(missing);
		process.stderr.write(`Lab tests skipped. ${missing}\n`);
		project.provide('lab', null);
		return undefined;
	}
	const lab = await startLab(size);
	project.provide('lab', lab);
	return () => removeRun(lab.directory);
}
