/** What a test needs around a connector: a folder, peers to close, targets that trust them. */
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import type {SshTarget} from '../../../source/model/host.ts';
import type {LadderError} from '../../../source/model/ladder-error.ts';
import type {Rung} from '../../../source/model/ladder.ts';
import type {ResolvedTarget} from '../../../source/model/resolved-target.ts';
import type {Transport} from '../../../source/model/transport.ts';
import {createSshConnector, type SshConnector, type SshConnectorOptions} from '../../../source/ssh/ssh-connector.ts';
import {systemClock} from '../../../source/support/clock.ts';
import {knownHostsLine, makeKey, writeKey, type TestKey} from './make-key.ts';
import {startSshPeer, type SshPeer, type SshPeerOptions} from './ssh-peer.ts';

export type Ward = {
	readonly folder: string;
	readonly hostKey: TestKey;
	readonly userKey: TestKey;
	readonly knownHostsFile: string;
	/** A peer that accepts the ward's user key and whose host key is known. */
	startPeer(options?: Partial<SshPeerOptions>): Promise<SshPeer>;
	target(port: number, changes?: Partial<ResolvedTarget>): ResolvedTarget;
	connector(options?: Partial<SshConnectorOptions>): SshConnector;
};

export async function openWard(): Promise<Ward> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'sickbay-ssh-'));
	onTestFinished(() => rm(folder, {recursive: true, force: true}));
	const hostKey = makeKey();
	const userKey = makeKey();
	const identityFile = await writeKey(path.join(folder, 'id_ed25519'), userKey);
	const knownHostsFile = path.join(folder, 'known_hosts');
	await writeFile(knownHostsFile, '');
	const target: Ward['target'] = (port, changes = {}) => ({
		destination: 'peer',
		hostname: '127.0.0.1',
		port,
		user: 'ward',
		identityFiles: [identityFile],
		identitiesOnly: true,
		identityAgent: null,
		userKnownHostsFiles: [knownHostsFile],
		globalKnownHostsFiles: [],
		hostKeyAlias: null,
		strictHostKeyChecking: 'ask',
		connectTimeoutMs: null,
		proxyJump: null,
		proxyCommand: null,
		...changes,
	});
	return {
		folder,
		hostKey,
		userKey,
		knownHostsFile,
		target,
		async startPeer(options = {}) {
			const peer = await startSshPeer({hostKeys: [hostKey], authorized: [userKey], ...options});
			onTestFinished(() => peer.close());
			await writeFile(knownHostsFile, knownHostsLine(`[127.0.0.1]:${peer.port}`, hostKey), {flag: 'a'});
			return peer;
		},
		connector: (options = {}) =>
			createSshConnector({
				clock: systemClock,
				env: {PATH: process.env['PATH']},
				resolve: (asked: SshTarget) => Promise.reject(new Error(`not resolvable here: ${asked.destination}`)),
				...options,
			}),
	};
}

export type Climb = {readonly rungs: Rung[]; readonly transport: Transport | null; readonly error: LadderError | null};

/** Connects and tells how far it got; a transport is closed when the test ends. */
export async function climb(
	connector: SshConnector,
	resolved: ResolvedTarget,
	signal: AbortSignal = new AbortController().signal,
): Promise<Climb> {
	const rungs: Rung[] = [];
	try {
		const transport = await connector.connect(resolved, {signal, onRung: (rung) => rungs.push(rung)});
		onTestFinished(() => transport.close());
		return {rungs, transport, error: null};
	} catch (error) {
		return {rungs, transport: null, error: error as LadderError};
	}
}

/** The transport of a climb that must succeed. */
export async function reach(connector: SshConnector, resolved: ResolvedTarget): Promise<Transport> {
	const {transport, error} = await climb(connector, resolved);
	if (transport === null) throw error;
	return transport;
}
