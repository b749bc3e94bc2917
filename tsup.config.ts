import {defineConfig} from 'tsup';

// One launcher and the chunks it imports on demand, so that `--help`, `--version` and reports never load Ink; and what
// `ssh` runs for its questions.
export default defineConfig({
	entry: {cli: 'source/cli.ts', askpass: 'source/ssh/openssh/askpass.ts'},
	format: 'esm',
	target: 'node22',
	platform: 'node',
	splitting: true,
	clean: true,
	sourcemap: true,
	dts: false,
});
