/**
 * Addresses of loopback that swallow connections: `node black-hole-process.ts COUNT BACKLOG` listens on `COUNT` of them,
 * says their ports and is then stopped (SIGSTOP) by whoever started it, so that nothing is ever accepted. A queue for
 * one connection is to be filled: what comes then gets no answer, as behind a firewall that drops.
 */
import {once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';

const count = Number(process.argv[2] ?? 100);
const backlog = Number(process.argv[3] ?? 1);
const ports: number[] = [];
for (let index = 0; index < count; index++) {
	const server = createServer();
	const host = `127.0.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`;
	server.listen({port: 0, host, backlog});
	await once(server, 'listening');
	ports.push((server.address() as AddressInfo).port);
}
process.stdout.write(`ready ${ports.join(' ')}\n`);
