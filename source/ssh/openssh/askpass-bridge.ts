/**
 * Lets one `ssh` ask through Sickbay: a socket in the private folder of that `ssh`, and the program it is to run for its
 * questions. Who asks proves with a random token that it belongs to this `ssh`; answers pass through and stay nowhere.
 */
import {randomBytes, timingSafeEqual} from 'node:crypto';
import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import {createServer, type Socket} from 'node:net';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {shellQuote} from '../../support/shell-quote.ts';
import {askpassSocket, askpassToken, type AskpassReply, type AskpassRequest} from './askpass-protocol.ts';

/** Answers null when nobody does; the signal aborts when whoever asked is gone. Never rejects. */
export type AnswerPrompt = (question: Omit<AskpassRequest, 'token'>, signal: AbortSignal) => Promise<string | null>;

export type AskpassBridge = {
	/** Surroundings for the `ssh`. */
	readonly env: Readonly<Record<string, string>>;
	/** Leaves open questions without an answer. */
	close(): void;
};

const requestLimitBytes = 16_384;

/** The folder must be private (0700) and is removed by its owner, with what is in it. */
export async function openAskpassBridge(folder: string, answer: AnswerPrompt): Promise<AskpassBridge> {
	const token = randomBytes(32).toString('hex');
	const socketPath = path.join(folder, 'a');
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		socket.on('error', () => socket.destroy());
		serve(socket, token, answer);
	});
	server.listen(socketPath);
	await once(server, 'listening');
	const script = path.join(folder, 'askpass');
	await writeFile(script, askpassScript(), {mode: 0o700});
	return {
		env: {
			SSH_ASKPASS: script,
			SSH_ASKPASS_REQUIRE: 'force',
			// OpenSSH before 8.4 does not know the line above and wants a display named, any at all.
			DISPLAY: process.env['DISPLAY'] ?? 'sickbay',
			[askpassSocket]: socketPath,
			[askpassToken]: token,
		},
		close() {
			server.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}

/** `ssh` takes one path and no arguments, and this Node.js need not be on the PATH. */
function askpassScript(): string {
	const own = fileURLToPath(import.meta.url);
	const program = path.join(path.dirname(own), `askpass${path.extname(own)}`);
	return `#!/bin/sh\nunset NODE_OPTIONS\nexec ${shellQuote(process.execPath)} ${shellQuote(program)} "$@"\n`;
}

function serve(socket: Socket, token: string, answer: AnswerPrompt): void {
	const gone = new AbortController();
	socket.once('close', () => gone.abort());
	let received = '';
	const take = (chunk: Buffer): void => {
		received += chunk.toString('utf8');
		const end = received.indexOf('\n');
		if (end < 0 && received.length <= requestLimitBytes) return;
		socket.off('data', take).resume();
		const request = end < 0 ? null : parseRequest(received.slice(0, end));
		if (request === null || !isSame(request.token, token)) {
			socket.destroy();
			return;
		}
		const {prompt, hint, asker} = request;
		void answer({prompt, hint, asker}, gone.signal).then((given) => {
			const reply: AskpassReply = {answer: given};
			socket.end(JSON.stringify(reply));
		});
	};
	socket.on('data', take);
}

function parseRequest(line: string): AskpassRequest | null {
	try {
		const {token, prompt, hint, asker} = JSON.parse(line) as Readonly<Record<string, unknown>>;
		if (typeof token !== 'string' || typeof prompt !== 'string') return null;
		if (typeof hint !== 'string' || typeof asker !== 'number') return null;
		return {token, prompt, hint, asker};
	} catch {
		return null;
	}
}

function isSame(given: string, expected: string): boolean {
	const [one, other] = [Buffer.from(given), Buffer.from(expected)];
	return one.length === other.length && timingSafeEqual(one, other);
}
