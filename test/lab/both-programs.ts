/** Logging in with `ssh` and with our own SSH, from one configuration file. */
import {execFile, spawn} from 'node:child_process';
import {chmod, writeFile} from 'node:fs/promises';
import {text} from 'node:stream/consumers';
import {promisify} from 'node:util';
import {expect, onTestFinished} from 'vitest';
import type {SecretQuestion} from '../../source/model/attention.ts';
import type {LadderError} from '../../source/model/ladder-error.ts';
import {createSshConnector, type SshConnectorOptions} from '../../source/ssh/ssh-connector.ts';
import {systemClock} from '../../source/support/clock.ts';

const run = promisify(execFile);

/** True when `ssh` gets in. What it asks is answered with `answer`. */
export async function sshGetsIn(configFile: string, answer = ''): Promise<boolean> {
	const askpass = `${configFile}_askpass`;
	await writeFile(askpass, `#!/bin/sh\nprintf '%s\\n' "$ANSWER"\n`);
	await chmod(askpass, 0o700);
	const env = {...process.env, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', ANSWER: answer, DISPLAY: ':0'};
	try {
		const {stdout} = await run('ssh', ['-F', configFile, 'lab', 'echo in'], {env, timeout: 20_000});
		return stdout === 'in\n';
	} catch {
		return false;
	}
}

export type Login = {
	readonly in: boolean;
	readonly error: LadderError | null;
	readonly asked: readonly SecretQuestion[];
};

/** Logs in as the program does; without `answers` nobody is there to be asked. */
export async function sickbayGetsIn(
	configFile: string,
	answers?: (question: SecretQuestion) => readonly string[] | null,
	options: Partial<SshConnectorOptions> = {},
): Promise<Login> {
	const asked: SecretQuestion[] = [];
	const connector = createSshConnector({
		configFile,
		clock: systemClock,
		env: process.env,
		...(answers === undefined
			? {}
			: {
					ask: (question) => {
						asked.push(question);
						return Promise.resolve(answers(question));
					},
				}),
		...options,
	});
	const resolved = await connector.resolve({kind: 'ssh', destination: 'lab'});
	try {
		const transport = await connector.connect(resolved, {
			signal: AbortSignal.timeout(20_000),
			onRung: () => undefined,
		});
		const said = await text((await transport.exec('echo in')).stream);
		transport.close();
		return {in: said === 'in\n', error: null, asked};
	} catch (error) {
		return {in: false, error: error as LadderError, asked};
	}
}

/** Path of the socket of an ssh-agent that holds the keys of these files, and their certificates. */
export async function startRealAgent(socketPath: string, keyFiles: readonly string[]): Promise<string> {
	const agent = spawn('ssh-agent', ['-D', '-a', socketPath], {stdio: 'ignore'});
	onTestFinished(() => void agent.kill());
	const env = {...process.env, SSH_AUTH_SOCK: socketPath};
	const listed = (): Promise<unknown> => run('ssh-add', ['-l'], {env}).catch((error: {code?: unknown}) => error.code);
	// It answers "no keys" with 1 and is not there yet with 2.
	await expect.poll(listed).toBe(1);
	for (const file of keyFiles) await run('ssh-add', ['-q', file], {env});
	return socketPath;
}
