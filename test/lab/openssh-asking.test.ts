/** What the installed `ssh` asks while it carries a connection reaches the person, and only the answer goes back. */
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {SecretQuestion} from '../../source/model/attention.ts';
import {createAttentionDesk} from '../../source/run/attention-desk.ts';
import {missingForSshd} from './loopback-sshd.ts';
import {ask, failure, openBench, overOpenSsh, reach, type OpenSshBench} from './openssh-bench.ts';

const run = promisify(execFile);
const missing = missingForSshd();
const isRoot = process.getuid?.() === 0;
const passphrase = 'open sesame §7';

/** Somebody who answers at once, and what was asked. */
function person(answer: (question: SecretQuestion, count: number) => string | null) {
	const asked: SecretQuestion[] = [];
	return {
		asked,
		ask(question: SecretQuestion): Promise<readonly string[] | null> {
			asked.push(question);
			const given = answer(question, asked.length);
			return Promise.resolve(given === null ? null : [given]);
		},
	};
}

describe.skipIf(missing !== null)(
	`asking through ssh${missing === null ? '' : ` (skipped: ${missing} is missing)`}`,
	() => {
		let bench: OpenSshBench;
		const withKey = (): string => `IdentityFile ${bench.at('locked')}\nIdentitiesOnly yes\n`;

		beforeAll(async () => {
			bench = await openBench();
			await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'locked', '-f', bench.at('locked')]);
			// Without it ssh asks for the passphrase before it knows whether the host wants the key.
			await writeFile(bench.at('authorized_keys'), await readFile(bench.at('locked.pub')));
		}, 60_000);

		afterAll(() => bench.close());

		test('a passphrase is asked for once for many hosts, with the words of the other carrier, and never again', async () => {
			const desk = createAttentionDesk();
			const shown: number[] = [];
			desk.subscribe(() => {
				const [question] = desk.getState().questions;
				if (question?.hosts.length !== 3) return;
				shown.push(question.id);
				expect(question).toMatchObject({kind: 'passphrase', title: `Passphrase for ${bench.at('locked')}`});
				desk.answer(question.id, [passphrase]);
			});
			const connector = await bench.makeConnector(withKey(), {}, desk);
			const ports = await Promise.all([1, 2, 3].map(async () => (await bench.startOwnSshd('')).port));
			const all = await Promise.all(ports.map((port) => reach(connector, {...overOpenSsh, port})));
			expect(await Promise.all(all.map(({transport}) => ask(transport, 'echo in')))).toEqual(['in\n', 'in\n', 'in\n']);
			expect(shown).toHaveLength(1);
			const {transport} = await reach(connector, {...overOpenSsh, port: (await bench.startOwnSshd('')).port});
			expect(await ask(transport, 'echo in')).toBe('in\n');
			expect(shown).toHaveLength(1);
		});

		test('a wrong passphrase is said to be wrong, and asked for again', async () => {
			const someone = person((_question, count) => (count === 1 ? 'close sesame' : passphrase));
			const {transport} = await reach(await bench.makeConnector(withKey(), {}, someone), overOpenSsh);
			expect(await ask(transport, 'echo in')).toBe('in\n');
			expect(someone.asked.map(({instruction}) => instruction)).toEqual([
				'',
				'The passphrase before does not open the key.',
			]);
		});

		test('a passphrase given beforehand is not asked for', async () => {
			const someone = person(() => null);
			const connector = await bench.makeConnector(withKey(), {}, someone);
			const key = {path: bench.at('locked'), fingerprint: null, usedBy: ['lab']};
			expect(await connector.unlock(key, passphrase)).toBe(true);
			const {transport} = await reach(connector, overOpenSsh);
			expect(await ask(transport, 'echo in')).toBe('in\n');
			expect(someone.asked).toEqual([]);
		});

		test('a key that the jump host wants, too, is asked for once', async () => {
			const someone = person(() => passphrase);
			const jump = await bench.startOwnSshd('');
			const config = `Host lab\n  ProxyJump gate\nHost gate\n  Port ${jump.port}\nHost *\n${withKey()}`;
			const {transport} = await reach(await bench.makeConnector(config, {}, someone), overOpenSsh);
			expect(await ask(transport, 'echo in')).toBe('in\n');
			expect(someone.asked).toHaveLength(1);
		});

		test('nobody to ask: the key stays locked, and the reason says what to do', async () => {
			const error = await failure(await bench.makeConnector(withKey()));
			expect(error).toMatchObject({rung: 'authentication', code: 'authentication-failed'});
			expect(error.advice).toContain('ssh-add');
			const batch = person(() => passphrase);
			await failure(await bench.makeConnector(`BatchMode yes\n${withKey()}`, {}, batch));
			expect(batch.asked).toEqual([]);
		});

		test('an unknown host key is no question of ssh: it waits for the review', async () => {
			const someone = person(() => 'yes');
			const config = `UserKnownHostsFile ${bench.at('nothing')}\n${withKey()}`;
			const error = await failure(await bench.makeConnector(config, {}, someone));
			expect(error).toMatchObject({rung: 'host-key', code: 'host-key-unknown'});
			expect(someone.asked).toEqual([]);
			expect(existsSync(bench.at('nothing'))).toBe(false);
		});

		test('the answer is in no argument, no surroundings and no file', async () => {
			const seen = {argv: '', surroundings: '', files: ''};
			const look = async (): Promise<void> => {
				for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
					const argv = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
					seen.argv += argv;
					if (/ssh|askpass/.test(argv))
						seen.surroundings += await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
				}
				for (const entry of await readdir(bench.temporary, {recursive: true, withFileTypes: true})) {
					if (entry.isFile())
						seen.files += await readFile(path.join(entry.parentPath, entry.name), 'utf8').catch(() => '');
				}
			};
			const connector = await bench.makeConnector(
				withKey(),
				{},
				{
					async ask() {
						await look();
						return [passphrase];
					},
				},
			);
			const {transport} = await reach(connector, overOpenSsh);
			await look();
			expect(await ask(transport, 'echo in')).toBe('in\n');
			expect(seen.argv).toContain('askpass');
			expect(seen.surroundings).toContain('SICKBAY_ASKPASS_TOKEN');
			expect(seen.files).toContain('exec');
			for (const text of Object.values(seen)) expect(text.includes(passphrase)).toBe(false);
			const [folder = ''] = await readdir(bench.temporary);
			expect((await run('stat', ['-c', '%a', path.join(bench.temporary, folder)])).stdout).toBe('700\n');
		});

		describe.skipIf(!isRoot || !existsSync('/etc/pam.d/sshd'))(
			'with a password (as root, who makes an account)',
			() => {
				const account = `sickbayask${process.pid}`;
				const password = `Rx ${process.pid} §$"'`;
				const asAccount = `User ${account}\nPubkeyAuthentication no\n`;

				beforeAll(async () => {
					await run('useradd', ['--no-create-home', '--shell', '/bin/sh', account]);
					const chpasswd = spawn('chpasswd', {stdio: ['pipe', 'ignore', 'inherit']});
					chpasswd.stdin.end(`${account}:${password}\n`);
					await once(chpasswd, 'close');
				});

				afterAll(async () => {
					await run('userdel', ['--force', account]).catch(() => undefined);
				});

				test.each([
					['password', 'PasswordAuthentication yes'],
					['keyboard-interactive', 'UsePAM yes\nKbdInteractiveAuthentication yes'],
				])('by %s: once, and not when the connection is made again', async (_way, extra) => {
					const {port} = await bench.startOwnSshd(extra);
					const someone = person(() => password);
					const connector = await bench.makeConnector(asAccount, {}, someone);
					for (let login = 0; login < 2; login++) {
						const {transport} = await reach(connector, {...overOpenSsh, port});
						expect(await ask(transport, 'echo in')).toBe('in\n');
					}
					const {stdout} = await run('ssh-keygen', ['-lf', bench.at('host_ed25519.pub')]);
					expect(someone.asked).toHaveLength(1);
					expect(someone.asked[0]).toMatchObject({
						kind: 'password',
						title: `Password for ${account}`,
						hostNames: ['lab'],
					});
					expect(stdout).toContain(someone.asked[0]?.fingerprint);
				});

				test('a wrong one is asked for again; wrong ones only are an answer that was not accepted', async () => {
					const {port} = await bench.startOwnSshd('PasswordAuthentication yes');
					const target = {...overOpenSsh, port};
					const learns = person((_question, count) => (count === 1 ? 'wrong' : password));
					const {transport} = await reach(await bench.makeConnector(asAccount, {}, learns), target);
					expect(await ask(transport, 'echo in')).toBe('in\n');
					expect(learns.asked[1]?.instruction).toBe('The answer before was not accepted.');
					const fails = person(() => 'wrong');
					const error = await failure(await bench.makeConnector(asAccount, {}, fails), target);
					expect(error).toMatchObject({code: 'authentication-failed', retry: 'never'});
					expect(error.message).toBe(`SSH: the host did not accept the answer for ${account}`);
					expect(fails.asked).toHaveLength(3);
				});

				test('without an answer ssh is ended, and the reason says so; without anybody it says what would be needed', async () => {
					const {port} = await bench.startOwnSshd('PasswordAuthentication yes');
					const target = {...overOpenSsh, port};
					const declined = person(() => null);
					const error = await failure(await bench.makeConnector(asAccount, {}, declined), target);
					expect(error.message).toBe(`SSH: the host's question to ${account} was not answered`);
					expect(declined.asked).toHaveLength(1);
					const nobody = await failure(await bench.makeConnector(asAccount), target);
					expect(nobody.message).toMatch(/a password would be needed/);
					await expect.poll(() => bench.processes()).toEqual([]);
					await expect.poll(() => readdir(bench.temporary)).toEqual([]);
				});

				test('a person who takes longer than sshd waits, and than a connection may take, gets in all the same', async () => {
					const {port} = await bench.startOwnSshd('PasswordAuthentication yes\nLoginGraceTime 2');
					let asked = 0;
					const connector = await bench.makeConnector(
						asAccount,
						{readyMs: 1500, tcpConnectMs: 1000},
						{
							async ask() {
								asked++;
								await new Promise((resolve) => {
									setTimeout(resolve, 4500);
								});
								return [password];
							},
						},
					);
					const {transport} = await reach(connector, {...overOpenSsh, port});
					expect(await ask(transport, 'echo in')).toBe('in\n');
					expect(asked).toBe(1);
				});

				test('forty hosts that wait for a person hold up nobody else', async () => {
					const {port} = await bench.startOwnSshd('PasswordAuthentication yes\nMaxStartups 100');
					const stop = new AbortController();
					onTestFinished(() => stop.abort());
					let waiting = 0;
					const connector = await bench.makeConnector(
						`Host slow*\n${asAccount}Host *\n${withKey()}`,
						{},
						{
							ask(question, signal) {
								if (question.kind === 'passphrase') return Promise.resolve([passphrase]);
								waiting++;
								return new Promise((resolve) => {
									signal.addEventListener('abort', () => resolve(null));
								});
							},
						},
					);
					const slow = Array.from({length: 40}, async (_, index) => {
						const target = {kind: 'ssh', destination: `slow${index}`, port, ...overOpenSsh} as const;
						const resolved = await connector.resolve(target);
						await connector.connect(resolved, {signal: stop.signal, onRung: () => undefined}).catch(() => undefined);
					});
					await expect.poll(() => waiting, {timeout: 60_000}).toBe(40);
					const {transport} = await reach(connector, {...overOpenSsh, port});
					expect(await ask(transport, 'echo in')).toBe('in\n');
					stop.abort();
					await Promise.all(slow);
				}, 80_000);
			},
		);
	},
);
