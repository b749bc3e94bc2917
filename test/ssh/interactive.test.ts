/** Passwords and one-time codes: who is asked what, how often, and what becomes of the answers. */
import {inspect} from 'node:util';
import {expect, test} from 'vitest';
import {formatFingerprint} from '../../source/ssh/host-keys/fingerprint.ts';
import {startAgent} from './peers/agent-peer.ts';
import {keyboard, password, passwordOnly, person, withoutKeys} from './peers/asking.ts';
import {climb, openWard, reach} from './peers/ward.ts';

test('a password is asked for once, with the host key that was proved, and serves the next connection unasked', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({onLogin: passwordOnly});
	const {ask, asked} = person(() => [password]);
	const connector = ward.connector({ask});
	await reach(connector, withoutKeys(ward, peer.port));
	await reach(connector, withoutKeys(ward, peer.port));
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
	await reach(connector, withoutKeys(ward, peer.port));
	valid = 'changed since';
	await reach(connector, withoutKeys(ward, peer.port));
	await reach(connector, withoutKeys(ward, peer.port));
	expect(asked.map(({instruction}) => instruction)).toEqual(['', '']);
});

test('a wrong password is asked for again as often as ssh would, and stands in no error', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({onLogin: passwordOnly});
	const {ask, asked} = person(() => ['hunter2']);
	const {error} = await climb(ward.connector({ask}), withoutKeys(ward, peer.port));
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
	await reach(connector, withoutKeys(ward, peer.port));
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
	await reach(connector, withoutKeys(ward, peer.port));
	expect(asked.map(({kind}) => kind)).toEqual(['password', 'code', 'code']);
});

test('a one-time password is a code, not a password to keep', async () => {
	const ward = await openWard();
	const prompts = [{prompt: 'One-time password (OATH) for `ward`: ', echo: false}];
	const peer = await ward.startPeer({onLogin: keyboard([{prompts, answers: ['755224']}])});
	const {ask, asked} = person(() => ['755224']);
	const connector = ward.connector({ask});
	for (const _ of [1, 2]) await reach(connector, withoutKeys(ward, peer.port));
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

test('a question nobody answers ends the login with advice', async () => {
	const ward = await openWard();
	for (const onLogin of [
		passwordOnly,
		keyboard([{prompts: [{prompt: 'Password:', echo: false}], answers: [password]}]),
	]) {
		const peer = await ward.startPeer({onLogin});
		const {error} = await climb(ward.connector({ask: () => Promise.resolve(null)}), withoutKeys(ward, peer.port));
		expect(error).toMatchObject({code: 'authentication-failed', retry: 'never'});
		expect(error?.message).toBe("SSH: the host's question to ward was not answered");
		expect(error?.advice).toMatch(/\^r/);
	}
});

test('without a person a host says what it would need, and under BatchMode nobody is asked', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({onLogin: passwordOnly});
	const {error} = await climb(ward.connector(), withoutKeys(ward, peer.port));
	expect(error?.message).toBe('SSH: there is no key to offer for ward; a password would be needed');
	expect(error?.advice).toMatch(/in a terminal/);
	const {ask, asked} = person(() => [password]);
	const batch = await climb(ward.connector({ask}), withoutKeys(ward, peer.port, {passwordPrompts: 0}));
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
	const {error} = await climb(ward.connector({ask}), withoutKeys(ward, peer.port));
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
	const {error} = await climb(ward.connector({ask}), withoutKeys(ward, peer.port));
	expect(error?.message).toBe('SSH: the password of ward has expired');
});
