import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {expect, onTestFinished, test} from 'vitest';
import {createLocalTransport} from '../../source/local/local-transport.ts';

function openTransport() {
	const transport = createLocalTransport();
	onTestFinished(() => transport.close());
	return transport;
}

async function makeSocketPath(): Promise<string> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'sickbay-local-'));
	onTestFinished(() => rm(folder, {recursive: true, force: true}));
	return path.join(folder, 'engine.sock');
}

/** A process that has ended but that no parent has asked about yet is not alive. */
function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
	} catch (error) {
		return (error as NodeJS.ErrnoException).code !== 'ESRCH' && process.platform !== 'linux';
	}
}

test('a command on this machine gives its output, its errors and how it ended', async () => {
	const command = await openTransport().exec(`printf 'out'; printf 'err\\033[31m\\n' >&2; exit 3`);
	expect(await text(command.stream)).toBe('out');
	expect(await command.exit).toEqual({code: 3, signal: null});
	await expect.poll(() => command.stderr()).toBe('err');
});

test('a command reads what it is sent and sees the end of it', async () => {
	const command = await openTransport().exec('wc -c');
	command.stream.end(Buffer.alloc(1_000_000));
	expect((await text(command.stream)).trim()).toBe('1000000');
});

test('closing a command ends it with everything it has started', async () => {
	const command = await openTransport().exec('sleep 1000 & echo $!; wait');
	const [line] = (await once(command.stream, 'data')) as [Buffer];
	const pid = Number(line.toString());
	expect(isAlive(pid)).toBe(true);
	command.close();
	expect((await command.exit).code).not.toBe(0);
	await expect.poll(() => isAlive(pid)).toBe(false);
});

test('closing the transport ends its commands and sockets, and it opens no more', async () => {
	const socketPath = await makeSocketPath();
	const server = createServer().listen(socketPath);
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	const transport = createLocalTransport();
	const command = await transport.exec('sleep 1000');
	const socket = transport.openUnixSocket(socketPath);
	await once(socket, 'connect');
	const closed = once(socket, 'close');
	transport.close();
	expect(await transport.closed).toEqual({kind: 'closed-by-us'});
	expect(await command.exit).toEqual({code: null, signal: 'SIGTERM'});
	await closed;
	await expect(transport.exec('true')).rejects.toMatchObject({code: 'closed'});
	const [error] = (await once(transport.openUnixSocket(socketPath), 'error')) as [Error];
	expect(error).toMatchObject({name: 'TransportError', code: 'closed'});
});

test('aborting a command ends it', async () => {
	const stop = new AbortController();
	const command = await openTransport().exec('sleep 1000', stop.signal);
	stop.abort();
	expect(await command.exit).toEqual({code: null, signal: 'SIGTERM'});
	await expect(openTransport().exec('true', stop.signal)).rejects.toMatchObject({code: 'aborted'});
});

test('a socket of this machine carries bytes both ways', async () => {
	const socketPath = await makeSocketPath();
	const server = createServer((socket) => socket.pipe(socket)).listen(socketPath);
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	const socket = openTransport().openUnixSocket(socketPath);
	socket.end('hello');
	expect(await text(socket)).toBe('hello');
});

test('a socket that is not there says so', async () => {
	const socketPath = await makeSocketPath();
	const [error] = (await once(openTransport().openUnixSocket(socketPath), 'error')) as [Error];
	expect(error).toMatchObject({name: 'TransportError', code: 'refused', message: `no socket at ${socketPath}`});
});
