#!/usr/bin/env node
/**
 * Launches the program. Nothing is imported statically and no recent syntax is used here, so that an old Node.js
 * still gets to say what is wrong.
 */

const majorVersion = Number(process.versions.node.split('.')[0]);

if (majorVersion < 22) {
	process.stderr.write(`sickbay needs Node.js 22 or newer; this is v${process.versions.node}\n`);
	process.exitCode = 64;
} else {
	launch();
}

/** What the environment decides is read by others when they are imported, so it is set before anything else is. */
function launch(): void {
	// React reads it.
	if (process.env['NODE_ENV'] === undefined) process.env['NODE_ENV'] = 'production';
	// Half of these threads look up names (libuv keeps the rest for files), and a name whose server is silent holds one for
	// ten seconds and more: of the usual four, two such names held up every other host. Node.js starts them at first use.
	if (process.env['UV_THREADPOOL_SIZE'] === undefined) process.env['UV_THREADPOOL_SIZE'] = '256';
	// The reader of a pipe may leave early, as in `sickbay report | head`.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
		process.exit();
	});
	import('./cli/run.ts')
		.then(({run}) =>
			run({
				argv: process.argv.slice(2),
				loadMain: () => import('./main.ts'),
				writeOut: (text) => process.stdout.write(text),
				writeError: (text) => process.stderr.write(text),
			}),
		)
		// Everything is closed and written by now; a timer somebody forgot must not keep a person waiting.
		.then((exitCode) => process.exit(exitCode));
}
