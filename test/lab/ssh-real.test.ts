/** Our SSH connection against the real OpenSSH: sshd on loopback, ssh -G, ssh-keygen, ssh-agent. */
import {execFile, spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {LadderError} from '../../source/model/ladder-error.ts';
import type {Transport} from '../../source/model/transport.ts';
import {createSshConnector, type SshConnector} from '../../source/ssh/ssh-connector.ts';
import type {SshTimings} from '../../source/ssh/ssh-timings.ts';
import {systemClock} from '../../source/support/clock.ts';
import {findPort, missingForSshd, startSshd} from './loopback-sshd.ts';

const run = promisify(execFile);
const missing = missingForSshd();

let folder = '';
let port = 0;
let server: ChildProcess | null = null;
const user = os.userInfo().username;
const at = (name: string): string => path.join(folder, name);

async function startOwnSshd(extra: string): Promise<number> {
	const {child, port} = await startSshd(folder, extra);
	onTestFinished(() => void child.kill('SIGKILL'));
	await writeFile(at('known_hosts'), `[127.0.0.1]:${port} ${await readFile(at('host_ed25519.pub'), 'utf8')}`, {
		flag: 'a',
	});
	return port;
}

async function makeConnector(config: string, timings: Partial<SshTimings> = {}, env = {}): Promise<SshConnector> {
	const configFile = at(`config_${Math.random().toString(36).slice(2)}`);
	await writeFile(
		configFile,
		`${config}
Host *
  HostName 127.0.0.1
  User ${user}
  Port ${port}
  IdentityFile ${at('id_ed25519')}
  IdentityAgent none
  UserKnownHostsFile ${at('known_hosts')}
  GlobalKnownHostsFile none
`,
	);
	return createSshConnector({configFile, clock: systemClock, env: {...process.env, ...env}, timings});
}

async function reach(connector: SshConnector, destination = 'lab'): Promise<Transport> {
	const resolved = await connector.resolve({kind: 'ssh', destination});
	const transport = await connector.connect(resolved, {
		signal: AbortSignal.timeout(20_000),
		onRung: () => undefined,
	});
	onTestFinished(() => transport.close());
	return transport;
}

async function ask(transport: Transport, command: string): Promise<string> {
	return text((await transport.exec(command)).stream);
}

async function failure(connector: SshConnector, destination = 'lab'): Promise<LadderError> {
	try {
		await reach(connector, destination);
	} catch (error) {
		return error as LadderError;
	}
	throw new Error('connected, against expectation');
}

describe.skipIf(missing !== null)(
	`the real OpenSSH${missing === null ? '' : ` (skipped: ${missing} is missing)`}`,
	() => {
		beforeAll(async () => {
			folder = await mkdtemp(path.join(os.tmpdir(), 'sickbay-sshd-'));
			for (const name of ['host_ed25519', 'id_ed25519', 'stranger']) {
				await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', at(name)]);
			}
			await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'open sesame', '-C', 'locked', '-f', at('locked')]);
			await run('ssh-keygen', ['-q', '-t', 'rsa', '-m', 'PEM', '-N', '', '-C', 'rsa', '-f', at('old_rsa')]);
			const allowed = await Promise.all(
				['id_ed25519.pub', 'locked.pub', 'old_rsa.pub'].map((name) => readFile(at(name), 'utf8')),
			);
			await writeFile(at('authorized_keys'), allowed.join(''));
			({child: server, port} = await startSshd(folder));
			await writeFile(at('known_hosts'), `[127.0.0.1]:${port} ${await readFile(at('host_ed25519.pub'), 'utf8')}`);
			await run('ssh-keygen', ['-H', '-f', at('known_hosts')]);
		}, 60_000);

		afterAll(async () => {
			server?.kill('SIGKILL');
			await rm(folder, {recursive: true, force: true});
		});

		test('a host of the SSH configuration is reached by its alias and runs commands', async () => {
			const transport = await reach(await makeConnector('Host web-07\n  Compression no'), 'web-07');
			expect(await ask(transport, 'uname -s')).toBe(`${os.type()}\n`);
			const command = await transport.exec('echo oops >&2; exit 7');
			command.stream.resume();
			expect(await command.exit).toEqual({code: 7, signal: null});
			await expect.poll(() => command.stderr()).toBe('oops');
		});

		test.each(['locked', 'old_rsa'])('a %s key made by ssh-keygen is understood', async (name) => {
			const connector = await makeConnector(`IdentitiesOnly yes\nIdentityFile ${at(name)}\n`);
			const resolved = await connector.resolve({kind: 'ssh', destination: 'lab'});
			expect(resolved.identityFiles[0]).toBe(at(name));
			const only = {...resolved, identityFiles: [at(name)]};
			for (const key of await connector.lockedKeys([only])) {
				const {stdout} = await run('ssh-keygen', ['-lf', at(`${name}.pub`)]);
				expect(stdout).toContain(key.fingerprint);
				expect(await connector.unlock(key, 'open sesame')).toBe(true);
			}
			const transport = await connector.connect(only, {signal: AbortSignal.timeout(20_000), onRung: () => undefined});
			onTestFinished(() => transport.close());
			expect(await ask(transport, 'echo in')).toBe('in\n');
		});

		test('the real agent lets us in', async () => {
			const socket = at('agent.sock');
			const agent = spawn('ssh-agent', ['-D', '-a', socket], {stdio: 'ignore'});
			onTestFinished(() => void agent.kill());
			await expect.poll(() => existsSync(socket)).toBe(true);
			await run('ssh-add', ['-q', at('id_ed25519')], {env: {...process.env, SSH_AUTH_SOCK: socket}});
			const config = `Host *\n  IdentityAgent ${socket}\n  IdentityFile ${at('absent')}\n`;
			const connector = await makeConnector(config);
			const resolved = await connector.resolve({kind: 'ssh', destination: 'lab'});
			const transport = await connector.connect(
				{...resolved, identityFiles: []},
				{signal: AbortSignal.timeout(20_000), onRung: () => undefined},
			);
			onTestFinished(() => transport.close());
			expect(await ask(transport, 'echo in')).toBe('in\n');
		});

		test('a wrong key is refused once, with what the host would accept', async () => {
			const connector = await makeConnector('');
			const resolved = await connector.resolve({kind: 'ssh', destination: 'lab'});
			const attempt = connector.connect(
				{...resolved, identityFiles: [at('stranger')]},
				{signal: AbortSignal.timeout(20_000), onRung: () => undefined},
			);
			await expect(attempt).rejects.toMatchObject({
				rung: 'authentication',
				code: 'authentication-failed',
				retry: 'never',
			});
			await expect(attempt).rejects.toMatchObject({detail: expect.arrayContaining(['the host accepts: publickey'])});
		});

		test('a host key taken with accept-new is one that ssh itself then trusts', async () => {
			const file = at('new_known_hosts');
			const config = `Host *\n  UserKnownHostsFile ${file}\n  HashKnownHosts yes\n`;
			expect((await failure(await makeConnector(config))).code).toBe('host-key-unknown');
			const transport = await reach(await makeConnector(`${config}  StrictHostKeyChecking accept-new\n`));
			expect(await ask(transport, 'echo in')).toBe('in\n');
			const {stdout} = await run('ssh-keygen', ['-F', `[127.0.0.1]:${port}`, '-f', file]);
			expect(stdout).toContain('found: line 1');
			const options = [
				`UserKnownHostsFile=${file}`,
				'GlobalKnownHostsFile=none',
				'StrictHostKeyChecking=yes',
				'BatchMode=yes',
			];
			const seen = await run('ssh', [
				'-F',
				'none',
				'-p',
				String(port),
				'-i',
				at('id_ed25519'),
				...options.flatMap((option) => ['-o', option]),
				'127.0.0.1',
				'echo',
				'trusted',
			]);
			expect(seen.stdout).toBe('trusted\n');
		});

		test('a Unix socket behind sshd carries bytes; one that is missing is refused', async () => {
			const socketPath = at('engine.sock');
			const echo = createServer((socket) => socket.pipe(socket)).listen(socketPath);
			await once(echo, 'listening');
			onTestFinished(() => void echo.close());
			const transport = await reach(await makeConnector(''));
			const socket = transport.openUnixSocket(socketPath);
			socket.write('hello');
			const [chunk] = (await once(socket, 'data')) as [Buffer];
			expect(chunk.toString()).toBe('hello');
			socket.destroy();
			const [error] = (await once(transport.openUnixSocket(at('absent.sock')), 'error')) as [Error];
			expect(error).toMatchObject({code: 'refused'});
		});

		test('a session beyond MaxSessions is told as such, while sockets still open', async () => {
			const limited = await startOwnSshd('MaxSessions 1');
			const transport = await reach(await makeConnector(`Host *\n  Port ${limited}\n`));
			await transport.exec('cat');
			await expect(transport.exec('cat')).rejects.toMatchObject({code: 'sessions-exhausted'});
		});

		test('keys renewed under load break nothing', async () => {
			const renewing = await startOwnSshd('RekeyLimit 1M');
			const transport = await reach(await makeConnector(`Host *\n  Port ${renewing}\n`));
			const answer = await ask(transport, 'head -c 8000000 /dev/zero | tr "\\0" x');
			expect(answer.length).toBe(8_000_000);
		});

		test('closing the connection leaves no process behind on the host', async () => {
			const transport = await reach(await makeConnector(''));
			const command = await transport.exec('echo $$; exec cat');
			const [line] = (await once(command.stream, 'data')) as [Buffer];
			const pid = line.toString().trim();
			expect(existsSync(`/proc/${pid}`)).toBe(true);
			transport.close();
			await expect.poll(() => existsSync(`/proc/${pid}`), {timeout: 5000}).toBe(false);
		});

		test('a frozen sshd is silent, and answers again once it is thawed', async () => {
			const {child, port: frozen} = await startSshd(folder);
			onTestFinished(() => void child.kill('SIGKILL'));
			await writeFile(at('known_hosts'), `[127.0.0.1]:${frozen} ${await readFile(at('host_ed25519.pub'), 'utf8')}`, {
				flag: 'a',
			});
			const connector = await makeConnector(`Host *\n  Port ${frozen}\n`, {readyMs: 1000});
			child.kill('SIGSTOP');
			expect(await failure(connector)).toMatchObject({rung: 'banner', code: 'silent-sshd'});
			child.kill('SIGCONT');
			expect(await ask(await reach(connector), 'echo back')).toBe('back\n');
		});

		test('a host is reached through a jump host and through ssh -W as proxy command', async () => {
			const jumping = await makeConnector('Host inner\n  ProxyJump bastion\n');
			expect(await ask(await reach(jumping, 'inner'), 'echo in')).toBe('in\n');
			const closed = await makeConnector(`Host inner\n  ProxyJump bastion\n  Port ${await findPort()}\n`);
			expect((await failure(closed, 'inner')).code).toBe('connection-refused');
			const proxy = `ssh -F none -i ${at('id_ed25519')} -o UserKnownHostsFile=${at('known_hosts')} -p ${port} -W %h:%p ${user}@127.0.0.1`;
			const proxied = await makeConnector(`Host inner\n  ProxyCommand ${proxy}\n`);
			expect(await ask(await reach(proxied, 'inner'), 'echo in')).toBe('in\n');
		});

		test('a configuration the installed ssh refuses is shown in its words', async () => {
			const connector = await makeConnector('NoSuchOption yes');
			const error = await failure(connector);
			expect(error).toMatchObject({rung: 'resolve', code: 'bad-configuration'});
			expect(error.detail.join('\n')).toMatch(/Bad configuration option: nosuchoption/);
		});
	},
);
