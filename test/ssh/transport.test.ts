import {once} from 'node:events';
import http from 'node:http';
import {buffer, text} from 'node:stream/consumers';
import type {Duplex} from 'node:stream';
import type {ServerChannel} from 'ssh2';
import {expect, test} from 'vitest';
import {TransportError, type Transport} from '../../source/model/transport.ts';
import type {SshPeer, SshPeerOptions} from './peers/ssh-peer.ts';
import {openWard, reach} from './peers/ward.ts';
import {untilClosed} from './peers/until-closed.ts';

async function connectTo(
	options: Partial<SshPeerOptions>,
	timings = {},
): Promise<{peer: SshPeer; transport: Transport}> {
	const ward = await openWard();
	const peer = await ward.startPeer(options);
	return {peer, transport: await reach(ward.connector({timings}), ward.target(peer.port))};
}

async function failureOf(stream: Duplex): Promise<TransportError> {
	const [error] = (await once(stream, 'error')) as [TransportError];
	return error;
}

test('a command gives its output, its errors and how it ended', async () => {
	const {transport} = await connectTo({
		onExec(command, channel) {
			channel.write(`ran ${command}`);
			channel.stderr.write('a warn\u001B[31ming\n');
			channel.exit(3);
			channel.end();
		},
	});
	const command = await transport.exec('uname -a');
	expect(await text(command.stream)).toBe('ran uname -a');
	expect(await command.exit).toEqual({code: 3, signal: null});
	expect(command.stderr()).toBe('a warning');
});

test('a command ended by a signal says which', async () => {
	const {transport} = await connectTo({
		onExec(_command, channel) {
			channel.exit('KILL', false, '');
			channel.end();
		},
	});
	const command = await transport.exec('sleep 100');
	expect(await command.exit).toEqual({code: null, signal: 'SIGKILL'});
});

test('a command reads what it is sent and sees the end of it', async () => {
	const {transport} = await connectTo({
		onExec: (_command, channel) => void buffer(channel).then((all) => channel.end(`read ${all.length}`)),
	});
	const command = await transport.exec('wc -c');
	command.stream.end(Buffer.alloc(5 * 1024 * 1024));
	expect(await text(command.stream)).toBe('read 5242880');
});

test('closing a command closes its channel on the host', async () => {
	const opened = Promise.withResolvers<ServerChannel>();
	const {transport} = await connectTo({
		onExec: (_command, channel) => opened.resolve(channel.resume() as ServerChannel),
	});
	const command = await transport.exec('cat');
	const closed = untilClosed(await opened.promise);
	command.close();
	await closed;
	expect(await command.exit).toEqual({code: null, signal: null});
});

test('aborting a running command closes it; aborting before it runs never starts it', async () => {
	let started = 0;
	const opened = Promise.withResolvers<ServerChannel>();
	const {transport} = await connectTo({
		onExec(_command, channel) {
			started++;
			opened.resolve(channel.resume() as ServerChannel);
		},
	});
	await expect(transport.exec('cat', AbortSignal.abort())).rejects.toMatchObject({code: 'aborted'});
	const stop = new AbortController();
	const command = await transport.exec('cat', stop.signal);
	const closed = untilClosed(await opened.promise);
	stop.abort();
	await closed;
	expect(await command.exit).toEqual({code: null, signal: null});
	expect(started).toBe(1);
});

test('a session beyond what the host allows is told from a broken connection', async () => {
	const {transport} = await connectTo({maxSessions: 1, onExec: (_command, channel) => channel.resume()});
	await transport.exec('cat');
	await expect(transport.exec('cat')).rejects.toMatchObject({name: 'TransportError', code: 'sessions-exhausted'});
});

test('a Unix socket on the host takes what is written before it is open', async () => {
	const {transport} = await connectTo({
		onUnixSocket(path, accept) {
			const channel = accept();
			channel.on('data', (chunk: Buffer) => channel.end(`${path}: ${chunk.toString()}`));
		},
	});
	const socket = transport.openUnixSocket('/run/engine.sock');
	socket.write('hello');
	expect(await text(socket)).toBe('/run/engine.sock: hello');
});

test('a server that is not OpenSSH is asked for Unix sockets all the same', async () => {
	const {transport} = await connectTo({ident: 'Go', onUnixSocket: (_path, accept) => void accept().end('served')});
	expect(await text(transport.openUnixSocket('/run/engine.sock'))).toBe('served');
});

test('a path with a NUL never reaches the host, where it would name another socket', async () => {
	let asked = 0;
	const {transport} = await connectTo({onUnixSocket: () => asked++});
	const error = await failureOf(transport.openUnixSocket('/run/a\0b'));
	expect([error.code, asked]).toEqual(['refused', 0]);
});

test('a Unix socket the host does not open ends in an error that names it', async () => {
	const {transport} = await connectTo({});
	const error = await failureOf(transport.openUnixSocket('/run/no\u001B[2Jthing.sock'));
	expect(error).toMatchObject({name: 'TransportError', code: 'refused'});
	expect(error.message).toContain('/run/nothing.sock');
});

test('a Unix socket ends on both sides when the far one ends', async () => {
	const farClosed = Promise.withResolvers<void>();
	const {transport} = await connectTo({
		onUnixSocket(_path, accept) {
			const channel = accept();
			channel.on('close', () => farClosed.resolve());
			channel.resume();
			channel.end('bye');
		},
	});
	const socket = transport.openUnixSocket('/run/engine.sock');
	const closed = untilClosed(socket);
	expect(await text(socket)).toBe('bye');
	await closed;
	await farClosed.promise;
	expect(socket.destroyed).toBe(true);
});

test('a Unix socket let go of before it opened is closed on the host', async () => {
	const farClosed = Promise.withResolvers<void>();
	const asked = Promise.withResolvers<() => ServerChannel>();
	const {transport} = await connectTo({onUnixSocket: (_path, accept) => asked.resolve(accept)});
	const socket = transport.openUnixSocket('/run/engine.sock');
	const accept = await asked.promise;
	socket.destroy();
	const channel = accept();
	channel.on('close', () => farClosed.resolve());
	channel.resume();
	await expect(farClosed.promise).resolves.toBeUndefined();
});

test('requests time out on a Unix socket whose engine hangs', async () => {
	const {transport} = await connectTo({onUnixSocket: (_path, accept) => void accept().resume()});
	const socket = transport.openUnixSocket('/run/engine.sock');
	const request = http.get({path: '/containers/json', createConnection: () => socket});
	request.setTimeout(30);
	request.on('error', () => undefined);
	await once(request, 'timeout');
	request.destroy();
	await untilClosed(socket);
	expect(socket.destroyed).toBe(true);
});

test('an HTTP agent keeps and reuses one channel for many requests, five at most when five run at once', async () => {
	let channels = 0;
	const server = http.createServer((request, response) => response.end(request.url));
	const {transport} = await connectTo({
		onUnixSocket(_path, accept) {
			channels++;
			server.emit('connection', accept());
		},
	});
	class ChannelAgent extends http.Agent {
		override createConnection(): Duplex {
			return transport.openUnixSocket('/run/engine.sock');
		}
	}
	const agent = new ChannelAgent({keepAlive: true, maxSockets: 5});
	const ask = async (path: string): Promise<string> => {
		const request = http.get({path, agent});
		const [response] = (await once(request, 'response')) as [http.IncomingMessage];
		return text(response);
	};
	const answers = await Promise.all(Array.from({length: 30}, (_, index) => ask(`/${index}`)));
	expect(answers).toEqual(Array.from({length: 30}, (_, index) => `/${index}`));
	expect(channels).toBeLessThanOrEqual(5);
	agent.destroy();
});

test('many bytes come through a slow reader unharmed', async () => {
	const {transport} = await connectTo({
		onUnixSocket: (_path, accept) => void accept().end(Buffer.alloc(8 * 1024 * 1024, 'x')),
	});
	let total = 0;
	for await (const chunk of transport.openUnixSocket('/s')) {
		total += (chunk as Buffer).length;
		await new Promise(setImmediate);
	}
	expect(total).toBe(8 * 1024 * 1024);
});

test('a connection cut on the way is lost, and everything on it ends without bringing the program down', async () => {
	const {peer, transport} = await connectTo({
		onExec: (_command, channel) => channel.resume(),
		onUnixSocket: (_path, accept) => void accept().resume().write('open'),
	});
	const command = await transport.exec('cat');
	command.stream.resume();
	const socket = transport.openUnixSocket('/run/engine.sock');
	await once(socket, 'data');
	const ended = [untilClosed(command.stream), untilClosed(socket)];
	for (const raw of peer.sockets) raw.resetAndDestroy();
	expect(await transport.closed).toMatchObject({kind: 'lost'});
	expect(await command.exit).toEqual({code: null, signal: null});
	await Promise.all(ended);
	await expect(transport.exec('true')).rejects.toMatchObject({code: 'closed'});
	expect(await failureOf(transport.openUnixSocket('/run/engine.sock'))).toMatchObject({code: 'closed'});
});

test('a host that ends the connection politely is lost too', async () => {
	const {peer, transport} = await connectTo({});
	peer.connections[0]?.end();
	expect(await transport.closed).toEqual({kind: 'lost', message: 'the host closed the connection'});
});

test('a host that dies without a word is noticed by its missing keepalives', async () => {
	const {peer, transport} = await connectTo({}, {keepaliveIntervalMs: 40, keepaliveCountMax: 2});
	for (const raw of peer.sockets) raw.pause();
	expect(await transport.closed).toEqual({kind: 'lost', message: 'the host stopped answering'});
});

test('a connection we close is not a loss, and the host sees it go', async () => {
	const {peer, transport} = await connectTo({});
	const [raw] = peer.sockets;
	const gone = untilClosed(raw!);
	transport.close();
	expect(await transport.closed).toEqual({kind: 'closed-by-us'});
	await gone;
});

test('a command asked for while the connection goes is refused, not left waiting', async () => {
	const {peer, transport} = await connectTo({onExec: (_command, channel) => channel.resume()});
	const started = transport.exec('cat').then(
		(command) => command.exit,
		(error: unknown) => error,
	);
	for (const raw of peer.sockets) raw.destroy();
	const outcome = await started;
	expect(outcome instanceof TransportError ? outcome.code : outcome).toSatisfy(
		(value: unknown) => value === 'closed' || JSON.stringify(value) === '{"code":null,"signal":null}',
	);
});
