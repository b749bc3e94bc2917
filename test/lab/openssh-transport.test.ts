/** The installed ssh as transport, against a real sshd on loopback: what ssh2 cannot do, and nothing left behind. */
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {createSshConnector} from '../../source/ssh/ssh-connector.ts';
import {systemClock} from '../../source/support/clock.ts';
import {findPort, missingForSshd} from './loopback-sshd.ts';
import {ask, failure, openBench, overOpenSsh, reach, type OpenSshBench} from './openssh-bench.ts';

const run = promisify(execFile);
const missing = missingForSshd();

describe.skipIf(missing !== null)(
	`OpenSSH as transport${missing === null ? '' : ` (skipped: ${missing} is missing)`}`,
	() => {
		let bench: OpenSshBench;

		beforeAll(async () => {
			bench = await openBench();
		}, 60_000);

		afterAll(() => bench.close());

		test('a server with post-quantum key exchange only is reached through the installed ssh, which the host view says', async () => {
			const connector = await bench.makeConnector('');
			const {transport, rungs} = await reach(connector);
			expect(await ask(transport, 'echo in')).toBe('in\n');
			expect(transport.description).toBe(
				'OpenSSH sntrup761x25519-sha512@openssh.com ssh-ed25519 chacha20-poly1305@openssh.com (no algorithm in common with ssh2)',
			);
			expect(rungs).toEqual(['resolve', 'tcp', 'banner', 'key-exchange', 'host-key', 'authentication']);
			expect((await reach(connector)).rungs).toEqual(rungs);
		});

		test('a command gives its output, its errors and how it ended', async () => {
			const {transport} = await reach(await bench.makeConnector(''), overOpenSsh);
			expect(transport.description).toMatch(/\(as configured\)$/);
			const command = await transport.exec('cat; echo oops >&2; exit 7');
			command.stream.end(Buffer.alloc(5 * 1024 * 1024, 'x'));
			expect((await text(command.stream)).length).toBe(5 * 1024 * 1024);
			expect(await command.exit).toEqual({code: 7, signal: null});
			expect(command.stderr()).toBe('oops');
			const killed = await transport.exec('kill -KILL $$');
			killed.stream.resume();
			expect(await killed.exit).toEqual({code: null, signal: 'SIGKILL'});
		});

		test('Unix sockets carry bytes, several at once; a missing one is refused, again and again', async () => {
			const socketPath = await bench.serve('engine.sock');
			const {transport} = await reach(await bench.makeConnector(''), overOpenSsh);
			const answers = Array.from({length: 20}, async (_, index) => {
				const socket = transport.openUnixSocket(socketPath);
				socket.end(`hello ${index}`);
				return text(socket);
			});
			expect(await Promise.all(answers)).toEqual(Array.from({length: 20}, (_, index) => `hello ${index}`));
			for (let attempt = 0; attempt < 30; attempt++) {
				const [error] = (await once(transport.openUnixSocket(bench.at('absent.sock')), 'error')) as [Error];
				expect(error).toMatchObject({name: 'TransportError', code: 'refused'});
			}
			expect(await ask(transport, 'echo still here')).toBe('still here\n');
		});

		test('a session beyond MaxSessions is told as such; a socket given up while it opens harms nothing', async () => {
			const {port: limited} = await bench.startOwnSshd('MaxSessions 1');
			const socketPath = await bench.serve('engine2.sock');
			const {transport} = await reach(await bench.makeConnector(''), {...overOpenSsh, port: limited});
			const held = await transport.exec('cat');
			await expect(transport.exec('cat')).rejects.toMatchObject({code: 'sessions-exhausted'});
			transport.openUnixSocket(socketPath).destroy();
			transport.openUnixSocket(bench.at('absent.sock')).destroy();
			held.stream.write('alive');
			const [chunk] = (await once(held.stream, 'data')) as [Buffer];
			expect(chunk.toString()).toBe('alive');
		});

		test('the host gone is a lost connection; what was open ends', async () => {
			const {child, port: doomed} = await bench.startOwnSshd('');
			const {transport} = await reach(await bench.makeConnector(''), {...overOpenSsh, port: doomed});
			const command = await transport.exec('echo $PPID; exec cat');
			const [line] = (await once(command.stream, 'data')) as [Buffer];
			child.kill('SIGKILL');
			process.kill(Number(line.toString().trim()), 'SIGKILL');
			expect(await transport.closed).toMatchObject({kind: 'lost'});
			expect(await command.exit).toEqual({code: null, signal: null});
			await expect(transport.exec('true')).rejects.toMatchObject({code: 'closed'});
			await expect.poll(() => readdir(bench.temporary)).toEqual([]);
		});

		test('a host that goes silent is lost within the keepalive time', async () => {
			const {port: silent} = await bench.startOwnSshd('');
			const connector = await bench.makeConnector('', {keepaliveIntervalMs: 1000, keepaliveCountMax: 1});
			const {transport} = await reach(connector, {...overOpenSsh, port: silent});
			const command = await transport.exec('echo $PPID; exec cat');
			const [line] = (await once(command.stream, 'data')) as [Buffer];
			const session = Number(line.toString().trim());
			onTestFinished(() => void process.kill(session, 'SIGKILL'));
			process.kill(session, 'SIGSTOP');
			expect(await transport.closed).toEqual({kind: 'lost', message: 'the host stopped answering'});
		});

		test('closing leaves no process, no socket and no folder', async () => {
			const {transport} = await reach(await bench.makeConnector(''), overOpenSsh);
			const command = await transport.exec('echo $$; exec cat');
			const [line] = (await once(command.stream, 'data')) as [Buffer];
			const pid = line.toString().trim();
			expect(await readdir(bench.temporary)).toHaveLength(1);
			expect((await bench.processes()).length).toBeGreaterThan(0);
			transport.close();
			expect(await transport.closed).toEqual({kind: 'closed-by-us'});
			await expect.poll(() => readdir(bench.temporary)).toEqual([]);
			await expect.poll(() => bench.processes()).toEqual([]);
			await expect.poll(() => existsSync(`/proc/${pid}`), {timeout: 5000}).toBe(false);
		});

		test('Sickbay killed outright leaves no process, no socket and no folder', async () => {
			const configFile = await bench.writeConfig('');
			const script = `
				import {createSshConnector} from ${JSON.stringify(path.resolve('source/ssh/ssh-connector.ts'))};
				import {systemClock} from ${JSON.stringify(path.resolve('source/support/clock.ts'))};
				const connector = createSshConnector({configFile: process.argv[2], clock: systemClock, env: process.env});
				const resolved = await connector.resolve({kind: 'ssh', destination: 'lab', transport: 'openssh'});
				const transport = await connector.connect(resolved, {signal: AbortSignal.timeout(20000), onRung() {}});
				const command = await transport.exec('echo up; exec cat');
				command.stream.pipe(process.stdout);
			`;
			await writeFile(bench.at('holder.ts'), script);
			const holder = spawn(process.execPath, [bench.at('holder.ts'), configFile], {
				stdio: ['ignore', 'pipe', 'inherit'],
			});
			onTestFinished(() => void holder.kill('SIGKILL'));
			await once(holder.stdout, 'data');
			expect(await readdir(bench.temporary)).toHaveLength(1);
			holder.kill('SIGKILL');
			await expect.poll(() => bench.processes(), {timeout: 5000}).toEqual([]);
			await expect.poll(() => readdir(bench.temporary), {timeout: 5000}).toEqual([]);
		});

		test('giving up in mid-climb leaves nothing either', async () => {
			const {child, port: frozen} = await bench.startOwnSshd('');
			child.kill('SIGSTOP');
			onTestFinished(() => void child.kill('SIGCONT'));
			const connector = await bench.makeConnector('');
			const resolved = await connector.resolve({kind: 'ssh', destination: 'lab', port: frozen, ...overOpenSsh});
			const stop = new AbortController();
			const climbing = connector.connect(resolved, {
				signal: stop.signal,
				onRung: (rung) => rung === 'tcp' && stop.abort(new Error('enough')),
			});
			await expect(climbing).rejects.toThrow('enough');
			await expect.poll(() => bench.processes()).toEqual([]);
			await expect.poll(() => readdir(bench.temporary)).toEqual([]);
		});

		test('a host behind two jump hosts is reached, and a closed door behind them is told from a broken jump host', async () => {
			const connector = await bench.makeConnector('Host inner\n  ProxyJump hop1,hop2\n');
			const {transport} = await reach(connector, {...overOpenSsh, destination: 'inner'});
			expect(await ask(transport, 'echo in')).toBe('in\n');
			const closed = await failure(connector, {...overOpenSsh, destination: 'inner', port: await findPort()});
			expect(closed).toMatchObject({rung: 'tcp', code: 'connection-refused'});
			const broken = await bench.makeConnector(`Host inner\n  ProxyJump hop1\nHost hop1\n  Port ${await findPort()}\n`);
			const error = await failure(broken, {...overOpenSsh, destination: 'inner'});
			expect(error).toMatchObject({rung: 'tcp', code: 'connection-refused', bastion: 'hop1'});
		});

		test.each([
			[
				'an account the host does not let in',
				'User nobody-there',
				{rung: 'authentication', code: 'authentication-failed'},
			],
			['nobody listening', 'Port @closed', {rung: 'tcp', code: 'connection-refused'}],
			['a name nobody knows', 'HostName no-such-host.invalid', {rung: 'resolve', code: 'name-not-found'}],
			['an unknown key', 'UserKnownHostsFile @nothing', {rung: 'host-key', code: 'host-key-unknown'}],
			['a changed key', 'UserKnownHostsFile @changed', {rung: 'host-key', code: 'host-key-changed'}],
			['a revoked key', 'UserKnownHostsFile @revoked', {rung: 'host-key', code: 'host-key-revoked'}],
			['a key on a revocation list', 'RevokedHostKeys @host_ed25519.pub', {rung: 'host-key', code: 'host-key-revoked'}],
			[
				'a revocation list that is not there',
				'RevokedHostKeys @nothing',
				{rung: 'host-key', code: 'bad-configuration'},
			],
			['no algorithm in common', 'KexAlgorithms curve25519-sha256', {rung: 'key-exchange', code: 'incompatible'}],
			['a proxy that fails', 'ProxyCommand echo no way >&2; exit 3', {rung: 'tcp', code: 'no-route'}],
		])('%s is told as over ssh2', async (_name, config, expected) => {
			const stranger = (await readFile(bench.at('stranger.pub'), 'utf8')).trim();
			const own = (await readFile(bench.at('host_ed25519.pub'), 'utf8')).trim();
			await writeFile(bench.at('changed'), `[127.0.0.1]:${bench.port} ${stranger}\n`);
			await writeFile(bench.at('revoked'), `@revoked * ${own}\n`);
			const closed = await findPort();
			const filled = config.replace('@closed', String(closed)).replace(/@(\w+)/, (_, name: string) => bench.at(name));
			const error = await failure(await bench.makeConnector(`Host *\n  ${filled}\n`));
			expect(error).toMatchObject({name: 'LadderError', ...expected});
		});

		test('a changed key is shown with both fingerprints', async () => {
			await writeFile(
				bench.at('changed'),
				`[127.0.0.1]:${bench.port} ${await readFile(bench.at('stranger.pub'), 'utf8')}`,
			);
			const error = await failure(await bench.makeConnector(`Host *\n  UserKnownHostsFile ${bench.at('changed')}\n`));
			const fingerprints = await Promise.all(
				['host_ed25519', 'stranger'].map(
					async (name) => (await run('ssh-keygen', ['-lf', bench.at(name)])).stdout.split(' ')[1],
				),
			);
			expect(error.detail).toEqual([
				`offered: ssh-ed25519 ${fingerprints[0]}`,
				`expected: ED25519 ${fingerprints[1]} (${bench.at('changed')}:1)`,
			]);
		});

		test('a frozen sshd is silent', async () => {
			const {child, port: frozen} = await bench.startOwnSshd('');
			child.kill('SIGSTOP');
			onTestFinished(() => void child.kill('SIGCONT'));
			const connector = await bench.makeConnector('', {tcpConnectMs: 1000});
			expect(await failure(connector, {...overOpenSsh, port: frozen})).toMatchObject({
				rung: 'banner',
				code: 'silent-sshd',
			});
		});

		test('without an ssh program the reason is the one ssh2 gave', async () => {
			const connector = await bench.makeConnector('');
			const resolved = await connector.resolve({kind: 'ssh', destination: 'lab'});
			const poor = createSshConnector({clock: systemClock, env: {...process.env, PATH: bench.at('tmp')}});
			await expect(
				poor.connect(resolved, {signal: AbortSignal.timeout(20_000), onRung: () => undefined}),
			).rejects.toMatchObject({rung: 'key-exchange', code: 'incompatible'});
		});
	},
);
