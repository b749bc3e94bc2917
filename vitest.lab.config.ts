import {defineConfig} from 'vitest/config';

// One lab for all files, one file at a time: faults of one test must not be another one's surprise.
export default defineConfig({
	test: {
		include: ['test/lab/**/*.test.ts'],
		globalSetup: ['test/lab/global-setup.ts'],
		pool: 'forks',
		fileParallelism: false,
		maxWorkers: 1,
		testTimeout: 90_000,
		hookTimeout: 120_000,
		teardownTimeout: 60_000,
		reporters: ['default', ['json', {outputFile: '.test-results/lab.json'}]],
		env: {NODE_ENV: 'production', FORCE_COLOR: '0', TZ: 'UTC'},
	},
});
