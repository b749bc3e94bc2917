/** What hosts that fall silent cost the others: nothing. Time stands still here, so whoever waited would wait for ever. */
import {writeFile} from 'node:fs/promises';
import type {Socket} from 'node:net';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import type {ResolvedTarget} from '../../source/model/resolved-target.ts';
import type {SshConnectorOptions} from '../../source/ssh/ssh-connector.ts';
import {createFakeClock} from '../fake-clock.ts';
import {startTcpPeer} from './peers/tcp-peer.ts';
import {climb, openWard, reach, type Ward} from './peers/ward.ts';

const hostsAtATime = 2;

/** Hosts that take a connection, and do no more than told with it. */
async function startSick(onGreeting: (socket: Socket) => void = () => undefined) {
	let greeted = 0;
	const peer = await startTcpPeer((socket) => {
		socket.once('data', () => {
			greeted++;
			onGreeting(socket);
		});
	});
	onTestFinished(() => peer.close());
	return {port: peer.port, greeted: () => greeted};
}

/** Climbs towards more sick hosts than may compute at a time, until the test ends. */
async function beginWithSick(
	ward: Ward,
	options: Partial<SshConnectorOptions>,
	sick: Awaited<ReturnType<typeof startSick>>,
	target: ResolvedTarget,
) {
	const clock = createFakeClock();
	const connector = ward.connector({clock, connectConcurrency: hostsAtATime, ...options});
	const giveUp = new AbortController();
	const count = hostsAtATime * 2;
	const climbs = Array.from({length: count}, () => climb(connector, target, giveUp.signal));
	onTestFinished(async () => {
		giveUp.abort(new Error('enough'));
		await Promise.all(climbs);
	});
	await expect.poll(sick.greeted).toBe(count);
	return {clock, connector};
}

test('hosts that accept and say nothing keep nobody waiting', async () => {
	const ward = await openWard();
	const sick = await startSick();
	const {connector} = await beginWithSick(ward, {}, sick, ward.target(sick.port));
	const well = await ward.startPeer();
	expect((await climb(connector, ward.target(well.port))).error).toBeNull();
});

test('hosts that say nothing behind a jump host keep nobody waiting there', async () => {
	const ward = await openWard();
	const bastion = await ward.startPeer({forwards: true});
	const resolve = () => Promise.resolve(ward.target(bastion.port, {destination: 'bastion'}));
	const sick = await startSick();
	const behind = {proxyJump: 'bastion'};
	const {connector} = await beginWithSick(ward, {resolve}, sick, ward.target(sick.port, behind));
	const well = await ward.startPeer();
	await reach(connector, ward.target(well.port, behind));
	expect(bastion.accepted()).toBe(1);
});

/** A proxy command: joins its standard streams to a TCP port, wherever Node is. */
async function proxyTo(ward: Ward, port: number): Promise<{readonly proxyCommand: string}> {
	const script = path.join(ward.folder, 'proxy.mjs');
	await writeFile(
		script,
		`import {connect} from 'node:net';
const socket = connect(Number(process.argv[2]), '127.0.0.1');
process.stdin.pipe(socket).pipe(process.stdout);
`,
	);
	return {proxyCommand: `'${process.execPath}' '${script}' ${port}`};
}

test('hosts that say nothing behind a proxy command keep nobody waiting for a turn', async () => {
	const ward = await openWard();
	const sick = await startSick();
	const {connector} = await beginWithSick(ward, {}, sick, ward.target(22, await proxyTo(ward, sick.port)));
	const well = await ward.startPeer();
	expect((await climb(connector, ward.target(well.port, await proxyTo(ward, well.port)))).error).toBeNull();
});

test('hosts that say nothing behind proxy commands leave their places there after two seconds', async () => {
	const ward = await openWard();
	const sick = await startSick();
	const places = {perEndpointConcurrency: hostsAtATime * 2};
	const {clock, connector} = await beginWithSick(ward, places, sick, ward.target(22, await proxyTo(ward, sick.port)));
	const well = await ward.startPeer();
	const reached = reach(connector, ward.target(well.port, await proxyTo(ward, well.port)));
	clock.advance(1999);
	expect(well.accepted()).toBe(0);
	clock.advance(1);
	await reached;
});

test('hosts that greet and then freeze give their turns up after a quarter of a second', async () => {
	const ward = await openWard();
	const sick = await startSick((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'));
	const frozen = ward.target(sick.port);
	const {clock, connector} = await beginWithSick(ward, {}, sick, frozen);
	const well = await ward.startPeer();
	let isReached = false;
	const reached = reach(connector, ward.target(well.port)).then(() => (isReached = true));
	await expect.poll(() => well.accepted()).toBe(1);
	expect(isReached).toBe(false);
	// As many turns as there are frozen hosts before it.
	await expect
		.poll(() => {
			clock.advance(250);
			return isReached;
		})
		.toBe(true);
	await reached;
	expect(clock.now() - Date.UTC(2026, 10, 20, 14)).toBeLessThan(5000);
});

test('a host that waits for its turn is not taken for a silent one, however long that takes', async () => {
	const ward = await openWard();
	const clock = createFakeClock();
	const ready = await startSick((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'));
	const connector = ward.connector({clock, connectConcurrency: 0});
	const giveUp = new AbortController();
	const waiting = climb(connector, ward.target(ready.port), giveUp.signal);
	await expect.poll(ready.greeted).toBe(1);
	// Its greeting has come: no limit runs any more.
	await expect.poll(() => clock.pending()).toBe(0);
	clock.advance(3600_000);
	giveUp.abort(new Error('enough'));
	expect((await waiting).error?.message).toBe('enough');
});
