/** Asks for a secret on the terminal without echoing it. */
import {createInterface} from 'node:readline/promises';
import {Writable} from 'node:stream';
import {UserError} from '../model/user-error.ts';

/** The line typed; rejects with `UserError` when the person gives up with Ctrl+C or Ctrl+D. */
export async function askSecret(question: string): Promise<string> {
	process.stderr.write(question);
	const silent = new Writable({write: (_chunk, _encoding, done) => done()});
	const giveUp = new AbortController();
	const lines = createInterface({input: process.stdin, output: silent, terminal: true, historySize: 0});
	lines.on('SIGINT', () => giveUp.abort());
	lines.on('close', () => giveUp.abort());
	try {
		return await lines.question('', {signal: giveUp.signal});
	} catch (error) {
		if (giveUp.signal.aborted)
			throw new UserError('given up at the question for a passphrase', undefined, {cause: error});
		throw error;
	} finally {
		process.stderr.write('\n');
		lines.close();
	}
}
