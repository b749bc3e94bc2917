import {once} from 'node:events';
import type {Socket} from 'node:net';
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {formatFingerprint} from '../../source/ssh/host-keys/fingerprint.ts';
import {knownHostsLine, makeKey} from './peers/make-key.ts';
import {findClosedPort, startTcpPeer} from './peers/tcp-peer.ts';
import {climb, openWard, reach} from './peers/ward.ts';
import {untilClosed} from './peers/until-closed.ts';

async function climbTcpPeer(onConnection: (socket: Socket) => void, readyMs = 400) {
	const ward = await openWard();
	const peer = await startTcpPeer(onConnection);
	onTestFinished(() => peer.close());
	return climb(ward.connector({timings: {readyMs}}), ward.target(peer.port));
}

test('a healthy host is climbed rung by rung up to authentication', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer();
	const {rungs, transport, error} = await climb(ward.connector(), ward.target(peer.port));
	expect(error).toBeNull();
	expect(rungs).toEqual(['resolve', 'tcp', 'banner', 'key-exchange', 'host-key', 'authentication']);
	expect(transport?.description).toMatch(/^ssh2 curve25519\S* ssh-ed25519 \S+$/);
});

test('a name that does not exist is named as such at the first rung', async () => {
	const ward = await openWard();
	// A label of 64 letters cannot exist in DNS, so no name server is asked.
	const hostname = `${'x'.repeat(64)}.invalid`;
	const {rungs, error} = await climb(ward.connector(), ward.target(22, {hostname}));
	expect(rungs).toEqual([]);
	expect(error).toMatchObject({rung: 'resolve', code: 'name-not-found', retry: 'soon'});
	expect(error?.message).toContain(hostname);
});

test('a host whose sshd is not running refuses the connection', async () => {
	const ward = await openWard();
	const {rungs, error} = await climb(ward.connector(), ward.target(await findClosedPort()));
	expect(rungs).toEqual(['resolve']);
	expect(error).toMatchObject({rung: 'tcp', code: 'connection-refused', retry: 'soon'});
});

test('a host that accepts TCP but says nothing is a silent sshd, not a dead host', async () => {
	const {rungs, error} = await climbTcpPeer(() => undefined);
	expect(rungs).toEqual(['resolve', 'tcp']);
	expect(error).toMatchObject({rung: 'banner', code: 'silent-sshd', retry: 'slowly'});
	expect(error?.message).toBe('TCP connects, sshd says nothing (0.4 s)');
});

test('a host that greets and then freezes is told from one that never greeted', async () => {
	const {rungs, error} = await climbTcpPeer((socket) => socket.write('SSH-2.0-OpenSSH_9.9\r\n'));
	expect(rungs).toEqual(['resolve', 'tcp', 'banner']);
	expect(error).toMatchObject({rung: 'key-exchange', code: 'silent-sshd', retry: 'slowly'});
});

test('a host that turns connections away is quoted and left in peace', async () => {
	const {error} = await climbTcpPeer((socket) => socket.end('Not allowed at this time\r\n'));
	expect(error).toMatchObject({rung: 'banner', code: 'throttled', retry: 'slowly'});
	expect(error?.message).toContain('Not allowed at this time');
});

test('a host that closes at once is throttling, whether it closes politely or resets', async () => {
	for (const hangUp of [(socket: Socket) => socket.end(), (socket: Socket) => socket.resetAndDestroy()]) {
		const {error} = await climbTcpPeer((socket) => void hangUp(socket));
		expect(error).toMatchObject({rung: 'banner', code: 'throttled', retry: 'slowly'});
	}
});

test('a web server on the SSH port is not taken for a sick host', async () => {
	const {error} = await climbTcpPeer((socket) => {
		// It answers only when spoken to, so the client's own identification must go out first.
		socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\u001B[2J\r\n\r\n'));
	});
	expect(error).toMatchObject({rung: 'banner', code: 'not-ssh'});
	expect(error?.message).toContain('HTTP/1.1 400 Bad Request');
	expect(error?.message).not.toContain('\u001B');
});

test('a server with nothing in common says which algorithms it has trouble with', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({algorithms: {kex: ['diffie-hellman-group14-sha1']}});
	const {rungs, error} = await climb(ward.connector(), ward.target(peer.port));
	expect(rungs.at(-1)).toBe('banner');
	expect(error).toMatchObject({rung: 'key-exchange', code: 'incompatible', retry: 'never'});
	expect(error?.message).toContain('no matching key exchange algorithm');
});

test('a host never met is refused with its fingerprint and the way to accept it', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer();
	await writeFile(ward.knownHostsFile, '');
	const {rungs, error} = await climb(ward.connector({configFile: '/etc/my ssh'}), ward.target(peer.port));
	expect(rungs).toEqual(['resolve', 'tcp', 'banner', 'key-exchange']);
	expect(error).toMatchObject({rung: 'host-key', code: 'host-key-unknown', retry: 'never'});
	expect(error?.detail).toEqual([`offered: ssh-ed25519 ${formatFingerprint(ward.hostKey.wire)}`]);
	expect(error?.advice).toContain(`\`ssh -F '/etc/my ssh' -p ${peer.port} peer\``);
	expect(await readFile(ward.knownHostsFile, 'utf8')).toBe('');
});

test('a host with another key than expected is refused under every policy, with both fingerprints', async () => {
	const ward = await openWard();
	const expected = makeKey();
	const peer = await ward.startPeer();
	await writeFile(ward.knownHostsFile, `# mine\n${knownHostsLine(`[127.0.0.1]:${peer.port}`, expected)}`);
	for (const strictHostKeyChecking of ['yes', 'ask', 'accept-new', 'no'] as const) {
		const {error} = await climb(ward.connector(), ward.target(peer.port, {strictHostKeyChecking}));
		expect(error).toMatchObject({rung: 'host-key', code: 'host-key-changed', retry: 'never'});
		expect(error?.detail).toEqual([
			`offered: ssh-ed25519 ${formatFingerprint(ward.hostKey.wire)}`,
			`expected: ssh-ed25519 ${formatFingerprint(expected.wire)} (${ward.knownHostsFile}:2)`,
		]);
	}
});

test('a revoked host key is refused even when the host is known by it', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer();
	const known = await readFile(ward.knownHostsFile, 'utf8');
	await writeFile(ward.knownHostsFile, `${known}@revoked ${knownHostsLine('*', ward.hostKey)}`);
	const {error} = await climb(ward.connector(), ward.target(peer.port, {strictHostKeyChecking: 'no'}));
	// A pattern for every host names this one only by its bare name.
	expect(error).toMatchObject({rung: 'host-key', code: 'host-key-revoked', retry: 'never'});
	expect(error?.detail[1]).toBe(`revoked: ${ward.knownHostsFile}:2`);
});

test('a host vouched for only by a certificate authority is said to be unsupported', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer();
	await writeFile(ward.knownHostsFile, `@cert-authority ${knownHostsLine('*', makeKey())}`);
	const {error} = await climb(ward.connector(), ward.target(peer.port));
	expect(error).toMatchObject({rung: 'host-key', code: 'unsupported'});
	expect(error?.message).toContain('@cert-authority');
});

test('accept-new takes a new host once, writes it down, and then insists on it', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer();
	await writeFile(ward.knownHostsFile, 'example.org ssh-ed25519 AAAA');
	const connector = ward.connector();
	const target = ward.target(peer.port, {strictHostKeyChecking: 'accept-new'});
	await reach(connector, target);
	await expect
		.poll(() => readFile(ward.knownHostsFile, 'utf8'))
		.toBe(`example.org ssh-ed25519 AAAA\n${knownHostsLine(`[127.0.0.1]:${peer.port}`, ward.hostKey)}`);
	await reach(connector, {...target, strictHostKeyChecking: 'yes'});
	const impostor = await ward.startPeer({hostKeys: [makeKey()]});
	await writeFile(ward.knownHostsFile, knownHostsLine(`[127.0.0.1]:${impostor.port}`, ward.hostKey));
	const {error} = await climb(connector, {...target, port: impostor.port});
	expect(error?.code).toBe('host-key-changed');
});

test('a new host is written down hashed when the configuration says so, in a folder made for it', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer();
	const file = path.join(ward.folder, 'new/known_hosts');
	const target = ward.target(peer.port, {
		strictHostKeyChecking: 'accept-new',
		hashKnownHosts: true,
		userKnownHostsFiles: [file],
	});
	const connector = ward.connector();
	await reach(connector, target);
	await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toMatch(/^\|1\|\S{28}\|\S{28} ssh-ed25519 \S+\n$/);
	await reach(connector, {...target, strictHostKeyChecking: 'yes'});
});

test('a host known only by its RSA key is asked for that one', async () => {
	const ward = await openWard();
	const rsa = makeKey({type: 'rsa'});
	const peer = await ward.startPeer({hostKeys: [ward.hostKey, rsa]});
	await writeFile(ward.knownHostsFile, knownHostsLine(`[127.0.0.1]:${peer.port}`, rsa));
	const transport = await reach(ward.connector(), ward.target(peer.port));
	expect(transport.description).toContain('rsa-sha2-');
});

test('a host that renews its keys in mid-connection must show the same host key', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer({onExec: (_command, channel) => channel.end('still here')});
	const transport = await reach(ward.connector(), ward.target(peer.port));
	const [connection] = peer.connections;
	const renewed = new Promise<void>((resolve) => connection?.rekey(() => resolve()));
	await renewed;
	const {stream} = await transport.exec('true');
	const [answer] = (await once(stream, 'data')) as [Buffer];
	expect(answer.toString()).toBe('still here');
});

test('the key exchange that costs seconds of computing is offered last', async () => {
	let said = '';
	await climbTcpPeer((socket) => {
		socket.write('SSH-2.0-OpenSSH_9.9\r\n');
		socket.on('data', (chunk: Buffer) => {
			said += chunk.toString('latin1');
		});
	});
	const [offer = ''] = /curve25519-sha256[\w@.,-]+/.exec(said) ?? [];
	const exchanges = offer.split(',').filter((name) => /^(curve|ecdh|diffie)/.test(name));
	expect(exchanges.length).toBeGreaterThan(5);
	expect(exchanges.at(-1)).toBe('diffie-hellman-group-exchange-sha256');
});

test('giving up while a host keeps silent frees its connection at once', async () => {
	const ward = await openWard();
	const giveUp = new AbortController();
	let hungUp: Promise<void> = Promise.resolve();
	const peer = await startTcpPeer((socket) => {
		hungUp = untilClosed(socket);
		socket.resume();
		giveUp.abort(new Error('enough'));
	});
	onTestFinished(() => peer.close());
	const {error} = await climb(ward.connector(), ward.target(peer.port), giveUp.signal);
	expect(error?.message).toBe('enough');
	await hungUp;
});

test('one endpoint never sees more than its share of unfinished logins', async () => {
	const ward = await openWard();
	const peer = await ward.startPeer();
	const connector = ward.connector({perEndpointConcurrency: 3});
	await Promise.all(Array.from({length: 12}, () => reach(connector, ward.target(peer.port))));
	expect(peer.accepted()).toBe(12);
	expect(peer.busiest()).toBeLessThanOrEqual(3);
});
