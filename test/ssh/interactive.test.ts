/** Passwords and one-time codes: who is asked what, how often, and what becomes of the answers. */
import {inspect} from 'node:util';
import type {AuthContext, KeyboardAuthContext} from 'ssh2';
import {expect, test} from 'vitest';
import type {AskSecret, SecretQuestion} from '../../source/model/attention.ts';
import {formatFingerprint} from '../../source/ssh/host-keys/fingerprint.ts';
import {startAgent} from './peers/agent-peer.ts';
import {climb, openWard, reach, type Ward} from './peers/ward.ts';

const password = 'correct horse';
const passwordOnly = (context: AuthContext): void => {
	if (context.method === 'password' && context.password === password) context.accept();
	else context.reject(['password']);
};

/** A person who answers at once, and a record of what was asked. */
function person(answer: (question: SecretQuestion, count: number) => readonly string[] | null): {
	readonly ask: AskSecret;
	readonly asked: SecretQuestion[];
} {
	const asked: SecretQuestion[] = [];
	return {
		asked,
		ask(question) {
			asked.push(question);
			return Promise.resolve(answer(question, asked.length));
		},
	};
}

function without(ward: Ward, port: number, changes: Parameters<Ward['target']>[1] = {}) {
	return ward.target(port, {identityFiles: [], ...changes});
}

/** Prompts one after another; an answer that differs rejects. */
function keyboard(
	rounds: readonly {prompts: readonly {prompt: string; echo: boolean}[]; answers: readonly string[]}[],
) {
	return (context: AuthContext): void => {
		if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
		const ask = ([round, ...later]: typeof rounds): void => {
			if (round === undefined) return context.accept();
			(context as KeyboardAuthContext).prompt(
				[...round.prompts],
				'Ward',
				'Have your\u001B[31m token ready',
				(given) => {
					if (given.join('|') === round.answers.join('|')) ask(later);
					else context.reject(['keyboard-interactive']);
				},
			);
		};
		ask(rounds);
	};
}

test('a password is asked for once, with the host key that was proved, and serves the next connection unasked', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({onLogin: passwordOnly});
	const {ask, asked} = person(() => [password]);
	const connector = ward.connector({ask});
	await reach(connector, without(ward, peer.port));
	await reach(connector, without(ward, peer.port));
	expect(asked).toEqual([
		{
			kind: 'password',
			hostNames: ['peer'],
			title: 'Password for ward',
			instruction: '',
			prompts: [{text: 'Password', echo: false}],
			fingerprint: formatFingerprint(ward.hostKey.wire),
		},
	]);
});

test('a remembered password that no longer works is forgotten and asked for anew', async () => {
	const ward = await openWard();
	let valid = password;
	const peer = await ward.startPeer({
		onLogin(context) {
			if (context.method === 'password' && context.password === valid) context.accept();
			else context.reject(['password']);
		},
	});
	const {ask, asked} = person(() => [valid]);
	const connector = ward.connector({ask});
	await reach(connector, without(ward, peer.port));
	valid = 'changed since';
	await reach(connector, without(ward, peer.port));
	await reach(connector, without(ward, peer.port));
	expect(asked.map(({instruction}) => instruction)).toEqual(['', '']);
});

test('a wrong password is asked for again as often as ssh would, and stands in no error', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({onLogin: passwordOnly});
	const {ask, asked} = person(() => ['hunter2']);
	const {error} = await climb(ward.connector({ask}), without(ward, peer.port));
	expect(asked.map(({instruction}) => instruction)).toEqual([
		'',
		'The answer before was not accepted.',
		'The answer before was not accepted.',
	]);
	expect(error).toMatchObject({rung: 'authentication', code: 'authentication-failed', retry: 'never'});
	expect(error?.message).toBe('SSH: the host did not accept the answer for ward');
	expect(inspect(error, {depth: null, showHidden: true})).not.toContain('hunter2');
	expect(peer.accepted()).toBe(1);
});

test('several prompts are asked together, in several rounds, with what may be seen while typed', async () => {
	const ward = await openWard();
	const onLogin = keyboard([
		{prompts: [{prompt: 'Password: ', echo: false}], answers: [password]},
		{
			prompts: [
				{prompt: 'Verification code: ', echo: false},
				{prompt: 'Reason\u202E: ', echo: true},
			],
			answers: ['123456', 'because'],
		},
	]);
	const peer = await ward.startPeer({onLogin});
	const {ask, asked} = person(({kind}) => (kind === 'password' ? [password] : ['123456', 'because']));
	const connector = ward.connector({ask});
	await reach(connector, without(ward, peer.port));
	expect(asked.map(({kind, prompts}) => ({kind, prompts}))).toEqual([
		{kind: 'password', prompts: [{text: 'Password', echo: false}]},
		{
			kind: 'code',
			prompts: [
				{text: 'Verification code:', echo: false},
				{text: 'Reason\uFFFD:', echo: true},
			],
		},
	]);
	expect(asked[1]?.instruction).toBe('Ward Have your token ready');
	// A code is good for one login: it is asked for again, the password is not.
	await reach(connector, without(ward, peer.port));
	expect(asked.map(({kind}) => kind)).toEqual(['password', 'code', 'code']);
});

test('a one-time password is a code, not a password to keep', async () => {
	const ward = await openWard();
	const prompts = [{prompt: 'One-time password (OATH) for `ward`: ', echo: false}];
	const peer = await ward.startPeer({onLogin: keyboard([{prompts, answers: ['755224']}])});
	const {ask, asked} = person(() => ['755224']);
	const connector = ward.connector({ask});
	for (const _ of [1, 2]) await reach(connector, without(ward, peer.port));
	expect(asked.map(({kind}) => kind)).toEqual(['code', 'code']);
});

test.each(['file', 'agent'])('after a key of the %s a host may want a code too', async (source) => {
	const ward = await openWard();
	const codes = keyboard([{prompts: [{prompt: 'Code: ', echo: false}], answers: ['42']}]);
	const peer = await ward.startPeer({
		onLogin(context) {
			if (context.method === 'keyboard-interactive') codes(context);
			else if (context.method !== 'publickey') context.reject(['publickey']);
			else if (context.signature === undefined) context.accept();
			else context.reject(['keyboard-interactive'], true);
		},
	});
	const {ask, asked} = person(() => ['42']);
	const identityAgent = source === 'agent' ? await startAgent(ward.folder, [ward.userKey]) : null;
	const changes = source === 'agent' ? {identityAgent, identityFiles: [], identitiesOnly: false} : {};
	await reach(ward.connector({ask}), ward.target(peer.port, changes));
	expect(asked).toHaveLength(1);
});

test('a host that waits for a person holds up no other host, and is not timed out', async () => {
	const ward = await openWard();
	const slow = await ward.startPeer({onLogin: passwordOnly});
	const quick = await ward.startPeer();
	const question = Promise.withResolvers<void>();
	const answer = Promise.withResolvers<readonly string[]>();
	const ask: AskSecret = () => {
		question.resolve();
		return answer.promise;
	};
	const limits = {connectConcurrency: 1, perEndpointConcurrency: 1, timings: {readyMs: 600}};
	const connector = ward.connector({ask, ...limits});
	const first = climb(connector, without(ward, slow.port, {destination: 'first'}));
	await question.promise;
	await reach(connector, ward.target(quick.port));
	// The same endpoint, too, is free for others meanwhile.
	const second = climb(connector, without(ward, slow.port, {destination: 'second'}));
	await expect.poll(() => slow.accepted()).toBe(2);
	// Longer than the handshake may take.
	await new Promise((resolve) => {
		setTimeout(resolve, 800);
	});
	answer.resolve([password]);
	expect((await first).error).toBeNull();
	expect((await second).error).toBeNull();
});

test('a host that hangs up before its password question is answered is reached again with the answer', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({onLogin: passwordOnly});
	const question = Promise.withResolvers<void>();
	const answer = Promise.withResolvers<readonly string[]>();
	const asked: SecretQuestion[] = [];
	const ask: AskSecret = (each) => {
		asked.push(each);
		question.resolve();
		return answer.promise;
	};
	const login = climb(ward.connector({ask}), without(ward, peer.port));
	await question.promise;
	peer.sockets[0]?.destroy();
	await expect.poll(() => peer.sockets.length).toBe(0);
	answer.resolve([password]);
	expect((await login).error).toBeNull();
	expect(asked).toHaveLength(1);
	expect(peer.accepted()).toBe(2);
});

test('a code asked for by a connection that is gone is no longer asked for', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({
		onLogin: keyboard([{prompts: [{prompt: 'Code: ', echo: false}], answers: ['42']}]),
	});
	const question = Promise.withResolvers<AbortSignal>();
	const ask: AskSecret = (_question, signal) => {
		question.resolve(signal);
		return new Promise(() => undefined);
	};
	const login = climb(ward.connector({ask}), without(ward, peer.port));
	const signal = await question.promise;
	peer.sockets[0]?.destroy();
	const {error} = await login;
	expect(error?.message).toBe('SSH: the host hung up before its question to ward was answered');
	expect(error).toMatchObject({rung: 'authentication', retry: 'never'});
	expect(signal.aborted).toBe(true);
});

test('giving up on a host takes its question back', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({onLogin: passwordOnly});
	const question = Promise.withResolvers<AbortSignal>();
	const ask: AskSecret = (_question, signal) => {
		question.resolve(signal);
		return new Promise(() => undefined);
	};
	const giveUp = new AbortController();
	const login = climb(ward.connector({ask}), without(ward, peer.port), giveUp.signal);
	const signal = await question.promise;
	giveUp.abort(new Error('given up'));
	expect((await login).error?.message).toBe('given up');
	expect(signal.aborted).toBe(true);
});

test('a question nobody answers ends the login with advice', async () => {
	const ward = await openWard();
	for (const onLogin of [
		passwordOnly,
		keyboard([{prompts: [{prompt: 'Password:', echo: false}], answers: [password]}]),
	]) {
		const peer = await ward.startPeer({onLogin});
		const {error} = await climb(ward.connector({ask: () => Promise.resolve(null)}), without(ward, peer.port));
		expect(error).toMatchObject({code: 'authentication-failed', retry: 'never'});
		expect(error?.message).toBe("SSH: the host's question to ward was not answered");
		expect(error?.advice).toMatch(/\^r/);
	}
});

test('without a person a host says what it would need, and under BatchMode nobody is asked', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({onLogin: passwordOnly});
	const {error} = await climb(ward.connector(), without(ward, peer.port));
	expect(error?.message).toBe('SSH: there is no key to offer for ward; a password would be needed');
	expect(error?.advice).toMatch(/in a terminal/);
	const {ask, asked} = person(() => [password]);
	const batch = await climb(ward.connector({ask}), without(ward, peer.port, {passwordPrompts: 0}));
	expect(batch.error?.message).toBe(error?.message);
	expect(asked).toEqual([]);
});

test('ways to log in that the configuration forbids are not tried', async () => {
	const ward = await openWard();
	const tried: string[] = [];
	const peer = await ward.startPeer({
		onLogin(context) {
			tried.push(context.method);
			context.reject(['publickey', 'keyboard-interactive', 'password']);
		},
	});
	const {ask, asked} = person(() => [password]);
	await climb(ward.connector({ask}), ward.target(peer.port, {authenticationMethods: ['publickey']}));
	expect([...new Set(tried)]).toEqual(['publickey', 'none']);
	expect(asked).toEqual([]);
});

test('a host that never stops asking is left', async () => {
	const ward = await openWard();
	const prompts = [{prompt: 'More? ', echo: true}];
	const peer = await ward.startPeer({
		onLogin(context) {
			if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
			const ask = (): void => context.prompt(prompts, ask);
			ask();
		},
	});
	const {ask} = person(() => ['yes']);
	const {error} = await climb(ward.connector({ask}), without(ward, peer.port));
	expect(error?.message).toBe('SSH: the host asks ward more questions than a login may');
});

test('an expired password is said to be expired', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({
		onLogin(context) {
			if (context.method === 'password') context.requestChange('Change it', () => undefined);
			else context.reject(['password']);
		},
	});
	const {ask} = person(() => [password]);
	const {error} = await climb(ward.connector({ask}), without(ward, peer.port));
	expect(error?.message).toBe('SSH: the password of ward has expired');
});
