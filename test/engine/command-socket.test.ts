import {once} from 'node:events';
import {Duplex} from 'node:stream';
import {describe, expect, it} from 'vitest';
import {openCommandSocket} from '../../source/engine/command-socket.ts';
import type {CommandChannel, Transport} from '../../source/model/transport.ts';
import {TransportError} from '../../source/model/transport.ts';

/** A command that has failed and gone before anything can be written to it. */
function transportWithDeadCommand(code: number | null, stderr: string): Transport {
	const stream = new Duplex({
		read() {},
		write: (_chunk, _encoding, done) => done(new TransportError('closed', 'the channel is closed')),
	});
	const channel: CommandChannel = {
		stream,
		exit: Promise.resolve({code, signal: null}),
		stderr: () => stderr,
		close: () => stream.destroy(),
	};
	return {
		exec: () => Promise.resolve(channel),
		openUnixSocket: () => stream,
		closed: new Promise(() => {}),
		description: 'scripted',
		close() {},
	};
}

async function failureOf(transport: Transport): Promise<Error> {
	const socket = openCommandSocket(transport, 'docker system dial-stdio');
	socket.write('GET /_ping HTTP/1.1\r\n\r\n');
	const [error] = (await once(socket, 'error')) as [Error];
	return error;
}

describe('a command that stands in for the engine socket', () => {
	it('tells in its own words why it failed, even when it was gone before it was asked anything', async () => {
		const words = 'dial unix /var/run/docker.sock: connect: no such file or directory';
		await expect(failureOf(transportWithDeadCommand(1, words))).resolves.toMatchObject({
			kind: 'missing',
			message: words,
		});
	});

	it('that was cut off without an exit status says that the channel is gone', async () => {
		await expect(failureOf(transportWithDeadCommand(null, ''))).resolves.toMatchObject({
			code: 'closed',
			message: 'the channel is closed',
		});
	});
});
