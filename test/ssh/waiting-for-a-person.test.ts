/** What waits, and what does not, while a person has not answered yet. */
import {expect, test} from 'vitest';
import type {AskSecret, HandNeeded, SecretQuestion} from '../../source/model/attention.ts';
import {createInterview} from '../../source/ssh/authentication/interview.ts';
import {createLimiter} from '../../source/support/limiter.ts';
import {createFakeClock} from '../fake-clock.ts';
import {keyboard, password, passwordOnly, person, withoutKeys} from './peers/asking.ts';
import {climb, openWard, reach} from './peers/ward.ts';

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
	const first = climb(connector, withoutKeys(ward, slow.port, {destination: 'first'}));
	await question.promise;
	await reach(connector, ward.target(quick.port));
	// The same endpoint, too, is free for others meanwhile.
	const second = climb(connector, withoutKeys(ward, slow.port, {destination: 'second'}));
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
	const login = climb(ward.connector({ask}), withoutKeys(ward, peer.port));
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
	const login = climb(ward.connector({ask}), withoutKeys(ward, peer.port));
	const signal = await question.promise;
	peer.sockets[0]?.destroy();
	const {error} = await login;
	expect(error?.message).toBe('SSH: the host hung up before its question to ward was answered');
	expect(error).toMatchObject({rung: 'authentication', retry: 'never'});
	expect(signal.aborted).toBe(true);
});

test('a code of a jump host is asked for once, however many hosts are behind it', async () => {
	const ward = await openWard();
	const onLogin = keyboard([{prompts: [{prompt: 'Code: ', echo: false}], answers: ['42']}]);
	const bastion = await ward.startPeer({forwards: true, onLogin});
	const inner = await ward.startPeer();
	const {ask, asked} = person(() => ['42']);
	const hop = withoutKeys(ward, bastion.port, {destination: 'bastion'});
	const connector = ward.connector({ask, resolve: () => Promise.resolve(hop)});
	const target = ward.target(inner.port, {proxyJump: 'bastion'});
	await Promise.all([1, 2, 3, 4].map(() => reach(connector, target)));
	expect(asked.map(({hostNames}) => hostNames)).toEqual([['bastion']]);
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
	const login = climb(ward.connector({ask}), withoutKeys(ward, peer.port), giveUp.signal);
	const signal = await question.promise;
	giveUp.abort(new Error('given up'));
	expect((await login).error?.message).toBe('given up');
	expect(signal.aborted).toBe(true);
});

test('one security key is touched for one host at a time, and the hosts in the queue wait for the person too', async () => {
	const clock = createFakeClock();
	const told: string[] = [];
	const turns = createLimiter(1);
	const signal = new AbortController().signal;
	const hosts = ['web-01', 'web-02'].map((hostName) => {
		const tell = ({kind}: HandNeeded) => {
			told.push(`${kind} ${hostName}`);
			return () => void told.push(`done ${hostName}`);
		};
		const touch = Promise.withResolvers<string>();
		const interview = createInterview({hostName, ask: null, tell, clock});
		const signed = interview.handOnInTurn(turns, 'touch', () => touch.promise, signal);
		return {interview, touch, signed};
	});
	await Promise.resolve();
	clock.advance(1000);
	expect(told).toEqual(['touch web-01']);
	expect(hosts.map(({interview}) => interview.isWaiting())).toEqual([true, true]);
	hosts[0]?.touch.resolve('signature');
	await expect(hosts[0]?.signed).resolves.toBe('signature');
	await expect.poll(() => clock.pending()).toBe(1);
	clock.advance(1000);
	expect(told).toEqual(['touch web-01', 'done web-01', 'touch web-02']);
	hosts[1]?.touch.resolve('signature');
	await hosts[1]?.signed;
	expect(hosts.map(({interview}) => interview.isWaiting())).toEqual([false, false]);
});
