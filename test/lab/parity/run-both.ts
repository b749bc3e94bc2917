/** Tries one parity row with `ssh` and with the built program, and says in the same words how each fared. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {execa} from 'execa';
import {tokenPin} from './make-token.ts';
import {passphrase, type ParityLab} from './parity-lab.ts';
import type {ParityRow} from './parity-row.ts';

export type Fared = {
	readonly outcome: string;
	/** What was said, for a failing test. */
	readonly said: string;
	/** What the program left of the file the row names; null for none. */
	readonly wrote: string | null;
};

export type SickbayFared = Fared & {readonly carrier: string | null};

const timeoutMs = 30_000;
const program = path.resolve('dist/cli.js');

/** The words of ssh, as the codes of Sickbay's ladder. */
const sshWords: readonly (readonly [RegExp, string])[] = [
	[/Bad configuration option|in revoked keys file/, 'bad-configuration'],
	[/marked as revoked|revoked by file/, 'host-key-revoked'],
	[/HOST IDENTIFICATION HAS CHANGED/, 'host-key-changed'],
	[/Host key verification failed/, 'host-key-unknown'],
	[/Permission denied/, 'authentication-failed'],
	[/Could not resolve hostname/, 'name-not-found'],
	[/Connection refused/, 'connection-refused'],
	[/timed out/, 'no-answer'],
	[/no matching (key exchange|cipher|host key)/, 'incompatible'],
];

export async function writeRowConfig(row: ParityRow, lab: ParityLab): Promise<string> {
	const config = path.join(lab.folder, 'config');
	const identity = row.identity === undefined ? 'id_ed25519' : (row.identity ?? 'absent');
	const lines = `Host target
${row.config}
Host *
  HostName 127.0.0.1
  User {user}
  IdentityFile {folder}/${identity}
  IdentityAgent none
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile none
`;
	const filled = lines.replace(/\{(\w+)\}/g, (_, word: string) =>
		word === 'config' ? config : (lab.words[word] ?? ''),
	);
	await writeFile(config, filled);
	return config;
}

export async function tryWithSsh(row: ParityRow, config: string, lab: ParityLab): Promise<Fared> {
	await forget(row, lab);
	const askpass = path.join(lab.folder, 'askpass');
	await writeFile(askpass, '#!/bin/sh\nprintf \'%s\\n\' "$ANSWER"\n', {mode: 0o700});
	const asks =
		row.answer === undefined
			? {}
			: {SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0', ANSWER: secretOf(row, lab)};
	const batch = row.answer === undefined ? ['-o', 'BatchMode=yes'] : [];
	const {stdout, stderr} = await execa('ssh', ['-F', config, ...batch, 'target', 'echo in'], {
		env: {...(await cleanEnvironment(lab)), ...asks},
		extendEnv: false,
		stdin: 'ignore',
		reject: false,
		timeout: timeoutMs,
	});
	const told = sshWords.find(([words]) => words.test(stderr))?.[1] ?? 'unknown words';
	return {outcome: stdout.trim() === 'in' ? 'in' : told, said: stderr, wrote: await left(row, lab)};
}

/** `sickbay doctor`; on a terminal of its own where something is to be typed. */
export async function tryWithSickbay(row: ParityRow, config: string, lab: ParityLab): Promise<SickbayFared> {
	await forget(row, lab);
	const args = [program, 'doctor', 'target', '-F', config, '--format', 'json', '--timeout', '20s'];
	const env = await cleanEnvironment(lab);
	const {stdout, stderr} =
		row.answer === undefined
			? await execa(process.execPath, args, {
					env,
					extendEnv: false,
					stdin: 'ignore',
					reject: false,
					timeout: timeoutMs,
				})
			: await typeSecret(args, secretOf(row, lab), env, lab);
	const host = parseDoctor(stdout);
	const broken = host?.ladder.find(({state}) => state === 'broken');
	const isIn = host?.ladder.some(({rung, state}) => rung === 'authentication' && state === 'passed') ?? false;
	const code = broken?.code === 'agent-unavailable' ? 'authentication-failed' : broken?.code;
	return {
		outcome: isIn ? 'in' : (code ?? 'no answer of doctor'),
		said: `${stderr}\n${JSON.stringify(broken)}`,
		wrote: await left(row, lab),
		carrier: isIn ? (host?.transport?.split(' ')[0] ?? null) : null,
	};
}

type DoctorHost = {
	readonly transport: string | null;
	readonly ladder: readonly {readonly rung: string; readonly state: string; readonly code?: string}[];
};

function parseDoctor(text: string): DoctorHost | undefined {
	try {
		return (JSON.parse(text) as {readonly hosts: readonly DoctorHost[]}).hosts[0];
	} catch {
		return undefined;
	}
}

/** `script` gives it a terminal; what it prints goes to a file, so that only the question is on the terminal. */
async function typeSecret(
	args: readonly string[],
	secret: string,
	env: Readonly<Record<string, string>>,
	lab: ParityLab,
): Promise<{readonly stdout: string; readonly stderr: string}> {
	const output = path.join(lab.folder, 'doctor.json');
	const command = `'${process.execPath}' ${args.map((argument) => `'${argument}'`).join(' ')} >'${output}'`;
	const child = spawn('script', ['-qec', command, '/dev/null'], {env, stdio: ['pipe', 'pipe', 'inherit']});
	const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
	let shown = '';
	let isTyped = false;
	child.stdout.on('data', (chunk: Buffer) => {
		shown += chunk.toString();
		if (isTyped || !/(pass(word|phrase)|code|PIN)[^\n]*:\s*$/i.test(shown)) return;
		isTyped = true;
		child.stdin.write(`${secret}\n`);
	});
	await once(child, 'close');
	clearTimeout(timer);
	return {stdout: await readFile(output, 'utf8').catch(() => ''), stderr: shown};
}

function secretOf(row: ParityRow, lab: ParityLab): string {
	if (row.answer === 'pin') return tokenPin;
	return row.answer === 'passphrase' ? passphrase : (lab.account?.password ?? '');
}

async function forget(row: ParityRow, lab: ParityLab): Promise<void> {
	if (row.writes !== undefined) await rm(path.join(lab.folder, row.writes), {force: true});
}

async function left(row: ParityRow, lab: ParityLab): Promise<string | null> {
	if (row.writes === undefined) return null;
	return readFile(path.join(lab.folder, row.writes), 'utf8').catch(() => null);
}

async function cleanEnvironment(lab: ParityLab): Promise<Record<string, string>> {
	const home = path.join(lab.folder, 'home');
	await mkdir(home, {recursive: true});
	return {
		HOME: home,
		XDG_CONFIG_HOME: path.join(home, '.config'),
		XDG_STATE_HOME: path.join(home, '.local/state'),
		PATH: process.env['PATH'] ?? '/usr/bin:/bin',
		TMPDIR: process.env['TMPDIR'] ?? '/tmp',
		LANG: 'C.UTF-8',
		TERM: 'xterm',
		TZ: 'UTC',
		...lab.env,
	};
}
