/** Asks for one line on the terminal, without echo unless it may be seen. */
import {createInterface} from 'node:readline/promises';
import {Writable} from 'node:stream';
import {UserError} from '../model/user-error.ts';

export type AskLineOptions = {
	/** Shows what is typed; default false. */
	readonly echo?: boolean;
	/** Takes the question back. */
	readonly signal?: AbortSignal;
};

/** The line typed; null after Ctrl+D or when the question is taken back. Rejects with `UserError` after Ctrl+C. */
export async function askSecret(question: string, {echo = false, signal}: AskLineOptions = {}): Promise<string | null> {
	if (!echo) process.stderr.write(question);
	const silent = new Writable({write: (_chunk, _encoding, done) => done()});
	const end = new AbortController();
	const takeBack = (): void => end.abort();
	let interrupted = false;
	const lines = createInterface({
		input: process.stdin,
		output: echo ? process.stderr : silent,
		terminal: true,
		historySize: 0,
	});
	lines.on('SIGINT', () => {
		interrupted = true;
		end.abort();
	});
	lines.on('close', takeBack);
	signal?.addEventListener('abort', takeBack, {once: true});
	if (signal?.aborted === true) takeBack();
	try {
		return await lines.question(echo ? question : '', {signal: end.signal});
	} catch (error) {
		if (interrupted) throw new UserError('given up at a question', undefined, {cause: error});
		if (end.signal.aborted) return null;
		throw error;
	} finally {
		signal?.removeEventListener('abort', takeBack);
		process.stderr.write('\n');
		lines.close();
	}
}
