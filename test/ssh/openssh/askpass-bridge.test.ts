/** The program that `ssh` runs for its questions, started as `ssh` starts it. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, stat} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {expect, onTestFinished, test} from 'vitest';
import {openAskpassBridge, type AnswerPrompt, type AskpassBridge} from '../../../source/ssh/openssh/askpass-bridge.ts';
import {askpassToken} from '../../../source/ssh/openssh/askpass-protocol.ts';

type Bridge = AskpassBridge & {readonly folder: string};

async function openBridge(answer: AnswerPrompt): Promise<Bridge> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'sickbay-askpass-'));
	const bridge = await openAskpassBridge(folder, answer);
	onTestFinished(async () => {
		bridge.close();
		await rm(folder, {recursive: true, force: true});
	});
	return {...bridge, folder};
}

function startAskpass({env}: AskpassBridge, prompt: string, more: NodeJS.ProcessEnv = {}) {
	const child = spawn(env['SSH_ASKPASS'] ?? '', [prompt], {
		env: {...env, ...more},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	return {child, ended: ended.then(([out, error, [code]]) => ({out, error, code: code as number | null}))};
}

test('the answer is printed for ssh, and the question comes with who asks', async () => {
	const questions: unknown[] = [];
	const bridge = await openBridge((question) => {
		questions.push(question);
		return Promise.resolve('öpen "sesame"');
	});
	expect(await startAskpass(bridge, 'Password: ').ended).toEqual({out: 'öpen "sesame"\n', error: '', code: 0});
	expect(questions).toEqual([{prompt: 'Password: ', hint: '', asker: process.pid}]);
	expect((await stat(bridge.env['SSH_ASKPASS'] ?? '')).mode & 0o777).toBe(0o700);
});

test('without an answer it fails and says nothing', async () => {
	const bridge = await openBridge(() => Promise.resolve(null));
	expect(await startAskpass(bridge, 'Password: ').ended).toEqual({out: '', error: '', code: 1});
});

test('who does not know the token gets no answer, and nobody is asked', async () => {
	let asked = 0;
	const bridge = await openBridge(() => Promise.resolve(String(++asked)));
	for (const token of ['', 'f'.repeat(64)]) {
		expect(await startAskpass(bridge, 'Password: ', {[askpassToken]: token}).ended).toMatchObject({out: '', code: 1});
	}
	expect(asked).toBe(0);
});

test('a question is withdrawn when ssh ends its program, and left open when Sickbay gives up', async () => {
	let signal: AbortSignal | null = null;
	let heard = (): void => undefined;
	const asked = (): Promise<void> =>
		new Promise((resolve) => {
			heard = resolve;
		});
	const bridge = await openBridge((_question, gone) => {
		signal = gone;
		heard();
		return new Promise((resolve) => {
			gone.addEventListener('abort', () => resolve(null));
		});
	});
	let question = asked();
	const first = startAskpass(bridge, 'Touch', {SSH_ASKPASS_PROMPT: 'none'});
	await question;
	first.child.kill('SIGTERM');
	await expect.poll(() => signal?.aborted).toBe(true);
	question = asked();
	const second = startAskpass(bridge, 'Password: ');
	await question;
	bridge.close();
	expect(await second.ended).toEqual({out: '', error: '', code: 1});
});
