/**
 * The built program crashes while a person's secrets are in use. None of them is in what it prints, in what it wrote
 * anywhere, or in what the programs it started were given.
 */
import {existsSync} from 'node:fs';
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {AuthContext, KeyboardAuthContext} from 'ssh2';
import {describe, expect, onTestFinished, test} from 'vitest';
import {makeKey, writeKey} from '../ssh/peers/make-key.ts';
import {openWard} from '../ssh/peers/ward.ts';
import {openTerminalWindow, tmux, type TerminalWindow} from './terminal-window.ts';

const passphrase = 'planted-passphrase-Lq7';
const password = 'planted-password-Xn2';
const code = 'planted-code-418';
const patient = {timeout: 20_000, interval: 100};

type Scene = TerminalWindow & {
	/** What each host was let in with. */
	readonly logins: readonly string[];
	/** Sends the bug out, unless it comes by itself. */
	crash(): Promise<void>;
	/** Fails when a secret is anywhere it could be read later. */
	expectNoSecret(): Promise<void>;
};

type SceneOptions = {readonly plantedBug?: string; readonly transport?: 'ssh2' | 'openssh'};

/** Three hosts: one wants a password, one a code, one an encrypted key. */
async function openScene(
	args: readonly string[],
	{plantedBug = '', transport = 'ssh2'}: SceneOptions = {},
): Promise<Scene> {
	const ward = await openWard();
	const logins: string[] = [];
	const locked = makeKey({passphrase});
	const keyFile = await writeKey(path.join(ward.folder, 'locked'), locked);
	const letIn = (context: AuthContext, secret: string): void => {
		logins.push(secret);
		context.accept();
	};
	const takesPassword = await ward.startPeer({
		onLogin: (context) =>
			context.method === 'password' && context.password === password
				? letIn(context, 'password')
				: context.reject(['password']),
	});
	const takesCode = await ward.startPeer({
		onLogin(context) {
			if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
			(context as KeyboardAuthContext).prompt([{prompt: 'Verification code: ', echo: false}], ([given]) =>
				given === code ? letIn(context, 'code') : context.reject(['keyboard-interactive']),
			);
		},
	});
	const takesKey = await ward.startPeer({authorized: [locked]});
	const config = path.join(ward.folder, 'ssh_config');
	await writeFile(
		config,
		[
			`Host web-01\nPort ${takesPassword.port}`,
			`Host web-02\nPort ${takesCode.port}`,
			`Host web-03\nPort ${takesKey.port}\nIdentityFile ${keyFile}`,
			'Host *\nHostName 127.0.0.1\nUser ward\nIdentityAgent none\nGlobalKnownHostsFile none',
			`UserKnownHostsFile ${ward.knownHostsFile}\nIdentityFile ${path.join(ward.folder, 'absent')}\n`,
		].join('\n'),
	);
	const own = path.join(ward.folder, 'own');
	const folders = {
		HOME: 'home',
		TMPDIR: 'tmp',
		XDG_CONFIG_HOME: 'config',
		XDG_STATE_HOME: 'state',
		XDG_CACHE_HOME: 'cache',
	};
	for (const name of Object.values(folders)) await mkdir(path.join(own, name), {recursive: true});
	await mkdir(path.join(own, 'config/sickbay'));
	await writeFile(path.join(own, 'config/sickbay/config.yaml'), `ssh: {transport: ${transport}}\n`);
	const env = Object.entries(folders).map(([name, folder]) => `${name}=${path.join(own, folder)}`);
	const recordFile = path.join(ward.folder, 'recorded');
	const preload = `NODE_OPTIONS=--import=${new URL('planted-bug.mjs', import.meta.url).href}`;
	const terminal = await openTerminalWindow([...args, 'web-01', 'web-02', 'web-03', '-F', config], {
		env: [...env, preload, `PLANTED_BUG=${plantedBug}`],
		recordFile,
	});
	const started = watchDescendants(terminal);
	const keyLines = locked.private.split('\n').filter((line) => line.length > 20 && !line.startsWith('-----'));
	return {
		...terminal,
		logins,
		crash: async () => void process.kill(await terminal.findPid(), 'SIGUSR2'),
		async expectNoSecret() {
			const places: Readonly<Record<string, string>> = {
				screen: await terminal.read(),
				recorded: await readFile(recordFile, 'utf8'),
				'programs started': started(),
				files: await readTree(own),
			};
			// The crash is in there: the search looks at the right text.
			expect(places['recorded']).toContain('a planted bug');
			expect(places['programs started']).toContain('dist/cli.js');
			for (const [place, text] of Object.entries(places)) {
				const whole = `${text}\n${text.replace(/\s+/g, '')}`;
				for (const secret of [passphrase, password, code, 'PRIVATE KEY', ...keyLines].flatMap(disguises)) {
					expect([place, whole.includes(secret) ? secret : null]).toEqual([place, null]);
				}
			}
		},
	};
}

/** A secret as it is, and as the bytes that `inspect` would print. */
function disguises(secret: string): readonly string[] {
	const bytes = Buffer.from(secret);
	const hex = bytes.toString('hex');
	return [secret, hex, hex.replace(/(..)(?=.)/g, '$1 '), bytes.toString('base64').replace(/=*$/, '').slice(0, -1)];
}

/** Arguments and surroundings of the program and all that it started, collected until the test ends. */
function watchDescendants(terminal: TerminalWindow): () => string {
	const seen = new Set<string>();
	const look = async (pid: number): Promise<void> => {
		const read = (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
		for (const name of ['cmdline', 'environ']) seen.add((await read(name)).replaceAll('\0', '\n'));
		for (const child of (await read(`task/${pid}/children`)).split(' ').filter(Boolean)) await look(Number(child));
	};
	const timer = setInterval(() => void terminal.findPid().then(look, () => undefined), 50);
	onTestFinished(() => clearInterval(timer));
	return () => [...seen].join('\n');
}

async function readTree(folder: string): Promise<string> {
	const entries = await readdir(folder, {recursive: true, withFileTypes: true});
	const texts = entries.map(async (entry) => {
		const file = path.join(entry.parentPath, entry.name);
		return entry.isFile() ? `${file}\n${await readFile(file, 'latin1')}` : file;
	});
	return (await Promise.all(texts)).join('\n');
}

/** Types what the question on the screen asks for, without the Enter; which host asks first is not decided. */
async function typeAnswer(scene: Scene, question: RegExp): Promise<void> {
	await expect.poll(scene.read, patient).toMatch(question);
	const asked = question.exec(await scene.read())?.[0] ?? '';
	await scene.type(asked.startsWith('Pass') ? (asked.startsWith('Passphrase') ? passphrase : password) : code);
}

describe.skipIf(!existsSync(tmux))('a crash with secrets in use (needs tmux)', () => {
	test.each(['ssh2', 'openssh'] as const)('on the board, over %s, while a secret is typed', async (transport) => {
		const scene = await openScene([], {transport});
		await typeAnswer(scene, /Passphrase for /);
		await scene.press('Enter');
		await expect.poll(scene.read, patient).toContain('2 hosts ask for passwords or codes');
		await scene.press('a');
		await typeAnswer(scene, /Password for ward|Verification code/);
		await scene.press('Enter');
		await expect.poll(() => scene.logins.length, patient).toBe(1);
		await typeAnswer(scene, scene.logins[0] === 'code' ? /Password for ward/ : /Verification code/);
		await expect.poll(scene.read, patient).toContain('typed, hidden');
		await scene.crash();
		await expect.poll(scene.read, patient).toContain('exit code 70');
		await scene.expectNoSecret();
	});

	test('in doctor, at the moment a password is used', async () => {
		const scene = await openScene(['doctor'], {plantedBug: 'password'});
		await typeAnswer(scene, /Passphrase for /);
		await scene.press('Enter');
		await typeAnswer(scene, /Password:|Verification code:/);
		await scene.press('Enter');
		await expect
			.poll(async () => scene.logins.length > 0 || (await scene.read()).includes('planted'), patient)
			.toBe(true);
		if (!(await scene.read()).includes('planted')) {
			await typeAnswer(scene, /Password:/);
			await scene.press('Enter');
		}
		await expect.poll(scene.read, patient).toMatch(/exit code [1-9]/);
		await scene.expectNoSecret();
	});

	test('in a report, at the moment a passphrase opens a key', async () => {
		const scene = await openScene(['report'], {plantedBug: 'passphrase'});
		await typeAnswer(scene, /Passphrase for /);
		await scene.press('Enter');
		await expect.poll(scene.read, patient).toMatch(/exit code [1-9]/);
		await scene.expectNoSecret();
	});
});
