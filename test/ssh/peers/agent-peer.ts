/** An SSH agent in this process, on a Unix socket. */
import {once} from 'node:events';
import {createServer} from 'node:net';
import path from 'node:path';
import ssh2, {type ParsedKey} from 'ssh2';
import {onTestFinished} from 'vitest';
import type {TestKey} from './make-key.ts';

/** Path of the agent's socket. `refuses`: it lists its keys but signs with none, as a locked hardware key does. */
export async function startAgent(folder: string, keys: readonly TestKey[], refuses = false): Promise<string> {
	const parsed = keys.map((key) => ssh2.utils.parseKey(key.private, key.passphrase) as ParsedKey);
	const server = createServer((socket) => {
		const agent = new ssh2.AgentProtocol(false);
		agent.on('identities', (request) => agent.getIdentitiesReply(request, parsed));
		agent.on('sign', (request, publicKey, data, {hash}) => {
			const wire = (publicKey as ParsedKey).getPublicSSH();
			const key = parsed.find((candidate) => candidate.getPublicSSH().equals(wire));
			if (key === undefined || refuses) agent.failureReply(request);
			else agent.signReply(request, key.sign(data, hash));
		});
		for (const stream of [agent, socket]) stream.on('error', () => undefined);
		socket.pipe(agent).pipe(socket);
	});
	const socketPath = path.join(folder, 'agent.sock');
	server.listen(socketPath);
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	return socketPath;
}
