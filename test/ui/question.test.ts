/** What hosts ask the person: one quiet line, and a dialog that opens only when its key is pressed. */
import {expect, test} from 'vitest';
import type {SecretQuestion} from '../../source/model/attention.ts';
import {createAttentionDesk} from '../../source/run/attention-desk.ts';
import {openScreen} from './harness/open-screen.ts';

const never = new AbortController().signal;

function passwordFor(hostName: string): SecretQuestion {
	return {
		kind: 'password',
		hostNames: [hostName],
		title: 'Password for ward',
		instruction: '',
		prompts: [{text: 'Password', echo: false}],
		fingerprint: `SHA256:key-of-${hostName}`,
	};
}

function codeFor(hostName: string): SecretQuestion {
	const prompts = [
		{text: 'Verification code:', echo: false},
		{text: 'Reason:', echo: true},
	];
	return {...passwordFor(hostName), kind: 'code', title: 'Login as ward', instruction: 'Second factor', prompts};
}

test('hosts that ask change one line at the bottom and nothing else', async () => {
	const attention = createAttentionDesk();
	const opened = await openScreen({attention});
	const before = opened.terminal.rows().slice(0, -1);
	for (const name of ['web-01', 'web-02', 'web-03']) void attention.ask(passwordFor(name), never);
	await opened.terminal.waitFor((screen) => screen.includes('3 hosts ask for a password: press a'));
	expect(opened.terminal.rows().slice(0, -1)).toEqual(before);
});

test('one answer goes to every host of the list, and is never on the screen', async () => {
	const attention = createAttentionDesk();
	const opened = await openScreen({attention});
	const answers = ['web-01', 'web-02'].map((name) => attention.ask(passwordFor(name), never));
	await opened.press('a');
	const dialog = opened.terminal.rows().join('\n');
	expect(dialog).toContain('Password for ward, the same for 2 hosts');
	expect(dialog).toContain('web-02  host key SHA256:key-of-web-02');
	opened.terminal.takeOutput();
	await opened.press('q:Z! geheim');
	expect(opened.terminal.rows().join('\n')).toContain('typed, hidden');
	await opened.press('\r');
	await expect(Promise.all(answers)).resolves.toEqual([['q:Z! geheim'], ['q:Z! geheim']]);
	expect(opened.terminal.takeOutput()).not.toContain('geheim');
	expect(opened.terminal.rows().at(-1)).not.toContain('press a');
	expect(opened.terminal.rows().join('\n')).toContain('web-07');
});

test('one-time codes are asked host by host, without a dialog for each', async () => {
	const attention = createAttentionDesk();
	const opened = await openScreen({attention});
	const [first, second] = ['bastion', 'db-01'].map((name) => attention.ask(codeFor(name), never));
	await opened.terminal.waitFor((screen) => screen.includes('2 hosts ask for a code: press a'));
	await opened.press('a');
	expect(opened.terminal.rows().join('\n')).toMatch(
		/bastion {2}host key[^]*Second factor[^]*Verification code \(1 of 2\):/,
	);
	await opened.press('123456\r');
	await opened.press('tidying up');
	expect(opened.terminal.rows().join('\n')).toContain('Reason (2 of 2): tidying up');
	await opened.press('\r');
	await expect(first).resolves.toEqual(['123456', 'tidying up']);
	expect(opened.terminal.rows().join('\n')).toContain('db-01  host key');
	await opened.press('\u0018');
	await expect(second).resolves.toBeNull();
});

test('Esc leaves the question for later, and an empty password is none', async () => {
	const attention = createAttentionDesk();
	const opened = await openScreen({attention});
	const answer = attention.ask(passwordFor('web-01'), never);
	await opened.press('a');
	await opened.press('half\u001B');
	await opened.terminal.waitFor((screen) => screen.includes('web-01 asks for a password: press a'));
	await opened.press('a');
	expect(opened.terminal.rows().join('\n')).toContain('hidden while you type');
	await opened.press('\r');
	await expect(answer).resolves.toBeNull();
});

test('a password is pasted as it is, and a question that is taken back swallows what is still typed', async () => {
	const attention = createAttentionDesk();
	const opened = await openScreen({attention});
	const giveUp = new AbortController();
	const answer = attention.ask(passwordFor('web-01'), giveUp.signal);
	await opened.press('a');
	await opened.press('\u001B[200~ two  spaces \n\u001B[201~');
	expect(opened.terminal.rows().join('\n')).toContain('typed, hidden');
	giveUp.abort();
	await expect(answer).resolves.toBeNull();
	await opened.terminal.waitFor((screen) => screen.includes('The question is gone'));
	await opened.press('q');
	expect(opened.terminal.isOnAlternateScreen()).toBe(true);
	await opened.press('\r');

	const second = attention.ask(passwordFor('web-01'), never);
	await opened.press('a');
	await opened.press('\u001B[200~ two  spaces \n\u001B[201~');
	await opened.press('\r');
	await expect(second).resolves.toEqual([' two  spaces ']);
});

test('a key to be touched is said at the bottom for as long as it waits', async () => {
	const attention = createAttentionDesk();
	const opened = await openScreen({attention});
	const takeBack = attention.tell({kind: 'touch', hostName: 'web-07'});
	await opened.terminal.waitFor((screen) => screen.includes('touch your key for web-07'));
	takeBack();
	expect(await opened.terminal.waitFor((screen) => !screen.includes('touch your key'))).toContain('web-07');
});
