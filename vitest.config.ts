import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		exclude: ['test/lab/**', 'test/bench/**', 'node_modules/**'],
		testTimeout: 20_000,
		env: {NODE_ENV: 'production', FORCE_COLOR: '0', TZ: 'UTC'},
	},
});
