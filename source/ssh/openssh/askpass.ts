/**
 * What `ssh` runs when it has a question (`SSH_ASKPASS`): hands it to the Sickbay that started the `ssh`, prints the
 * answer for `ssh` alone to read, and fails when there is none. A program of its own.
 */
import {connect} from 'node:net';
import {text} from 'node:stream/consumers';
import {askpassSocket, askpassToken, type AskpassReply, type AskpassRequest} from './askpass-protocol.ts';

async function ask(): Promise<number> {
	const request: AskpassRequest = {
		token: process.env[askpassToken] ?? '',
		prompt: process.argv[2] ?? '',
		hint: process.env['SSH_ASKPASS_PROMPT'] ?? '',
		asker: process.ppid,
	};
	const socket = connect({path: process.env[askpassSocket] ?? ''});
	socket.write(`${JSON.stringify(request)}\n`);
	const {answer} = JSON.parse(await text(socket)) as AskpassReply;
	if (answer === null) return 1;
	process.stdout.write(`${answer}\n`);
	return 0;
}

// Sickbay is gone, or gave up: no answer, and no words that `ssh` could take for one.
process.exitCode = await ask().catch(() => 1);
