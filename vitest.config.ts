import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';

// Unit tests and tests of the built program against the demo fleet: no lab, no root, no Docker needed.
export default defineConfig({
	// React runs as in the built program, so JSX is compiled as for it.
	oxc: {jsx: {runtime: 'automatic', development: false}},
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		globalSetup: ['test/run-directory.ts'],
		exclude: ['test/lab/**', 'test/vm/**', 'node_modules/**'],
		// Tests of the built program wait for it more than they compute.
		maxWorkers: Math.max(3, availableParallelism() - 1),
		// No module keeps state, so files may share a worker; loading everything anew for each took a third of the time.
		isolate: false,
		testTimeout: 20_000,
		reporters: ['default', ['json', {outputFile: '.test-results/unit.json'}]],
		env: {NODE_ENV: 'production', FORCE_COLOR: '0', TZ: 'UTC'},
	},
});
