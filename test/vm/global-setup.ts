/** Builds the guests' disk once for all tests; without what that needs, says so in one line and skips, but fails in CI. */
import type {TestProject} from 'vitest/node';
import {prepareImage, type GuestImage} from './guest-image.ts';
import {explainWhatIsMissing} from './requirements.ts';

declare module 'vitest' {
	// Vitest is told about what tests may inject by merging into this interface.
	// oxlint-disable-next-line typescript/consistent-type-definitions
	export interface ProvidedContext {
		guestImage: GuestImage | null;
	}
}

export default async function setup(project: TestProject): Promise<void> {
	const missing = explainWhatIsMissing();
	if (missing !== null) {
		if (process.env['CI']) throw new Error(missing);
		process.stderr.write(`Virtual-machine tests skipped. ${missing}\n`);
		project.provide('guestImage', null);
		return;
	}
	project.provide('guestImage', await prepareImage());
}
