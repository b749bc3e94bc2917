import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {expect, onTestFinished, test} from 'vitest';
import type {ResolvedTarget} from '../../source/model/resolved-target.ts';
import type {SshConnector} from '../../source/ssh/ssh-connector.ts';
import {makeKey} from './peers/make-key.ts';
import type {SshPeer} from './peers/ssh-peer.ts';
import {findClosedPort, startTcpPeer} from './peers/tcp-peer.ts';
import {climb, openWard, reach, type Ward} from './peers/ward.ts';
import {untilClosed} from './peers/until-closed.ts';

type Network = {
	readonly ward: Ward;
	readonly bastion: SshPeer;
	readonly inner: SshPeer;
	readonly connector: SshConnector;
	/** What the names of jump hosts resolve to. */
	readonly names: Map<string, ResolvedTarget>;
	readonly target: ResolvedTarget;
};

async function openNetwork(): Promise<Network> {
	const ward = await openWard();
	const bastion = await ward.startPeer({forwards: true});
	const inner = await ward.startPeer({onExec: (command, channel) => channel.end(`inner ran ${command}`)});
	const names = new Map([['bastion', ward.target(bastion.port, {destination: 'bastion'})]]);
	const connector = ward.connector({
		resolve: ({destination}) => {
			const found = names.get(destination);
			return found === undefined ? Promise.reject(new Error(`asked for ${destination}`)) : Promise.resolve(found);
		},
	});
	return {ward, bastion, inner, names, connector, target: ward.target(inner.port, {proxyJump: 'bastion'})};
}

test('a host behind a jump host is reached through it, and its own key is checked', async () => {
	const {ward, bastion, inner, connector, target} = await openNetwork();
	const {rungs, transport} = await climb(connector, target);
	expect(rungs).toEqual(['resolve', 'tcp', 'banner', 'key-exchange', 'host-key', 'authentication']);
	expect(await text((await transport!.exec('id')).stream)).toBe('inner ran id');
	expect([bastion.accepted(), inner.accepted()]).toEqual([1, 1]);

	const impostor = await ward.startPeer({hostKeys: [makeKey()]});
	const {error} = await climb(connector, {...target, port: impostor.port});
	expect(error?.code).toBe('host-key-changed');
});

test('all hosts behind a jump host share one connection to it, which ends with the last of them', async () => {
	const {bastion, inner, connector, target} = await openNetwork();
	const transports = await Promise.all(Array.from({length: 12}, () => reach(connector, target)));
	expect(inner.accepted()).toBe(12);
	expect(bastion.accepted()).toBe(1);
	const gone = untilClosed(bastion.sockets[0]!);
	for (const transport of transports.slice(1)) transport.close();
	expect(await text((await transports[0]!.exec('id')).stream)).toBe('inner ran id');
	transports[0]!.close();
	await gone;
	await reach(connector, target);
	expect(bastion.accepted()).toBe(2);
});

test('when a jump host goes, the hosts behind it are lost without any error of their own', async () => {
	const {bastion, connector, target} = await openNetwork();
	const transport = await reach(connector, target);
	for (const socket of bastion.sockets) socket.destroy();
	expect(await transport.closed).toMatchObject({kind: 'lost'});
	await reach(connector, target);
});

test('a host lost with its jump host is told from one that is lost by itself', async () => {
	const {bastion, inner, connector, target} = await openNetwork();
	const [first, second] = [await reach(connector, target), await reach(connector, target)];
	inner.sockets[0]!.destroy();
	expect(await first.closed).not.toHaveProperty('withBastion');
	for (const socket of bastion.sockets) socket.resetAndDestroy();
	expect(await second.closed).toMatchObject({kind: 'lost', withBastion: 'bastion'});
});

test('jump hosts can be chained, the later ones without their own way in', async () => {
	const {ward, bastion, inner, names, connector, target} = await openNetwork();
	const second = await ward.startPeer({forwards: true});
	names.set('second', ward.target(second.port, {destination: 'second', proxyJump: 'nowhere'}));
	await reach(connector, {...target, proxyJump: 'bastion,second'});
	expect([bastion.accepted(), second.accepted(), inner.accepted()]).toEqual([1, 1, 1]);
});

test('a jump host with a jump host of its own is reached through that', async () => {
	const {ward, bastion, names, connector, target} = await openNetwork();
	const second = await ward.startPeer({forwards: true});
	names.set('second', ward.target(second.port, {destination: 'second', proxyJump: 'bastion'}));
	await reach(connector, {...target, proxyJump: 'second'});
	expect([bastion.accepted(), second.accepted()]).toEqual([1, 1]);
});

test('a climb tells of each jump host as soon as it is through, whatever becomes of the host behind', async () => {
	const {ward, bastion, names, connector, target} = await openNetwork();
	const second = await ward.startPeer({forwards: true});
	names.set('second', ward.target(second.port, {destination: 'second', proxyJump: 'bastion'}));
	const through: string[] = [];
	const options = {
		signal: new AbortController().signal,
		onRung: () => undefined,
		onBastion: (name: string) => void through.push(name),
	};
	const nobody = {...target, proxyJump: 'second', port: await findClosedPort()};
	await expect(connector.connect(nobody, options)).rejects.toMatchObject({code: 'no-route'});
	expect(through).toEqual(['bastion', 'second']);
	through.length = 0;
	await bastion.close();
	await expect(connector.connect(nobody, options)).rejects.toMatchObject({bastionBroke: true});
	expect(through).toEqual([]);
});

test('a jump host that is its own jump host is a mistake in the configuration', async () => {
	const {names, connector, target} = await openNetwork();
	names.set('bastion', {...names.get('bastion')!, proxyJump: 'bastion'});
	const {error} = await climb(connector, target);
	expect(error).toMatchObject({rung: 'resolve', code: 'bad-configuration', retry: 'never'});
	expect(error?.message).toBe('jump host loop via bastion');
});

test('a jump host that cannot be reached is blamed by name, not the host behind it', async () => {
	const {ward, names, connector, target} = await openNetwork();
	names.set('bastion', ward.target(await findClosedPort(), {destination: 'bastion'}));
	const {rungs, error} = await climb(connector, target);
	expect(rungs).toEqual(['resolve']);
	expect(error).toMatchObject({rung: 'tcp', code: 'connection-refused'});
	expect(error?.message).toMatch(/^jump host bastion: connection refused on port \d+/);
});

test('an unknown jump host key stops everything behind it', async () => {
	const {ward, connector, target} = await openNetwork();
	await writeFile(ward.knownHostsFile, '');
	const {error} = await climb(connector, target);
	expect(error).toMatchObject({rung: 'tcp', code: 'host-key-unknown', retry: 'never'});
});

test('a host down behind a healthy jump host is told from a jump host that may not forward', async () => {
	const {ward, names, connector, target} = await openNetwork();
	const {error} = await climb(connector, {...target, port: await findClosedPort()});
	expect(error).toMatchObject({rung: 'tcp', code: 'no-route'});
	expect(error?.message).toMatch(/^jump host bastion cannot reach the host/);
	const strict = await ward.startPeer();
	names.set('bastion', ward.target(strict.port, {destination: 'bastion'}));
	expect((await climb(connector, target)).error?.code).toBe('no-route');
});

test('giving up on one host behind a jump host that hangs leaves the others waiting for it', async () => {
	const {ward, names, connector, target} = await openNetwork();
	const spokenTo = Promise.withResolvers<void>();
	const silent = await startTcpPeer((socket) => socket.once('data', () => spokenTo.resolve()));
	onTestFinished(() => silent.close());
	names.set('bastion', ward.target(silent.port, {destination: 'bastion'}));
	const [one, other] = [new AbortController(), new AbortController()];
	const first = climb(connector, target, one.signal);
	let isSettled = false;
	const second = climb(connector, {...target, user: 'else'}, other.signal).finally(() => {
		isSettled = true;
	});
	await spokenTo.promise;
	one.abort(new Error('enough'));
	expect((await first).error?.message).toBe('enough');
	expect(isSettled).toBe(false);
	other.abort(new Error('enough, too'));
	expect((await second).error?.message).toBe('enough, too');
});

/** A proxy command: joins its standard streams to a TCP port, as `nc` and `ssh -W` do, wherever Node is. */
async function writeProxy(ward: Ward, port: number): Promise<string> {
	const script = path.join(ward.folder, 'proxy.mjs');
	await writeFile(
		script,
		`import {connect} from 'node:net';
const socket = connect(${port}, '127.0.0.1');
process.stdin.pipe(socket).pipe(process.stdout);
socket.on('error', (error) => { console.error('proxy: ' + error.code); process.exit(1); });
`,
	);
	return `'${process.execPath}' '${script}'`;
}

test('a host is reached through the proxy command of its configuration', async () => {
	const {ward, inner, connector, target} = await openNetwork();
	const proxyCommand = await writeProxy(ward, inner.port);
	const {rungs, transport} = await climb(connector, {...target, proxyJump: null, proxyCommand});
	expect(rungs).toEqual(['resolve', 'tcp', 'banner', 'key-exchange', 'host-key', 'authentication']);
	expect(await text((await transport!.exec('id')).stream)).toBe('inner ran id');
	const gone = untilClosed(inner.sockets[0]!);
	transport!.close();
	await gone;
});

test('a proxy command that fails is quoted', async () => {
	const {ward, connector, target} = await openNetwork();
	const proxyCommand = await writeProxy(ward, await findClosedPort());
	const {rungs, error} = await climb(connector, {...target, proxyJump: null, proxyCommand});
	expect(rungs).toEqual(['resolve']);
	expect(error).toMatchObject({rung: 'tcp', code: 'no-route', message: 'ProxyCommand failed: proxy: ECONNREFUSED'});
});

test('a proxy command that says nothing is given up and ended', async () => {
	const ward = await openWard();
	const connector = ward.connector({timings: {readyMs: 300}});
	const {error} = await climb(connector, ward.target(22, {proxyCommand: 'sleep 1000'}));
	expect(error).toMatchObject({rung: 'tcp', code: 'no-answer', message: 'no answer through ProxyCommand in 0.3 s'});
});
