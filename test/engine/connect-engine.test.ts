import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {inspect} from 'node:util';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createEngineAgent} from '../../source/engine/engine-agent.ts';
import {createEngineClient} from '../../source/engine/engine-client.ts';
import {systemClock} from '../../source/support/clock.ts';
import {until} from '../collectors/until.ts';
import {json, startFakeEngine, type FakeEngine} from './fake-engine.ts';
import {createSocketTransport} from './socket-transport.ts';
import {watch, type Watching} from './watching.ts';

let engine: FakeEngine;
const open: Watching[] = [];

beforeEach(async () => {
	engine = await startFakeEngine();
});

afterEach(async () => {
	for (const watching of open.splice(0)) await watching.end();
	await engine.close();
});

const start = (...args: Parameters<typeof watch>): Watching => {
	const watching = watch(...args);
	open.push(watching);
	return watching;
};

test('a socket nobody listens on is an engine that is down', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'sickbay-dead-'));
	const path = join(folder, 'dead.sock');
	const listen = `require('net').createServer().listen(process.argv.at(-1), () => console.log('up'))`;
	const listener = spawn(process.execPath, ['-e', listen, path]);
	await once(listener.stdout, 'data');
	// Killed, it leaves its socket behind, as a crashed engine does.
	listener.kill('SIGKILL');
	await once(listener, 'exit');
	const host = start({dockerHost: `unix://${path}`, sockets: [{path, usable: true}]});
	const error = await host.whenBroken('engine-down');
	expect([error.rung, error.message]).toEqual(['engine-socket', `engine down: ${path} does not take connections`]);
	rmSync(folder, {recursive: true});
});

test('a socket that is not there says where it was looked for', async () => {
	const error = await start({socketPath: '/nonexistent/docker.sock'}).whenBroken('engine-socket-missing');
	expect(error.detail[0]).toBe('looked at /nonexistent/docker.sock');
});

test('an account without rights on the socket is told what would grant them', async () => {
	const host = start({sockets: [{path: '/nonexistent/docker.sock', usable: false}]}, {}, forbiddingTransport());
	const error = await host.whenBroken('engine-socket-forbidden');
	expect(error.advice).toMatch(/usermod -aG docker/);
});

/** The host's shell says that the socket is there and closed (exit 4 of the test). */
function forbiddingTransport(): ReturnType<typeof createSocketTransport> {
	const transport = createSocketTransport({forwarding: false});
	return {
		...transport,
		exec: (line, signal) => transport.exec(line.includes('sickbay-test') ? 'exit 4' : line, signal),
	};
}

test('where sshd forbids socket forwarding, the docker client on the host is the way', async () => {
	// The client is played by a program that joins its stdin and stdout to the socket.
	const relay = `${process.execPath} -e ${JSON.stringify(
		`const s=require('net').connect(process.argv.at(-1));process.stdin.pipe(s).pipe(process.stdout)`,
	)} ${engine.path}`;
	const refusing = createSocketTransport({forwarding: false});
	const lines: string[] = [];
	const transport = {
		...refusing,
		exec: (line: string) => refusing.exec((lines.push(line), line.includes('dial-stdio') ? relay : line)),
	};
	const host = start({sockets: [{path: engine.path, usable: true}], programs: ['/usr/bin/docker']}, {}, transport);
	const event = await host.when('engine', ({reading}) => reading.kind === 'ok');
	expect(event.reading).toMatchObject({value: {via: `docker system dial-stdio (${engine.path})`}});
	expect(lines).toContain(`exec /usr/bin/docker -H unix://${engine.path} system dial-stdio`);
	expect(await host.when('rung', ({note}) => note !== undefined)).toMatchObject({
		reached: 'engine-socket',
		note: `sshd opens no channel to ${engine.path} (AllowStreamLocalForwarding); used docker system dial-stdio (${engine.path})`,
	});
});

test('where sshd forbids socket forwarding and there is no way round, sshd is blamed and not the engine', async () => {
	const sockets = [{path: engine.path, usable: true}];
	const refusing = createSocketTransport({forwarding: false});
	const without = await start({sockets}, {}, refusing).whenBroken('engine-program-missing');
	expect(without.message).toContain('the docker program is not there');
	expect(without.advice).toContain('AllowStreamLocalForwarding yes');
	const failing = {
		...refusing,
		exec: (line: string) => refusing.exec(line.includes('dial-stdio') ? 'echo broken >&2; exit 1' : line),
	};
	const programs = ['/usr/bin/docker'];
	const error = await start({sockets, programs}, {}, failing).whenBroken('socket-forwarding-forbidden');
	expect(error.rung).toBe('engine-socket');
});

test('a socket that is not where the configuration says, but elsewhere, is told with both places', async () => {
	const host = start({socketPath: '/nonexistent/docker.sock', sockets: [{path: engine.path, usable: true}]});
	const error = await host.whenBroken('engine-socket-moved');
	expect(error.message).toBe(`no engine socket at /nonexistent/docker.sock, but there is one at ${engine.path}`);
});

test('podman without its socket is told the line that makes one', async () => {
	const host = start({programs: ['/usr/bin/podman']}, {}, createSocketTransport({forwarding: false}));
	const error = await host.whenBroken('engine-socket-missing');
	expect(error.advice).toContain('systemctl --user enable --now podman.socket');
});

test('sudo is used only where the socket is closed to the account and sudo works', async () => {
	const closed = [{path: '/nonexistent/docker.sock', usable: false}];
	const programs = ['/usr/bin/docker'];
	const withSudo = start({sockets: closed, programs, sudo: 'yes'}, {}, forbiddingTransport());
	await withSudo.when('broken');
	const without = start({sockets: closed, programs, sudo: 'no'}, {}, forbiddingTransport());
	await without.when('broken');
	expect(withSudo.transport.commands).toContain(
		'exec sudo -n /usr/bin/docker -H unix:///nonexistent/docker.sock system dial-stdio',
	);
	expect(without.transport.commands.filter((line) => line.includes('sudo'))).toEqual([]);
});

test('an engine of 2016 is spoken to in its own version, and its older fields are read', async () => {
	delete engine.headers['Api-Version'];
	engine.answers['/version'] = json('{"Version":"1.11.2","ApiVersion":"1.23","GitCommit":"b9f10c9"}');
	engine.answers['/containers/json'] = json('[{"Id":"a1","Names":["/x/alias","/x"],"Status":"Up 3 hours (Paused)"}]');
	const host = start({socketPath: engine.path});
	const info = await host.when('engine');
	expect(info.reading).toMatchObject({value: {product: 'docker', version: '1.11.2'}});
	expect(await host.whenContainers(() => true)).toMatchObject([{name: 'x', state: 'paused'}]);
	expect(engine.urls.find((url) => url.includes('/events'))).toBe('/v1.23/events');
});

test('an engine newer than this program is spoken to in the newest version both know', async () => {
	engine.headers['Api-Version'] = '1.60';
	const host = start({socketPath: engine.path});
	await host.when('images');
	expect(engine.urls).toContain('/v1.47/images/json');
	await host.end();
	const plainPing = engine.answers['/_ping'];
	engine.answers['/_ping'] = (request, response) =>
		request.url === '/_ping'
			? plainPing?.(request, response)
			: json(
					'{"message":"client version 1.47 is too old. Minimum supported API version is 1.52, please upgrade"}',
					400,
				)(request, response);
	await start({socketPath: engine.path}).when('images');
	expect(engine.urls).toContain('/v1.52/images/json');
});

test('podman is recognised behind its compatible socket', async () => {
	engine.headers['Libpod-API-Version'] = '4.3.1';
	engine.answers['/version'] = json('{"Version":"4.3.1","ApiVersion":"1.41","Components":[{"Name":"Podman Engine"}]}');
	engine.answers['/containers/json'] = json('[{"Id":"a1","Names":["/pc"],"State":"configured","Status":"Created"}]');
	const host = start({socketPath: engine.path});
	expect((await host.when('engine')).reading).toMatchObject({value: {product: 'podman', version: '4.3.1'}});
	expect((await host.whenContainers(() => true))[0]?.state).toBe('created');
});

test('a redirect makes this machine call nowhere', async () => {
	let calls = 0;
	const elsewhere = createServer((_request, response) => {
		calls++;
		response.end('[]');
	});
	await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
	const {port} = elsewhere.address() as AddressInfo;
	engine.answers['/containers/json'] = (_request, response) => {
		response.writeHead(302, {location: `http://127.0.0.1:${port}/steal`});
		response.end();
	};
	const host = start({socketPath: engine.path});
	expect((await host.whenBroken('engine-error')).detail[0]).toMatch(/^HTTP 302/);
	// Whatever was going to be called has been by the time the list is asked again.
	await until(() => engine.asked.filter((path) => path === '/containers/json').length >= 3, 'further lists');
	expect(calls).toBe(0);
	elsewhere.close();
});

test('an answer without end is given up at its bound', async () => {
	engine.answers['/containers/json'] = (_request, response) => {
		const chunk = Buffer.alloc(1024 * 1024, 0x20);
		const pour = (): void => {
			if (!response.destroyed) response.write(chunk, pour);
		};
		pour();
	};
	const error = await start({socketPath: engine.path}, {listMs: 10_000}).whenBroken('engine-error');
	expect(error.message).toMatch(/longer than/);
});

test('many requests at once cost no walk through the connection, and stay within four sockets', async () => {
	const transport = createSocketTransport();
	let walks = 0;
	const inspected = {[inspect.custom]: () => `walked ${++walks}`};
	const open = (): ReturnType<typeof transport.openUnixSocket> =>
		Object.assign(transport.openUnixSocket(engine.path), {inspected});
	const agent = createEngineAgent({open, clock: systemClock, maxSockets: 4, idleSocketMs: 30});
	const client = createEngineClient(agent, null);
	const signal = new AbortController().signal;
	await Promise.all(Array.from({length: 30}, () => client.get('/_ping', {}, signal)));
	expect(walks).toBe(0);
	expect(transport.opened()).toBeLessThanOrEqual(4);
	await expect.poll(() => engine.connections()).toBe(0);
	agent.destroy();
});
