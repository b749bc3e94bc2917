/** A TCP server on loopback that is no sshd, or a broken one. */
import {once} from 'node:events';
import {createServer, type AddressInfo, type Socket} from 'node:net';

export type TcpPeer = {readonly port: number; close(): Promise<void>};

export async function startTcpPeer(onConnection: (socket: Socket) => void): Promise<TcpPeer> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		onConnection(socket);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		async close() {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

/** A port nobody listens on. */
export async function findClosedPort(): Promise<number> {
	const peer = await startTcpPeer(() => undefined);
	await peer.close();
	return peer.port;
}
