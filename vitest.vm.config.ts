import {defineConfig} from 'vitest/config';

// Whole machines under an emulated processor: one file at a time, or they starve each other.
export default defineConfig({
	test: {
		include: ['test/vm/**/*.test.ts'],
		globalSetup: ['test/vm/global-setup.ts'],
		pool: 'forks',
		fileParallelism: false,
		maxWorkers: 1,
		testTimeout: 240_000,
		hookTimeout: 300_000,
		reporters: ['default', ['json', {outputFile: '.test-results/vm.json'}]],
		env: {NODE_ENV: 'production', FORCE_COLOR: '0', TZ: 'UTC'},
	},
});
