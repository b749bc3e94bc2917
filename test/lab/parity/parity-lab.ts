/** The servers, keys and files that the parity rows name, all on loopback and in one folder. */
import {execFile, spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {chmod, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {connect} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {startSshd, findPort} from '../loopback-sshd.ts';
import {startSecurityKeyAgent} from '../security-key-agent.ts';
import {waitFor} from '../wait-for.ts';
import {makeToken} from './make-token.ts';
import {startRealm} from './start-realm.ts';

const run = promisify(execFile);

export const passphrase = 'open sesame';

/** An account with a password, which only root can make. */
export type Account = {readonly name: string; readonly password: string};

export type ParityLab = {
	readonly folder: string;
	/** What `{name}` stands for in a row's configuration: ports, paths and names. */
	readonly words: Readonly<Record<string, string>>;
	readonly account: Account | null;
	/** Surroundings of both programs that lead to the token and the ticket. */
	readonly env: Readonly<Record<string, string>>;
	close(): Promise<void>;
};

const keys = ['host_ed25519', 'id_ed25519', 'stranger', 'certified', 'host_authority', 'user_authority'];

export async function startParityLab(): Promise<ParityLab> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'sickbay-parity-'));
	await chmod(folder, 0o755);
	const children: ChildProcess[] = [];
	const closers: Closer[] = [];
	const close = async (): Promise<void> => {
		for (const child of children) child.kill('SIGKILL');
		for (const closer of closers) await closer();
		await rm(folder, {recursive: true, force: true});
	};
	const at = (name: string): string => path.join(folder, name);
	const start = async (extra = '', env: Readonly<Record<string, string>> = {}): Promise<string> => {
		const {child, port} = await startSshd(folder, `${extra}\nTrustedUserCAKeys ${at('user_authority.pub')}`, env);
		children.push(child);
		return String(port);
	};
	try {
		await makeKeys(at);
		const account = await makeAccount(at, closers);
		const agents = await startAgents(at, children, closers);
		const token = await makeToken(folder);
		await writeFile(at('authorized_keys'), `${token.publicLine}\n`, {flag: 'a'});
		const realm = await startRealm(folder, os.userInfo().username);
		children.push(realm.process);
		const main = await start();
		const ports = {
			main,
			hop1: await start(),
			hop2: await start(),
			pq: await start('KexAlgorithms sntrup761x25519-sha512@openssh.com'),
			signed: await start(`HostCertificate ${at('host_ed25519-cert.pub')}`),
			password: await start('PasswordAuthentication yes'),
			interactive: await start('UsePAM yes\nKbdInteractiveAuthentication yes'),
			kerberos: await start('GSSAPIAuthentication yes\nGSSAPIStrictAcceptorCheck no', realm.hostEnv),
			closed: String(await findPort()),
			full: await startFullListener(children),
			dropbear: account === null ? '0' : await startDropbear(at, children),
		};
		await writeKnownHosts(at, ports, account !== null);
		const names = {folder, user: os.userInfo().username, account: account?.name ?? '', token: token.library};
		return {folder, words: {...ports, ...agents, ...names}, account, env: {...token.env, ...realm.env}, close};
	} catch (error) {
		await close();
		throw error;
	}
}

type Closer = () => Promise<unknown> | void;
type At = (name: string) => string;

async function makeKeys(at: At): Promise<void> {
	for (const name of keys) await makeKey(at(name), '');
	await makeKey(at('locked'), passphrase);
	const user = os.userInfo().username;
	await run('ssh-keygen', ['-q', '-s', at('user_authority'), '-I', 'person', '-n', user, at('certified.pub')]);
	await run('ssh-keygen', [
		'-q',
		'-s',
		at('host_authority'),
		'-I',
		'host',
		'-h',
		'-n',
		'127.0.0.1',
		at('host_ed25519.pub'),
	]);
	await run('ssh-keygen', ['-q', '-k', '-f', at('revoked.krl'), at('host_ed25519.pub')]);
	await run('ssh-keygen', ['-q', '-k', '-f', at('others.krl'), at('stranger.pub')]);
	const allowed = await Promise.all(['id_ed25519.pub', 'locked.pub'].map((name) => readFile(at(name), 'utf8')));
	await writeFile(at('authorized_keys'), allowed.join(''));
	await writeFile(at('flag'), '');
}

async function makeKey(file: string, secret: string): Promise<void> {
	await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', secret, '-C', path.basename(file), '-f', file]);
}

async function makeAccount(at: At, closers: Closer[]): Promise<Account | null> {
	if (process.getuid?.() !== 0) return null;
	const account = {name: `parity${process.pid}`, password: `Rx ${process.pid} §$"'`};
	const home = at('home_of_account');
	await run('useradd', ['--create-home', '--home-dir', home, '--shell', '/bin/sh', account.name]);
	closers.push(() => run('userdel', ['--force', account.name]).catch(() => undefined));
	const chpasswd = spawn('chpasswd', {stdio: ['pipe', 'ignore', 'inherit']});
	chpasswd.stdin.end(`${account.name}:${account.password}\n`);
	await once(chpasswd, 'close');
	await mkdir(path.join(home, '.ssh'), {mode: 0o700});
	await writeFile(path.join(home, '.ssh/authorized_keys'), await readFile(at('id_ed25519.pub')));
	await run('chown', ['-R', account.name, home]);
	return account;
}

async function startAgents(
	at: At,
	children: ChildProcess[],
	closers: Closer[],
): Promise<Readonly<Record<string, string>>> {
	const agents: Record<string, string> = {};
	for (const [name, key] of [
		['agent', 'id_ed25519'],
		['agent_locked', 'locked'],
		['agent_certified', 'certified'],
	] as const) {
		const socket = at(`${name}.sock`);
		children.push(spawn('ssh-agent', ['-D', '-a', socket], {stdio: 'ignore'}));
		await waitFor('the agent', 5000, () => existsSync(socket));
		const askpass = at('askpass_agent');
		await writeFile(askpass, `#!/bin/sh\necho '${passphrase}'\n`, {mode: 0o700});
		const env = {...process.env, SSH_AUTH_SOCK: socket, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force'};
		await run('ssh-add', ['-q', at(key)], {env});
		agents[name] = socket;
	}
	const securityKeys = await startSecurityKeyAgent(at('security_key.sock'));
	closers.push(() => securityKeys.close());
	await writeFile(at('authorized_keys'), securityKeys.publicLine, {flag: 'a'});
	return {...agents, agent_security_key: at('security_key.sock')};
}

/** Dropbear looks for authorized_keys in the account's home only. */
async function startDropbear(at: At, children: ChildProcess[]): Promise<string> {
	const port = String(await findPort());
	await run('dropbearkey', ['-t', 'ed25519', '-f', at('host_dropbear')]);
	children.push(
		spawn('/usr/sbin/dropbear', ['-F', '-E', '-p', `127.0.0.1:${port}`, '-r', at('host_dropbear')], {stdio: 'ignore'}),
	);
	await waitFor('dropbear', 5000, () => knock(Number(port)));
	return port;
}

/** A port whose queue of connections is full, so that the kernel answers nothing: a black hole without a firewall. */
async function startFullListener(children: ChildProcess[]): Promise<string> {
	const port = await findPort();
	const script = `require('net').createServer().listen({port:${port},host:'127.0.0.1',backlog:1},()=>process.kill(process.pid,'SIGSTOP'))`;
	const child = spawn(process.execPath, ['-e', script], {stdio: 'ignore'});
	children.push(child);
	const status = (): Promise<string> => readFile(`/proc/${child.pid}/stat`, 'utf8');
	await waitFor('the listener', 5000, async () => (await status()).includes(') T '));
	for (let count = 0; count < 4; count++)
		connect(port, '127.0.0.1')
			.on('error', () => undefined)
			.unref();
	await waitFor('a full queue', 10_000, async () => !(await knock(port)));
	return String(port);
}

async function knock(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	const answered = await Promise.race([
		once(socket, 'connect').then(
			() => true,
			() => false,
		),
		new Promise<boolean>((resolve) => {
			setTimeout(resolve, 300, false);
		}),
	]);
	socket.destroy();
	return answered;
}

async function writeKnownHosts(at: At, ports: Readonly<Record<string, string>>, hasDropbear: boolean): Promise<void> {
	const [own, stranger, authority] = await Promise.all(
		['host_ed25519.pub', 'stranger.pub', 'host_authority.pub'].map(async (name) =>
			(await readFile(at(name), 'utf8')).trim(),
		),
	);
	const known = Object.entries(ports)
		.filter(([name]) => name !== 'dropbear')
		.map(([, port]) => `[127.0.0.1]:${port} ${own}\n`);
	if (hasDropbear) {
		const {stdout} = await run('dropbearkey', ['-y', '-f', at('host_dropbear')]);
		known.push(`[127.0.0.1]:${ports['dropbear']} ${/^ssh-\S+ \S+/m.exec(stdout)?.[0]}\n`);
	}
	await writeFile(at('known_hosts'), known.join(''));
	await writeFile(at('known_hashed'), known.join(''));
	await run('ssh-keygen', ['-H', '-f', at('known_hashed')]);
	await writeFile(at('known_bare'), `127.0.0.1 ${own}\n`);
	await writeFile(at('known_alias'), `web-07 ${own}\n`);
	await writeFile(at('known_stranger'), `elsewhere ${stranger}\n`);
	await writeFile(at('known_changed'), `[127.0.0.1]:${ports['main']} ${stranger}\n`);
	await writeFile(at('known_revoked'), `${known.join('')}@revoked * ${own}\n`);
	await writeFile(at('known_authority'), `@cert-authority * ${authority}\n`);
	await writeFile(at('known_other_authority'), `@cert-authority * ${stranger}\n`);
	await writeFile(at('included.conf'), `Host target\n  Port ${ports['main']}\n`);
}
