/** Ways to log in, tried against a real sshd: each with `ssh` and with our own SSH, from the same configuration. */
import {execFile, spawn, type ChildProcess} from 'node:child_process';
import {existsSync} from 'node:fs';
import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {HandNeeded} from '../../source/model/attention.ts';
import {sickbayGetsIn, sshGetsIn, startRealAgent} from './both-programs.ts';
import {missingForSshd, startSshd} from './loopback-sshd.ts';
import {startSecurityKeyAgent} from './security-key-agent.ts';

const run = promisify(execFile);
const missing = missingForSshd();
const isRoot = process.getuid?.() === 0;
const user = os.userInfo().username;
const passphrase = 'open sesame';

let folder = '';
const at = (name: string): string => path.join(folder, name);

type Key = {readonly name: string; readonly args: readonly string[]; readonly locked?: boolean};

const formats: readonly Key[] = [
	{name: 'ed25519', args: ['-t', 'ed25519']},
	{name: 'ed25519_locked', args: ['-t', 'ed25519'], locked: true},
	{name: 'rsa', args: ['-t', 'rsa', '-b', '2048']},
	{name: 'rsa_pem', args: ['-t', 'rsa', '-b', '2048', '-m', 'PEM']},
	{name: 'rsa_pem_locked', args: ['-t', 'rsa', '-b', '2048', '-m', 'PEM'], locked: true},
	{name: 'rsa_pkcs8', args: ['-t', 'rsa', '-b', '2048', '-m', 'PKCS8']},
	{name: 'rsa_pkcs8_locked', args: ['-t', 'rsa', '-b', '2048', '-m', 'PKCS8'], locked: true},
	{name: 'ecdsa256', args: ['-t', 'ecdsa', '-b', '256']},
	{name: 'ecdsa384_pem', args: ['-t', 'ecdsa', '-b', '384', '-m', 'PEM']},
	{name: 'ecdsa521_pkcs8', args: ['-t', 'ecdsa', '-b', '521', '-m', 'PKCS8']},
	{name: 'ecdsa256_pem_locked', args: ['-t', 'ecdsa', '-b', '256', '-m', 'PEM'], locked: true},
];

/** Only a certificate of this authority lets these in: they are not in authorized_keys. */
const certified: readonly Key[] = [
	{name: 'cert_ed25519', args: ['-t', 'ed25519']},
	{name: 'cert_rsa', args: ['-t', 'rsa', '-b', '2048']},
	{name: 'cert_ecdsa', args: ['-t', 'ecdsa', '-b', '384']},
	{name: 'cert_locked', args: ['-t', 'ed25519'], locked: true},
];

async function makeKey({name, args, locked = false}: Key): Promise<void> {
	await run('ssh-keygen', ['-q', ...args, '-N', locked ? passphrase : '', '-C', name, '-f', at(name)]);
}

async function startServer(extra = ''): Promise<number> {
	const {child, port} = await startSshd(folder, `${extra}\nTrustedUserCAKeys ${at('authority.pub')}`);
	onTestFinished(() => void child.kill('SIGKILL'));
	await writeFile(at('known_hosts'), `[127.0.0.1]:${port} ${await readFile(at('host_ed25519.pub'), 'utf8')}`, {
		flag: 'a',
	});
	return port;
}

/** One configuration for both programs. */
async function writeConfig(port: number, config: string, account = user): Promise<string> {
	const file = at(`config_${Math.random().toString(36).slice(2)}`);
	const lines = [
		config,
		'Host *',
		'HostName 127.0.0.1',
		`User ${account}`,
		`Port ${port}`,
		'IdentityAgent none',
		`IdentityFile ${at('absent')}`,
		`UserKnownHostsFile ${at('known_hosts')}`,
		'GlobalKnownHostsFile none',
	];
	await writeFile(file, `${lines.join('\n')}\n`);
	return file;
}

let agents = 0;
const startAgent = (names: readonly string[]): Promise<string> =>
	startRealAgent(at(`agent_${agents++}`), names.map(at));

describe.skipIf(missing !== null)(`logging in${missing === null ? '' : ` (skipped: ${missing} is missing)`}`, () => {
	let port = 0;
	let server: ChildProcess | null = null;

	beforeAll(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'sickbay-login-'));
		await chmod(folder, 0o755);
		for (const key of [...formats, ...certified]) await makeKey(key);
		for (const name of ['host_ed25519', 'authority']) await makeKey({name, args: ['-t', 'ed25519']});
		for (const {name} of certified) {
			await run('ssh-keygen', ['-q', '-s', at('authority'), '-I', `id of ${name}`, '-n', user, at(`${name}.pub`)]);
		}
		const lines = await Promise.all(formats.map(({name}) => readFile(at(`${name}.pub`), 'utf8')));
		await writeFile(at('authorized_keys'), lines.join(''));
		const started = await startSshd(folder, `TrustedUserCAKeys ${at('authority.pub')}`);
		({child: server, port} = started);
		await writeFile(at('known_hosts'), `[127.0.0.1]:${port} ${await readFile(at('host_ed25519.pub'), 'utf8')}`);
	}, 60_000);

	afterAll(async () => {
		server?.kill('SIGKILL');
		await rm(folder, {recursive: true, force: true});
	});

	test.each(formats)('with the key file $name', async ({name, locked}) => {
		const config = await writeConfig(port, `IdentityFile ${at(name)}\nIdentitiesOnly yes`);
		expect(await sshGetsIn(config, passphrase)).toBe(true);
		const login = await sickbayGetsIn(config, () => [passphrase]);
		expect(login.error?.detail).toBeUndefined();
		expect(login.in).toBe(true);
		expect(login.asked.map(({kind}) => kind)).toEqual(locked ? ['passphrase'] : []);
	});

	test.each(certified)('with the certificate beside the key file: $name', async ({name, locked}) => {
		const config = await writeConfig(port, `IdentityFile ${at(name)}`);
		expect(await sshGetsIn(config, passphrase)).toBe(true);
		const login = await sickbayGetsIn(config, () => [passphrase]);
		expect(login.error?.detail).toBeUndefined();
		expect(login.in).toBe(true);
		expect(login.asked.map(({kind}) => kind)).toEqual(locked ? ['passphrase'] : []);
	});

	test('with CertificateFile, and then no other certificate counts', async () => {
		const named = await writeConfig(
			port,
			`IdentityFile ${at('cert_ed25519')}\nCertificateFile ${at('cert_ed25519-cert.pub')}`,
		);
		expect(await sshGetsIn(named)).toBe(true);
		expect((await sickbayGetsIn(named)).in).toBe(true);
		const other = await writeConfig(
			port,
			`IdentityFile ${at('cert_ed25519')}\nCertificateFile ${at('cert_rsa-cert.pub')}`,
		);
		expect(await sshGetsIn(other)).toBe(false);
		const login = await sickbayGetsIn(other);
		expect(login.error?.code).toBe('authentication-failed');
		expect(login.error?.detail.join('\n')).toMatch(
			/not offered: \S+cert_rsa-cert\.pub .*id of cert_rsa.*private key is not here/,
		);
	});

	test('with a certificate that the agent holds', async () => {
		for (const name of ['cert_ed25519', 'cert_rsa', 'cert_ecdsa']) {
			const socket = await startAgent([name]);
			const config = await writeConfig(port, `IdentityAgent ${socket}`);
			expect(await sshGetsIn(config)).toBe(true);
			expect((await sickbayGetsIn(config)).in).toBe(true);
		}
	});

	test('with a certificate in a file whose key only the agent holds', async () => {
		const socket = await startAgent(['cert_rsa', 'cert_ed25519']);
		await run('ssh-add', ['-q', '-d', at('cert_ed25519-cert.pub')], {
			env: {...process.env, SSH_AUTH_SOCK: socket},
		}).catch(() => undefined);
		const config = await writeConfig(
			port,
			`IdentityAgent ${socket}\nIdentitiesOnly yes\nCertificateFile ${at('cert_ed25519-cert.pub')}\nIdentityFile ${at('cert_ed25519.pub')}`,
		);
		expect(await sshGetsIn(config)).toBe(true);
		expect((await sickbayGetsIn(config)).in).toBe(true);
	});

	test('an expired certificate is refused, and said to be expired', async () => {
		await makeKey({name: 'late', args: ['-t', 'ed25519']});
		const validity = ['-V', '20200101:20200102'];
		await run('ssh-keygen', ['-q', '-s', at('authority'), '-I', 'late', '-n', user, ...validity, at('late.pub')]);
		const config = await writeConfig(port, `IdentityFile ${at('late')}`);
		expect(await sshGetsIn(config)).toBe(false);
		const login = await sickbayGetsIn(config);
		expect(login.error?.detail.join('\n')).toMatch(/offered: .*certificate "late", expired 2020-01-0/);
	});

	test('with a security key of the agent, whose touch is asked for in words', async () => {
		const socket = at('security_key.sock');
		const agent = await startSecurityKeyAgent(socket);
		onTestFinished(() => agent.close());
		await writeFile(at('authorized_keys'), agent.publicLine, {flag: 'a'});
		const config = await writeConfig(port, `IdentityAgent ${socket}`);
		expect(await sshGetsIn(config)).toBe(true);
		expect((await sickbayGetsIn(config)).in).toBe(true);

		agent.letGo();
		const told: HandNeeded[] = [];
		const shown = new Set<HandNeeded>();
		const login = sickbayGetsIn(config, undefined, {
			// Shorter than the person takes, whose time does not count against the host.
			timings: {readyMs: 1500},
			tell(need) {
				told.push(need);
				shown.add(need);
				setTimeout(() => agent.touch(), 2000);
				return () => shown.delete(need);
			},
		});
		expect((await login).in).toBe(true);
		expect(told).toEqual([{kind: 'touch', hostName: 'lab'}]);
		expect(shown.size).toBe(0);
	});

	test('with two keys where the host wants two', async () => {
		const strict = await startServer('AuthenticationMethods publickey,publickey');
		const config = await writeConfig(strict, `IdentityFile ${at('ed25519')}\nIdentityFile ${at('rsa')}`);
		expect(await sshGetsIn(config)).toBe(true);
		expect((await sickbayGetsIn(config)).in).toBe(true);
		const socket = await startAgent(['ed25519', 'rsa']);
		const agent = await writeConfig(strict, `IdentityAgent ${socket}`);
		expect(await sshGetsIn(agent)).toBe(true);
		expect((await sickbayGetsIn(agent)).in).toBe(true);
	});

	describe.skipIf(!isRoot || !existsSync('/etc/pam.d/sshd'))(
		'with a password (as root, who makes an account for it)',
		() => {
			const account = `sickbay${process.pid}`;
			const password = `Rx ${process.pid} §$"'`;

			beforeAll(async () => {
				await run('useradd', ['--no-create-home', '--shell', '/bin/sh', account]);
				const chpasswd = spawn('chpasswd', {stdio: ['pipe', 'ignore', 'inherit']});
				chpasswd.stdin.end(`${account}:${password}\n`);
				await new Promise((resolve) => {
					chpasswd.once('close', resolve);
				});
			});

			afterAll(async () => {
				await run('userdel', ['--force', account]).catch(() => undefined);
			});

			const ways = [
				{way: 'password', server: 'PasswordAuthentication yes'},
				{way: 'keyboard-interactive', server: 'UsePAM yes\nKbdInteractiveAuthentication yes'},
				{
					way: 'publickey and then keyboard-interactive',
					server: 'UsePAM yes\nKbdInteractiveAuthentication yes\nAuthenticationMethods publickey,keyboard-interactive',
				},
			];

			test.each(ways)(
				'by $way',
				async ({server: extra}) => {
					const config = await writeConfig(await startServer(extra), `IdentityFile ${at('ed25519')}`, account);
					const both = extra.includes('publickey,');
					const asWanted = both
						? config
						: await writeConfig(
								Number(/Port (\d+)/.exec(await readFile(config, 'utf8'))?.[1]),
								'PubkeyAuthentication no',
								account,
							);
					expect(await sshGetsIn(asWanted, password)).toBe(true);
					const login = await sickbayGetsIn(asWanted, () => [password]);
					expect(login.error?.detail).toBeUndefined();
					expect(login.in).toBe(true);
					expect(login.asked).toHaveLength(1);
					expect(login.asked[0]).toMatchObject({
						kind: 'password',
						hostNames: ['lab'],
						title: `Password for ${account}`,
					});
					const {stdout} = await run('ssh-keygen', ['-lf', at('host_ed25519.pub')]);
					expect(stdout).toContain(login.asked[0]?.fingerprint);

					const nobody = await sickbayGetsIn(asWanted);
					expect(nobody.error?.message).toMatch(both ? /wants more than a key/ : /a password.* would be needed/);
					const wrong = await sickbayGetsIn(asWanted, ({instruction}) => [instruction === '' ? 'wrong' : password]);
					expect(wrong.in).toBe(true);
					expect(wrong.asked).toHaveLength(2);
				},
				40_000,
			);
		},
	);
});
