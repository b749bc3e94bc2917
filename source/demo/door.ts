/** A TCP port on loopback behind which a demo host answers, or does not. */
import {createServer, type Socket} from 'node:net';

export const demoAddress = '127.0.0.1';

export type Door = {
	readonly port: number;
	/** Drops everybody and frees the port. */
	close(): Promise<void>;
};

/** Listens on a free port. `onSocket` gets each connection; null accepts connections and says nothing. */
export async function openDoor(onSocket: ((socket: Socket) => void) | null): Promise<Door> {
	const sockets = new Set<Socket>();
	// ssh2 never sets TCP_NODELAY by itself, which costs 40 ms a round trip.
	const server = createServer({noDelay: true}, (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		// A client that resets its connection is gone, nothing else.
		socket.on('error', () => socket.destroy());
		if (onSocket === null) socket.resume();
		else onSocket(socket);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen({host: demoAddress, port: 0}, resolve);
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
	return {
		port: address.port,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
}

/** A port where nothing listens: privileged, so that no program of the user's can take it, and never handed out. */
export function closedDoor(): Door {
	return {port: 1, close: () => Promise.resolve()};
}
