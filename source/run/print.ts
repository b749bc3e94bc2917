/** Writes a text to standard output and waits until it is out, so that an exit right after cuts nothing off a pipe. */
import {exitOnSignalDuring} from './ending-signals.ts';

export function printLine(text: string): Promise<void> {
	return exitOnSignalDuring(() => write(text));
}

function write(text: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const onError = (error: NodeJS.ErrnoException): void => (error.code === 'EPIPE' ? resolve() : reject(error));
		process.stdout.once('error', onError);
		process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, () => {
			process.stdout.off('error', onError);
			resolve();
		});
	});
}
