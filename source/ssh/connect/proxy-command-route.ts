/** Reaches a host through the program its configuration names: `ProxyCommand`, run by the user's shell as ssh does. */
import {Duplex} from 'node:stream';
import {execa} from 'execa';
import {classifyProxyError} from '../classify-connect-error.ts';
import {createTail} from '../tail.ts';
import type {Route} from './route.ts';

export function openProxyCommand(
	command: string,
	options: {readonly env: NodeJS.ProcessEnv; readonly timeoutMs: number},
): Route {
	const child = execa(options.env['SHELL'] || '/bin/sh', ['-c', `exec ${command}`], {
		env: options.env,
		extendEnv: false,
		stdin: 'pipe',
		buffer: false,
		reject: false,
		forceKillAfterDelay: 1000,
	});
	const errors = createTail();
	child.stderr.on('data', (chunk: Buffer) => errors.add(chunk));
	// A program that ends early breaks its pipes; the stream's end says so.
	for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.on('error', () => undefined);
	const stream = Duplex.from({readable: child.stdout, writable: child.stdin});
	stream.on('error', () => undefined);
	return {
		stream,
		isDirect: false,
		explainSilence: (timedOut) => classifyProxyError(errors.text(), timedOut ? options.timeoutMs : null),
		close() {
			stream.destroy();
			child.kill();
		},
	};
}
