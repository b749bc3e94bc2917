/** Runs a command line in a session channel of an ssh2 connection. */
import {TransportError, type CommandChannel, type CommandExit} from '../../model/transport.ts';
import type {Clock} from '../../support/clock.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {createTail} from '../tail.ts';
import type {ChannelOpener, OpenChannel} from './channel-opener.ts';
import {ChannelSocket} from './channel-socket.ts';

/** Channel open failure codes of RFC 4254, section 5.1. */
const connectFailed = 2;

export function startCommand(
	client: ChannelOpener,
	commandLine: string,
	clock: Clock,
	signal: AbortSignal | undefined,
): Promise<CommandChannel> {
	return new Promise((resolve, reject) => {
		if (signal?.aborted) {
			reject(new TransportError('aborted', 'aborted before the command started'));
			return;
		}
		let aborted = false;
		const giveUp = (): void => {
			aborted = true;
			reject(new TransportError('aborted', 'aborted while the command was starting'));
		};
		signal?.addEventListener('abort', giveUp, {once: true});
		const answered = (error: Error | undefined, channel: OpenChannel | undefined): void => {
			signal?.removeEventListener('abort', giveUp);
			if (error || channel === undefined) {
				reject(classifySessionError(error));
				return;
			}
			const command = wrapSession(channel, clock);
			if (aborted) {
				command.close();
				return;
			}
			signal?.addEventListener('abort', command.close, {once: true});
			void command.exit.then(() => signal?.removeEventListener('abort', command.close));
			resolve(command);
		};
		try {
			client.exec(commandLine, answered);
		} catch (error) {
			// ssh2 throws, rather than calling back, when the socket is already gone.
			answered(error as Error, undefined);
		}
	});
}

function wrapSession(channel: OpenChannel, clock: Clock): CommandChannel {
	const stream = new ChannelSocket(clock);
	const errors = createTail();
	channel.stderr.on('data', (chunk: Buffer) => errors.add(chunk));
	const exit = new Promise<CommandExit>((resolve) => {
		channel.on('exit', (code: number | null, name?: string) => resolve({code, signal: name ?? null}));
		channel.on('close', () => resolve({code: null, signal: null}));
		// After the last output the exit status is still to come; only a channel that was cut off has none.
		stream.on('close', () => {
			if (!stream.readableEnded) resolve({code: null, signal: null});
		});
	});
	stream.attach(channel);
	return {stream, exit, stderr: errors.text, close: () => stream.destroy()};
}

function classifySessionError(error: (Error & {reason?: unknown}) | undefined): TransportError {
	const message = sanitiseLine(error?.message ?? 'no channel', 200);
	const options = error === undefined ? {} : {cause: error};
	if (error?.reason === connectFailed) {
		// sshd answers so for the session beyond MaxSessions, and gives no other sign of it.
		return new TransportError('sessions-exhausted', 'the host allows no further session (MaxSessions)', options);
	}
	if (/^not connected$|no response from server/i.test(message)) {
		return new TransportError('closed', 'the connection is gone', options);
	}
	return new TransportError('refused', `the host refused to run a command: ${message}`, options);
}
