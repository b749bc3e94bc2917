/** Reaches a host through the program its configuration names: `ProxyCommand`, run by the user's shell as ssh does. */
import {execa} from 'execa';
import {joinPipes} from '../../support/join-pipes.ts';
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
	child.stderr.on('error', () => undefined);
	const stream = joinPipes(child.stdout, child.stdin);
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
